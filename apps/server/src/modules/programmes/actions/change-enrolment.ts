import type { CallResult, EndReason } from '@moinha/contracts/programmes'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { endAccess } from '../../records/index.ts'
import { programmeErrors } from '../errors.ts'
import { mayFollowAt } from '../policy.ts'
import { lockedEnrolment, type EnrolmentRow } from '../store/enrolments.ts'
import { requireAnchor } from './enrol.ts'
import { notifyScreens } from './notify-screens.ts'
import { replanPatient } from './replan.ts'

/** The enrolment, locked, for staff of its unit alone; who sees the patient through a case of others only reads. */
async function writable(work: Work, id: string): Promise<EnrolmentRow> {
  const row = await lockedEnrolment(work.tx, id)
  if (!mayFollowAt(work.actor, row.facility_id)) throw platformErrors.NOT_ALLOWED()
  return row
}

async function writableActive(work: Work, id: string): Promise<EnrolmentRow> {
  const row = await writable(work, id)
  if (row.status === 'ended') throw programmeErrors.ENROLMENT_ENDED()
  return row
}

function audit(work: Work, action: string, row: EnrolmentRow, detail: Record<string, string> = {}): void {
  work.audit({
    action,
    subject: 'programme_enrolment',
    subjectId: row.id,
    patientId: row.patient_id,
    facilityId: row.facility_id,
    detail,
  })
}

function personOf({ actor }: Work): string {
  if (actor.personId === null) throw platformErrors.NOT_ALLOWED()
  return actor.personId
}

/** Corrects the date the visits are counted from. */
export async function correctAnchor(
  work: Work,
  id: string,
  { version, anchorOn }: { version: number; anchorOn: string },
): Promise<{ version: number }> {
  const row = await writableActive(work, id)
  if (row.version !== version) throw platformErrors.CHANGED_MEANWHILE({ version: row.version })
  const anchor = requireAnchor(row, anchorOn, localDateOf(work.now))
  await work.tx
    .updateTable('programmes.enrolment')
    .set({ anchor_on: anchor, version: version + 1 })
    .where('id', '=', id)
    .execute()
  audit(work, 'programmes.correctAnchor', row)
  await replanPatient(work, row.patient_id)
  return { version: version + 1 }
}

/** The patient is followed no more; the unit's way into the record by this programme ends. */
export async function endEnrolment(
  work: Work,
  id: string,
  { reason, note }: { reason: EndReason; note: string },
): Promise<void> {
  const row = await writable(work, id)
  if (row.status === 'ended') return
  await work.tx
    .updateTable('programmes.enrolment')
    .set({
      ...{ status: 'ended', end_reason: reason, end_note: note, ended_by: work.actor.personId, ended_at: work.now },
      ...{ next_on: null, next_names: null, late_on: null, remind_on: null, version: row.version + 1 },
    })
    .where('id', '=', id)
    .execute()
  audit(work, 'programmes.end', row, { reason })
  await endAccess(work, { patientId: row.patient_id, subjectId: id, cause: 'finished' })
  await notifyScreens(work, row)
}

/** A visit was kept elsewhere. */
export async function keepOutside(
  work: Work,
  id: string,
  visit: { id: string; on: string; where: string },
): Promise<void> {
  const row = await writableActive(work, id)
  if (visit.on > localDateOf(work.now)) throw programmeErrors.VISIT_AHEAD()
  const inserted = await work.tx
    .insertInto('programmes.outside_visit')
    .values({
      ...{ id: visit.id, enrolment_id: id, patient_id: row.patient_id, kept_on: visit.on, place: visit.where },
      ...{ noted_by: personOf(work), noted_at: work.now },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) return
  audit(work, 'programmes.keepOutside', row)
  await replanPatient(work, row.patient_id)
}

/** That visit was entered by mistake. */
export async function takeOutsideBack(work: Work, id: string, visitId: string): Promise<void> {
  const row = await writable(work, id)
  const taken = await work.tx
    .updateTable('programmes.outside_visit')
    .set({ taken_back_by: work.actor.personId, taken_back_at: work.now })
    .where('id', '=', visitId)
    .where('enrolment_id', '=', id)
    .where('taken_back_at', 'is', null)
    .executeTakeFirst()
  if (taken.numUpdatedRows === 0n) return
  audit(work, 'programmes.takeOutsideBack', row)
  await replanPatient(work, row.patient_id)
}

/** Somebody called who did not come. */
export async function noteCall(work: Work, id: string, call: { id: string; result: CallResult }): Promise<void> {
  const row = await writableActive(work, id)
  const inserted = await work.tx
    .insertInto('programmes.call_note')
    .values({
      ...{ id: call.id, enrolment_id: id, patient_id: row.patient_id, result: call.result },
      ...{ called_by: personOf(work), called_at: work.now },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) return
  audit(work, 'programmes.noteCall', row, { result: call.result })
  await notifyScreens(work, row)
}
