import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

export const liveChannel = 'moinha_live'

/** Published to `person:<id>` by the database itself when something that person may do began or ended. Not passed on to screens. */
export const accessChanged = 'access.changed'

export interface LiveMessage {
  topic: string
  name: string
  payload: Record<string, unknown>
}

/** Says something to topics' open screens once the transaction commits, on whichever process they are. One round trip for all. */
export async function publishAll(tx: Tx, messages: readonly LiveMessage[]): Promise<void> {
  if (messages.length === 0) return
  await sql`select pg_notify(${liveChannel}, message) from unnest(${messages.map((message) => JSON.stringify(message))}::text[]) message`.execute(
    tx,
  )
}
