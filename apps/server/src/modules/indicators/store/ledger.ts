import type { ActKind } from '@moinha/contracts/indicators'
import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import './tables.ts'

export interface NewAct {
  kind: ActKind
  at: Date
  facilityId: string
  subjectKind: string
  subjectId: string
  practitionerId?: string | null
  patientId?: string | null
  selfPerformed?: boolean
  counterpartFacilityId?: string | null
  programme?: string | null
}

/** One countable thing, in the transaction of the thing itself; told twice, it counts once. */
export async function writeAct(work: Work, act: NewAct): Promise<void> {
  await asSystem(work, systemActor, async ({ tx }) => {
    await sql`insert into indicators.act (province_key, kind, at, facility_id, practitioner_id, practitioner_title,
        practitioner_qualification, patient_id, self_performed,
        counterpart_facility_id, subject_kind, subject_id, programme)
      select coalesce((select subltree(path, 1, 2)::text from facilities.tree_path where facility_id = ${act.facilityId} and nlevel(path) > 1
          and valid @> ${localDateOf(act.at)}::date), 'none'),
        ${act.kind}, ${act.at}, ${act.facilityId}, ${act.practitionerId ?? null}::uuid,
        post.title, post.qualification_code,
        ${act.patientId ?? null}::uuid, ${act.selfPerformed ?? true}, ${act.counterpartFacilityId ?? null}::uuid, ${act.subjectKind}, ${act.subjectId}, ${act.programme ?? null}
      from (select) as one left join lateral (select title, qualification_code from identity.staff_post
        where person_id = ${act.practitionerId ?? null}::uuid
        order by (facility_id = ${act.facilityId}) desc, valid_until is null desc, valid_from desc limit 1) as post on true
      on conflict do nothing`.execute(tx)
  })
}

/** An act that was a slip: its row stays, no number counts it. */
export async function takeActBack(work: Work, act: Pick<NewAct, 'kind' | 'facilityId' | 'subjectId'>): Promise<void> {
  await asSystem(work, systemActor, async ({ tx, now }) => {
    await tx.updateTable('indicators.act').set({ taken_back_at: now }).where('facility_id', '=', act.facilityId)
      .where('kind', '=', act.kind).where('subject_id', '=', act.subjectId).where('taken_back_at', 'is', null).execute()
  })
}
