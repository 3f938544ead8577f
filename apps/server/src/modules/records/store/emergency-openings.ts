import type { ReviewSide, ReviewVerdict } from '@moinha/contracts/records/emergency'
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

export interface OpeningRow {
  id: string
  /** To the microsecond, for the cursor. */
  cursor: string
  at: Date
  until: Date
  personId: string
  patientId: string
  facilityIds: string[]
  homeFacilityId: string | null
  homePath: string | null
  unitPaths: string[]
  reason: string
  reviews: { side: ReviewSide; verdict: ReviewVerdict; note: string; by: string; at: string }[]
}

interface PageAsked {
  where: RawBuilder<unknown>
  limit: number
}

/** Openings the actor may see, newest first. */
export async function openingRows(tx: Tx, { where, limit }: PageAsked): Promise<OpeningRow[]> {
  const { rows } = await sql<OpeningRow>`
    select b.id, b.at::text as cursor, b.at, b.until, b.person_id as "personId", b.patient_id as "patientId", b.reason,
      b.facility_ids::text[] as "facilityIds", b.home_facility_id as "homeFacilityId",
      (select path::text from facilities.current_path where facility_id = b.home_facility_id) as "homePath",
      array(select path::text from facilities.current_path where facility_id = any (b.facility_ids)) as "unitPaths",
      coalesce((select jsonb_agg(jsonb_build_object('side', r.side, 'verdict', r.verdict, 'note', r.note, 'by',
      r.by_person, 'at', r.at)
        order by r.at) from records.glass_review r where r.glass_id = b.id), '[]') as reviews
    from records.glass_break b where ${where} order by b.at desc, b.id desc limit ${limit}`.execute(tx)
  return rows
}

/** As a condition: somebody of the actor's sides still has to judge. */
export function awaitsJudgement(): RawBuilder<unknown> {
  return sql`b.person_id <> platform.actor_person() and (
    (b.home_facility_id = any ((select records.judged_facilities())::uuid[])
      and not exists (select from records.glass_review r where r.glass_id = b.id and r.side = 'home'))
    or (b.facility_ids && (select records.judged_facilities())
      and not exists (select from records.glass_review r where r.glass_id = b.id and r.side = 'opener')))`
}
