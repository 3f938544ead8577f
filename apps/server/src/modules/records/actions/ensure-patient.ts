import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { grantAccess } from './grant-access.ts'

/**
 * The patient row of a person; made on first need, its particulars are the person's. With `homeFacilityId` that unit
 * becomes the home unit where there is none, and may see the record.
 */
export async function ensurePatient(
  work: Work,
  personId: string,
  options: { homeFacilityId?: string | null } = {},
): Promise<{ id: string }> {
  const home = options.homeFacilityId ?? null
  const made = await asSystem(work, systemActor, async ({ tx }) => {
    const { rows } = await sql<{ id: string; fresh: boolean; home: string | null }>`
      insert into records.patient as p (id, full_name, sex, home_facility_id, created_by)
      select id, full_name, sex, ${home}::uuid, ${work.actor.personId}::uuid from identity.person_card
        where id = ${personId}
      on conflict (id) do update set home_facility_id = coalesce(p.home_facility_id, excluded.home_facility_id)
      returning id, xmax = 0 as fresh, home_facility_id as home`.execute(tx)
    return rows[0]
  })
  if (!made) throw platformErrors.NOT_FOUND()
  if (made.fresh)
    work.audit({ action: 'records.ensurePatient', subject: 'patient', subjectId: personId, patientId: personId })
  // somebody who has a home unit already is not registered at a second one
  if (home !== null && made.home === home)
    await grantAccess(work, { patientId: personId, facilityId: home, reason: 'registered' })
  return { id: made.id }
}
