import type * as contract from '@moinha/contracts/records/emergency'
import type { HandlerReply } from '@moinha/contracts/route'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { recordsErrors } from '../errors.ts'
import { isOwnRecord } from '../policy.ts'
import { patientCards } from '../store/cards.ts'
import { namesOf, unitNames } from '../store/people.ts'

/** More unread ones are told after these are read. */
const mostShown = 20

interface NoticeRow {
  id: string
  at: Date
  told_as: 'patient' | 'head'
  person_id: string
  patient_id: string
  facility_ids: string[]
}

/** What I was told of and did not read yet, newest first. */
export async function myEmergencyNotices(work: Work): Promise<HandlerReply<typeof contract.myEmergencyNotices>> {
  const { rows } = await sql<NoticeRow>`
    select b.id, b.at, n.told_as, b.person_id, b.patient_id, b.facility_ids::text[] as facility_ids
    from records.glass_notice n join records.glass_break b on b.id = n.glass_id
    where n.person_id = ${work.actor.personId} and n.read_at is null order by b.at desc limit ${mostShown}`.execute(
    work.tx,
  )
  if (rows.length === 0) return { items: [] }
  const people = await namesOf(
    work,
    rows.map((row) => row.person_id),
  )
  const units = await unitNames(
    work,
    rows.flatMap((row) => row.facility_ids),
  )
  const own = rows
    .filter((row) => row.told_as === 'patient' && isOwnRecord(work.actor, row.patient_id))
    .map((row) => row.patient_id)
  const patients = new Map((await patientCards(work, own)).map((card) => [card.id, card.fullName]))
  // every screen asks: only an answer that names a patient is worth a row
  if (patients.size > 0) {
    work.audit({
      action: 'records.myEmergencyNotices',
      subject: 'emergency_opening',
      patientIds: [...patients.keys()],
      detail: { found: rows.length },
    })
  }
  return {
    items: rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      as: row.told_as,
      openerName: people.get(row.person_id) ?? '',
      openerUnits: row.facility_ids.map((id) => units.get(id) ?? ''),
      patient: patients.has(row.patient_id)
        ? { id: row.patient_id, fullName: patients.get(row.patient_id) ?? '' }
        : null,
    })),
  }
}

/** Marks one as read. */
export async function readEmergencyNotice(work: Work, id: string): Promise<{ done: true }> {
  const { rows } = await sql`update records.glass_notice set read_at = coalesce(read_at, ${work.now})
    where glass_id = ${id} and person_id = ${work.actor.personId} returning glass_id`.execute(work.tx)
  if (rows.length === 0) throw recordsErrors.EMERGENCY_OPENING_UNKNOWN()
  return { done: true }
}
