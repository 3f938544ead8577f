import type { Tx } from '../db/database.ts'
import { sendUnheard } from '../db/pipelined.ts'

export const liveChannel = 'moinha_live'

/**
 * Published to `person:<id>` by the database itself when something that person may do began or ended. Not passed on to
 * screens.
 */
export const accessChanged = 'access.changed'

export interface LiveMessage {
  topic: string
  name: string
  payload: Record<string, unknown>
}

/**
 * Says something to topics' open screens once the transaction commits, on whichever process they are. They leave with
 * the commit.
 */
export async function publishAll(tx: Tx, messages: readonly LiveMessage[]): Promise<void> {
  if (messages.length === 0) return
  const text = 'select pg_notify($1, message) from unnest($2::text[]) message'
  await sendUnheard(tx, text, [liveChannel, messages.map((message) => JSON.stringify(message))])
}
