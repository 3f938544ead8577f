import type { ConsultLine, RingReason } from '@moinha/contracts/consults'
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { ConsultRow } from './tables.ts'

/** A case with the names a list shows. */
export interface LineRow extends ConsultRow {
  specialty_vi: string
  specialty_en: string
  requesting_name: string
  supporting_name: string | null
  requester_name: string
  consultant_name: string | null
  question: string | null
  ring_step: number | null
  ring_person_id: string | null
  ring_person_name: string | null
  ring_facility_name: string | null
  ring_reason: RingReason | null
  ring_rung_at: Date | null
  ring_deadline_at: Date | null
}

/** Names of people and units as they are today: whoever looks for a case knows those. */
const names = sql`s.name_vi as specialty_vi, s.name_en as specialty_en, rf.short_name as requesting_name,
  sf.short_name as supporting_name, rp.full_name as requester_name, cp.full_name as consultant_name`

/** At most one rings at a time for a case, so this adds no lines. */
const ringingNow = sql`left join consults.ring r on r.consult_id = consult.id and r.ring_result = 'ringing'
  left join identity.person_card pp on pp.id = r.person_id
  left join facilities.unit pf on pf.id = r.facility_id`

/** Cases that fulfil a condition, newest first, with everything a list shows. One query. */
export async function consultLines(tx: Tx, where: RawBuilder<unknown>, limit: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select consult.*, ${names}, q.text as question,
      r.step as ring_step, r.person_id as ring_person_id, pp.full_name as ring_person_name,
      pf.short_name as ring_facility_name,
      r.reason as ring_reason, r.rung_at as ring_rung_at, r.deadline_at as ring_deadline_at
    from consults.consult
    join facilities.specialty s on s.code = consult.specialty
    join facilities.unit rf on rf.id = consult.requesting_facility_id
    left join facilities.unit sf on sf.id = consult.supporting_facility_id
    join identity.person_card rp on rp.id = consult.requester_id
    left join identity.person_card cp on cp.id = consult.consultant_id
    left join consults.question q on q.consult_id = consult.id and q.no = 1
    ${ringingNow}
    where ${where} order by consult.created_at desc, consult.id desc limit ${limit}`.execute(tx)
  return rows
}

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })
const iso = (at: Date | null) => at?.toISOString() ?? null

/** The line as the contract tells it. */
export function toLine(row: LineRow): ConsultLine {
  return {
    id: row.id,
    number: row.number === null ? null : `${row.number}/${row.number_year}`,
    status: row.status,
    urgency: row.urgency,
    specialty: row.specialty,
    specialtyName: { vi: row.specialty_vi, en: row.specialty_en },
    patient: {
      id: row.patient_id,
      fullName: row.patient_name,
      sex: row.patient_sex,
      birthDate: row.patient_birth_date,
    },
    requestingFacility: { id: row.requesting_facility_id, name: row.requesting_name },
    supportingFacility: named(row.supporting_facility_id, row.supporting_name),
    requester: { id: row.requester_id, name: row.requester_name },
    consultant: named(row.consultant_id, row.consultant_name),
    question: row.question ?? '',
    diagnosis: row.diagnosis,
    createdAt: row.created_at.toISOString(),
    submittedAt: iso(row.submitted_at),
    scheduledAt: iso(row.scheduled_at),
    ring: ringOf(row),
  }
}

function ringOf(row: LineRow): ConsultLine['ring'] {
  if (
    row.ring_step === null ||
    row.ring_person_id === null ||
    !row.ring_reason ||
    !row.ring_rung_at ||
    !row.ring_deadline_at
  )
    return null
  return {
    step: row.ring_step,
    personId: row.ring_person_id,
    fullName: row.ring_person_name ?? '',
    facilityName: row.ring_facility_name ?? '',
    reason: row.ring_reason,
    rungAt: row.ring_rung_at.toISOString(),
    deadlineAt: row.ring_deadline_at.toISOString(),
  }
}
