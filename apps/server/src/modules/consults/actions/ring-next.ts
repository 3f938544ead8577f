import { defineJob, removeJob } from '../../../platform/jobs/add-job.ts'
import type { Work } from '../../../platform/db/work.ts'
import { endAccess, grantAccess } from '../../records/index.ts'
import { nextToRing, type Candidate } from '../domain/route-consult.ts'
import { moveConsult, writeEvent } from '../store/consult-rows.ts'
import { waitOf } from '../store/escalation-rows.ts'
import type { ConsultRow, RingTable } from '../store/tables.ts'
import { findRoute } from './find-route.ts'
import { notifyConsult } from './notify-consult.ts'

/** The end of one ring. The step says which: a late or doubled job finds another step and does nothing. */
export const ringDue = defineJob<{ consultId: string; step: number }>('consults.ring-due')

const jobKey = (consultId: string) => `consult-ring:${consultId}`

/**
 * Rings the next of the route as it is now, or tells the requester that nobody is left. Runs as the system, with the
 * case's row held; the next step's job exists only if this transaction commits.
 */
export async function ringNext(system: Work, row: ConsultRow): Promise<ConsultRow> {
  const rung = await system.tx
    .selectFrom('consults.ring')
    .where('consult_id', '=', row.id)
    .where('round', '=', row.round)
    .select('person_id')
    .execute()
  const route = await findRoute(system, {
    facilityId: row.requesting_facility_id,
    requesterId: row.requester_id,
    specialty: row.specialty,
    askLead: row.ask_lead,
  })
  const next = nextToRing(route, new Set(rung.map((ring) => ring.person_id)))
  const after = next ? await ring(system, row, next) : await ringOut(system, row)
  await notifyConsult(system, after)
  return after
}

/** Nobody is left to ring: whoever was rung may still take the case, but sees the record only then. */
async function ringOut(system: Work, row: ConsultRow): Promise<ConsultRow> {
  await endAccess(system, { patientId: row.patient_id, subjectId: row.id, cause: 'not_answered' })
  return moveConsult(system, row, 'ring_out', { event: { name: 'unanswered', actorId: null } })
}

async function ring(system: Work, row: ConsultRow, next: Candidate): Promise<ConsultRow> {
  const { tx, now } = system
  const step = row.step + 1
  const deadline = new Date(now.getTime() + (await waitOf(tx, next.facilityId, row.urgency)) * 1000)
  await tx
    .insertInto('consults.ring')
    .values({
      consult_id: row.id,
      step,
      person_id: next.personId,
      facility_id: next.facilityId,
      reason: next.reason,
      round: row.round,
      rung_at: now,
      deadline_at: deadline,
      ring_result: 'ringing',
      ended_at: null,
      note: null,
    })
    .execute()
  const after = await tx
    .updateTable('consults.consult')
    .where('id', '=', row.id)
    .where('step', '=', row.step)
    .set({ step, supporting_facility_id: next.facilityId, version: row.version + 1 })
    .returningAll()
    .executeTakeFirstOrThrow()
  await writeEvent(system, row.id, { name: 'rung', actorId: next.personId, step })
  await grantAccess(system, {
    patientId: row.patient_id,
    personId: next.personId,
    reason: 'consult',
    subjectId: row.id,
  })
  await system.live(`person:${next.personId}`, 'consult.ringing', {
    consultId: row.id,
    step,
    urgency: row.urgency,
    specialty: row.specialty,
    deadlineAt: deadline.toISOString(),
  })
  await system.enqueue(ringDue, { consultId: row.id, step }, { runAt: deadline, key: jobKey(row.id) })
  return after
}

/** Time is up: the ring counts as silent, and the next is rung. */
export async function onRingDue(system: Work, { consultId, step }: { consultId: string; step: number }): Promise<void> {
  const row = await system.tx
    .selectFrom('consults.consult')
    .where('id', '=', consultId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst()
  if (!row || row.status !== 'submitted' || row.step !== step) return
  if (!(await endRing(system, row, 'silent'))) return
  await writeEvent(system, row.id, { name: 'silent', actorId: null, step })
  await ringNext(system, row)
}

/**
 * Ends the running ring, if one runs, and silences the screen it rang on. Who was silent or declined loses the record
 * at once; the request itself they still see while nobody has it.
 */
export async function endRing(
  system: Work,
  row: ConsultRow,
  ringResult: RingTable['ring_result'],
  note?: string,
): Promise<boolean> {
  const ended = await system.tx
    .updateTable('consults.ring')
    .where('consult_id', '=', row.id)
    .where('step', '=', row.step)
    .where('ring_result', '=', 'ringing')
    .set({ ring_result: ringResult, ended_at: system.now, note: note ?? null })
    .returning('person_id')
    .executeTakeFirst()
  if (!ended) return false
  await system.live(`person:${ended.person_id}`, 'consult.ring-stopped', {
    consultId: row.id,
    step: row.step,
    ringResult,
  })
  if (ringResult === 'silent' || ringResult === 'declined') {
    const cause = ringResult === 'silent' ? 'not_answered' : 'declined'
    await endAccess(system, { patientId: row.patient_id, subjectId: row.id, cause, onlyPersonId: ended.person_id })
  }
  return true
}

/**
 * Stops ringing: the case was taken, returned or cancelled. Revokes nothing: who loses the record, the caller says
 * (`endAccess`).
 */
export async function stopEscalation(system: Work, row: ConsultRow, ringResult: 'answered' | 'stopped'): Promise<void> {
  await endRing(system, row, ringResult)
  await removeJob(system.tx, jobKey(row.id))
}

/** People rung in the present round, for telling their screens. */
export async function rungPeople(system: Work, row: ConsultRow): Promise<string[]> {
  const rows = await system.tx
    .selectFrom('consults.ring')
    .where('consult_id', '=', row.id)
    .where('round', '=', row.round)
    .select('person_id')
    .execute()
  return rows.map((ring) => ring.person_id)
}
