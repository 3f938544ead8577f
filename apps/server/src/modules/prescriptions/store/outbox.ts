import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { NationalReply } from './tables.ts'
import type { PrescriptionRow } from './prescriptions.ts'

/** As long as one sender has it, no other tries; a sender that dies loses it then. */
const leaseSeconds = 180

/** Takes the next one that is due, for one try. */
export async function claimDue(tx: Tx, now: Date): Promise<PrescriptionRow | undefined> {
  const until = new Date(now.getTime() + leaseSeconds * 1000)
  return tx
    .updateTable('prescriptions.prescription')
    .set((is) => ({ attempts: is('attempts', '+', 1), next_try_at: until, last_failure: null }))
    .where('id', '=', (from) =>
      from
        .selectFrom('prescriptions.prescription')
        .where('next_try_at', '<=', now)
        .where('replaced_at', 'is', null)
        .orderBy('next_try_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .select('id'),
    )
    .returningAll()
    .executeTakeFirst()
}

/** Keeps the acknowledgement; false where it was kept before. */
export async function keepAcknowledged(tx: Tx, id: string, reply: NationalReply, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('prescriptions.prescription')
    .set({ state: 'issued', issued_at: now, next_try_at: null, reply: JSON.stringify(reply), last_failure: null })
    .where('id', '=', id)
    .where('state', '<>', 'issued')
    .where('replaced_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Refused with errors: a person must look; the outbox does not try again by itself. */
export async function keepRefused(tx: Tx, id: string, reply: NationalReply): Promise<void> {
  await tx
    .updateTable('prescriptions.prescription')
    .set({ state: 'refused', next_try_at: null, reply: JSON.stringify(reply), last_failure: 'REFUSED' })
    .where('id', '=', id)
    .where('state', '<>', 'issued')
    .execute()
}

/** No answer, or none that helps: later again. */
export async function keepFailed(tx: Tx, id: string, failure: string, nextTryAt: Date): Promise<void> {
  await tx
    .updateTable('prescriptions.prescription')
    .set({ next_try_at: nextTryAt, last_failure: failure })
    .where('id', '=', id)
    .where('state', '<>', 'issued')
    .where('replaced_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
}

/** Tried again at once, e.g. after what was refused was mended there; not while a sender has it. */
export async function retryNow(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('prescriptions.prescription')
    .set({ state: 'waiting', next_try_at: now })
    .where('id', '=', id)
    .where((is) =>
      is.or([is('next_try_at', 'is', null), is('next_try_at', '<=', now), is('last_failure', 'is not', null)]),
    )
    .where('state', '<>', 'issued')
    .where('replaced_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
}

interface Unsettled {
  facilityIds: readonly string[]
  today: string
  limit: number
}

/** What units have that was not acknowledged, oldest first, and what was taken back after it had been. */
export async function unsentAt(tx: Tx, { facilityIds, today, limit }: Unsettled) {
  if (facilityIds.length === 0) return []
  return tx
    .selectFrom('prescriptions.prescription')
    .where(sql<boolean>`facility_id = any (${[...facilityIds]}::uuid[])`)
    .where('replaced_at', 'is', null)
    .where((is) =>
      is.or([
        is.and([is('state', '<>', 'issued'), is('withdrawn_at', 'is', null)]),
        // as long as it could still be collected by its code
        is.and([is('state', '=', 'issued'), is('withdrawn_at', 'is not', null), is('collect_until', '>=', today)]),
      ]),
    )
    .orderBy('written_at')
    .orderBy('id')
    .limit(limit)
    .selectAll()
    .execute()
}
