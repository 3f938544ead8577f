import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { presenceOf } from '../store/duty-lookup.ts'
import { tellPresence } from './tell-presence.ts'

function self(work: Work): string {
  if (!work.actor.personId) throw platformErrors.SIGN_IN_REQUIRED()
  return work.actor.personId
}

/** How others see me, and until when I am on duty. */
export async function readOwnPresence(work: Work) {
  const personId = self(work)
  const row = await work.tx
    .selectFrom('roster.presence')
    .where('person_id', '=', personId)
    .select('paused')
    .executeTakeFirst()
  const duty = await sql<{ until: Date | null }>`select max(upper(during)) as until from roster.shift
    where person_id = ${personId} and removed_at is null and during @> ${work.now}::timestamptz`.execute(work.tx)
  const presence = (await presenceOf(work, [personId])).get(personId) ?? 'offline'
  return { presence, paused: row?.paused ?? false, onDutyUntil: duty.rows[0]?.until?.toISOString() ?? null }
}

/** Keeps the choice over reloads and devices until it is taken back. */
export async function setPaused(work: Work, paused: boolean) {
  const personId = self(work)
  await work.tx
    .insertInto('roster.presence')
    .values({ person_id: personId, paused, facility_ids: [...work.actor.clinicalFacilityIds] })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ paused }))
    .execute()
  await tellPresence(work, [personId])
  work.audit({ action: 'roster.setPaused', subject: 'presence', subjectId: personId, detail: { paused } })
  return { presence: (await presenceOf(work, [personId])).get(personId) ?? ('offline' as const), paused }
}
