import { sql } from 'kysely'
import type { IdentityParts } from '../identity-parts.ts'

/**
 * Takes one text of the outbox to the gateway. Safe to run twice: what is not queued is left alone, and the gateway
 * knows the id. Throws to be tried again while the text is still worth sending.
 */
export async function sendSms(parts: IdentityParts, id: string): Promise<void> {
  const { db, clock } = parts
  const row = await db.selectFrom('identity.sms_outbox').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || row.state !== 'queued' || row.body === null) return
  if (row.valid_until <= clock.now()) return giveUp(parts, id, 'expired')
  const gateway = await parts.sms()
  if (!gateway) return giveUp(parts, id, 'no gateway')
  try {
    const { reference } = await gateway.send({ id, to: row.to_phone, text: row.body })
    await db
      .updateTable('identity.sms_outbox')
      .set({ state: 'sent', body: null, reference, sent_at: clock.now(), tries: row.tries + 1 })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .execute()
  } catch (error) {
    await db
      .updateTable('identity.sms_outbox')
      .set({ tries: sql`tries + 1`, last_error: String(error).slice(0, 200) })
      .where('id', '=', id)
      .execute()
    throw error
  }
}

async function giveUp({ db }: IdentityParts, id: string, reason: string): Promise<void> {
  await db
    .updateTable('identity.sms_outbox')
    .set({ state: 'failed', body: null, last_error: sql`coalesce(last_error, ${reason})` })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute()
}
