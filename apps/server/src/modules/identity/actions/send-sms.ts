import { sql } from 'kysely'
import { failureCode } from '../../../platform/errors/failure-code.ts'
import type { IdentityParts } from '../identity-parts.ts'

/**
 * Takes one text of the outbox to the gateway. Safe to run twice: what is not queued is left alone, and the gateway
 * knows the id. Throws to be tried again while the text is still worth sending and has tries left; then it waits for a
 * person's decision.
 */
export async function sendSms(parts: IdentityParts, id: string): Promise<void> {
  const { db, clock } = parts
  const row = await db.selectFrom('identity.sms_outbox').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || row.state !== 'queued' || row.body === null) return
  if (row.valid_until <= clock.now()) return failText(parts, id, 'EXPIRED')
  const gateway = await parts.sms()
  if (!gateway) return failText(parts, id, 'NO_GATEWAY')
  try {
    const { reference } = await gateway.send({ id, to: row.to_phone, text: row.body })
    const done = { state: 'sent' as const, body: null, reference, sent_at: clock.now(), tries: row.tries + 1 }
    // it went, whatever somebody decided meanwhile
    await db.updateTable('identity.sms_outbox').set(done).where('id', '=', id).where('state', '<>', 'sent').execute()
  } catch (error) {
    if (row.tries + 1 >= row.tries_allowed) return failText(parts, id, failureCode(error))
    await db
      .updateTable('identity.sms_outbox')
      .set({ tries: sql`tries + 1`, last_error: failureCode(error), tried_at: clock.now() })
      .where('id', '=', id)
      .execute()
    throw error
  }
}

/** The words of a text that ran out are gone at once; others stay while they can still be sent. */
async function failText({ db, clock }: IdentityParts, id: string, code: string): Promise<void> {
  const tried = code !== 'EXPIRED' && code !== 'NO_GATEWAY'
  await db
    .updateTable('identity.sms_outbox')
    .set({
      state: 'failed',
      ...(code === 'EXPIRED' && { body: null }),
      last_error: code,
      tried_at: clock.now(),
      tries: sql`tries + ${tried ? 1 : 0}`,
    })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute()
}

/** What ran out while nobody tried it loses its words too: a code must not lie about. */
export async function emptyExpiredTexts({ db, clock }: IdentityParts): Promise<void> {
  await db
    .updateTable('identity.sms_outbox')
    .set({ state: 'failed', body: null, last_error: sql`coalesce(last_error, 'EXPIRED')` })
    .where('state', 'in', ['queued', 'failed'])
    .where('body', 'is not', null)
    .where('valid_until', '<=', clock.now())
    .execute()
}
