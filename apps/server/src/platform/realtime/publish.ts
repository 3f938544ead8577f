import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

export const liveChannel = 'moinha_live'

/** Says something to a topic's open screens once the transaction commits, on whichever process they are. */
export async function publish(tx: Tx, topic: string, name: string, payload: Record<string, unknown> = {}): Promise<void> {
  await sql`select pg_notify(${liveChannel}, ${JSON.stringify({ topic, name, payload })})`.execute(tx)
}
