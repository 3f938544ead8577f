import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { addMember, finishVisit, openVisit, removeMember, visitState } from '../../calls/index.ts'
import { practitionerRolesOf } from '../../identity/index.ts'
import { linkVisit } from '../../records/index.ts'
import { tellPresence } from '../../roster/index.ts'
import { takenStatuses } from '../domain/life-cycle.ts'
import { consultsErrors } from '../errors.ts'
import { mayTakePart } from '../policy.ts'
import { moveConsult } from '../store/consult-rows.ts'
import { requestedEncounter } from '../store/requested-encounter.ts'
import type { ConsultRow } from '../store/tables.ts'
import { lockConsult } from './part-in-case.ts'
import { notifyConsult } from './notify-consult.ts'

/** How the consultant is called in the room. */
const specialist = 'specialist'

/** Begins the session of an accepted or scheduled case. */
export async function startSession(work: Work, id: string): Promise<void> {
  const { row } = await lockConsult(work, id)
  if (!mayTakePart(work.actor, row)) throw consultsErrors.CONSULT_NOT_YOURS()
  if (row.status === 'in_session') return
  const moved = await moveConsult(work, row, 'start', { event: { name: 'started' } })
  const begun = await openSession(work, moved)
  await notifyConsult(work, begun, [row.requester_id])
  work.audit({ action: 'consults.start', subject: 'consult', subjectId: id, patientId: row.patient_id })
}

/**
 * Brings the consultant into the encounter's visit, so that citizen, station and specialist meet in one call; opens one
 * where the encounter has none.
 */
export async function openSession(work: Work, row: ConsultRow): Promise<ConsultRow> {
  return asSystem(work, systemActor, async (system) => {
    const visitId = await meetingPlace(system, row)
    const begun = await system.tx
      .updateTable('consults.consult')
      .where('id', '=', row.id)
      .set({ visit_id: visitId, started_at: row.started_at ?? system.now })
      .returningAll()
      .executeTakeFirstOrThrow()
    if (row.consultant_id) await tellPresence(system, [row.consultant_id])
    return begun
  })
}

async function meetingPlace(system: Work, row: ConsultRow): Promise<string> {
  const encounter = await requestedEncounter(system.tx, row.encounter_id)
  const visitId = encounter?.visitId ?? null
  const members = await membersOf(system, row)
  if (visitId !== null && (await isOpen(system, visitId))) {
    for (const member of members) await addMember(system, visitId, member)
    return visitId
  }
  await openVisit(system, { visitId: row.id, kind: 'consult', members })
  if (visitId === null) await linkVisit(system, row.encounter_id, row.id)
  return row.id
}

const isOpen = (system: Work, visitId: string) =>
  visitState(system, visitId).then(
    (visit) => visit.finishedAt === null,
    () => false,
  )

async function membersOf({ tx }: Work, row: ConsultRow) {
  const [practitionerRole] = (await practitionerRolesOf(tx, [row.requester_id])).filter(
    (card) => card.facilityId === row.requesting_facility_id,
  )
  const requester = {
    personId: row.requester_id,
    role: practitionerRole?.qualificationCode === 'doctor' ? 'doctor' : 'nurse',
    mayFinish: true,
  }
  return row.consultant_id
    ? [requester, { personId: row.consultant_id, role: specialist, mayFinish: false }]
    : [requester]
}

/**
 * The case is over for the consultant: out of the encounter's room, which goes on without them; a room of the case's
 * own ends with it. Unless another case still meets there. Runs as the system, after the case moved.
 */
export async function endSession(system: Work, row: ConsultRow): Promise<void> {
  const { id, visit_id: visitId, consultant_id: consultantId } = row
  if (visitId === null) return
  const others = await system.tx
    .selectFrom('consults.consult')
    .select('consultant_id')
    .where('visit_id', '=', visitId)
    .where('id', '<>', id)
    .where('status', 'in', [...takenStatuses])
    .execute()
  if (visitId === id && others.length === 0) return void (await finishVisit(system, visitId))
  if (consultantId === null || others.some((other) => other.consultant_id === consultantId)) return
  const { members } = await visitState(system, visitId)
  const cameForThis = members.some((member) => member.personId === consultantId && member.role === specialist)
  if (cameForThis) await removeMember(system, visitId, consultantId)
}

/** The call is over for all: the consultant can be rung again. */
export async function freeConsultants(work: Work, visitId: string): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    const rows = await system.tx
      .selectFrom('consults.consult')
      .where('visit_id', '=', visitId)
      .where('consultant_id', 'is not', null)
      .select('consultant_id')
      .execute()
    await tellPresence(
      system,
      rows.flatMap((row) => row.consultant_id ?? []),
    )
  })
}
