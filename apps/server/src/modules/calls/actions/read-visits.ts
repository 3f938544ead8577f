import type { VisitSummary, VisitView } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { behindSubjects } from '../../../platform/audit/subjects.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { mustWait } from '../domain/lobby.ts'
import { callsErrors } from '../errors.ts'
import { mayFinish, membershipOf, peopleOf } from '../policy.ts'
import { firstEntries, lastEntries } from '../store/participation-rows.ts'
import { waitingCallBacks } from '../store/message-rows.ts'
import { presenterOf } from '../store/stage-rows.ts'
import { participantsIn, participantsOfVisits } from '../store/participant-rows.ts'
import { findVisit, membersOf, openVisitsOf, type MemberRow, type VisitRow } from '../store/visit-rows.ts'
import { requireJoinable } from './require-joinable.ts'

/** Whom visits are about: asked of whoever opened them, since a call knows of no patients. */
export async function patientsOf(work: Work, visitIds: readonly string[]): Promise<string[]> {
  return (await behindSubjects(work, 'visit', visitIds)).map((one) => one.patientId)
}

/** My open visits, for the way back. */
export async function myVisits(work: Work): Promise<VisitSummary[]> {
  const people = peopleOf(work.actor)
  const mine = new Set(people)
  const visits = await openVisitsOf(work.tx, people)
  const ids = visits.map((visit) => visit.id)
  // every screen asks for the way back: only an answer with names in it is worth a row
  if (ids.length > 0)
    work.audit({
      action: 'calls.myVisits',
      subject: 'visit',
      patientIds: await patientsOf(work, ids),
      detail: { visits: ids },
    })
  const members = await membersOf(work.tx, ids)
  const entered = await lastEntries(work.tx, ids, people)
  const participants = await participantsOfVisits(work.tx, ids)
  const callBacks = await waitingCallBacks(work.tx, ids, people)
  return visits.map((visit) => {
    const present = new Set(participants.get(visit.id)?.map((participant) => participant.personId))
    const others = members.filter((member) => member.visit_id === visit.id && !mine.has(member.person_id))
    return {
      visitId: visit.id,
      kind: visit.kind,
      openedAt: visit.opened_at.toISOString(),
      presentCount: present.size,
      lastEnteredAt: entered.get(visit.id)?.toISOString() ?? null,
      others: others.map((member) => member.name).filter((name) => name !== ''),
      callBacks: callBacks.get(visit.id) ?? [],
    }
  })
}

/** One visit as its members see it, also after it was finished. */
export async function getVisit(work: Work, visitId: string): Promise<Omit<VisitView, 'transport'>> {
  const { visit, members } = await requireJoinable(work, visitId, { finishedToo: true })
  work.audit({
    action: 'calls.getVisit',
    subject: 'visit',
    subjectId: visitId,
    patientIds: await patientsOf(work, [visitId]),
  })
  const present = new Set((await participantsIn(work.tx, visitId)).map((participant) => participant.personId))
  const presenter = visit.presenter_peer === null ? undefined : await presenterOf(work.tx, visitId)
  return { ...viewOf(work, visit, members, present), presenter: presenter ?? null }
}

function viewOf(
  work: Work,
  visit: VisitRow,
  members: readonly MemberRow[],
  present: ReadonlySet<string>,
): Omit<VisitView, 'presenter' | 'transport'> {
  const own = membershipOf(work.actor, members)
  return {
    visitId: visit.id,
    kind: visit.kind,
    openedAt: visit.opened_at.toISOString(),
    finishedAt: visit.finished_at?.toISOString() ?? null,
    mayFinish: mayFinish(work.actor, members),
    self: own?.person_id ?? null,
    lobby: visit.lobby,
    waits: own !== undefined && mustWait(visit, own),
    floorClosed: visit.floor_closed,
    members: members.map((member) => ({
      personId: member.person_id,
      name: member.guest_name ?? member.name,
      role: member.role,
      mayFinish: member.may_finish,
      guest: member.guest,
      mediaRole: member.media_role,
      present: present.has(member.person_id),
      handRaisedAt: member.hand_raised_at?.toISOString() ?? null,
    })),
  }
}

/** What other modules may ask about a visit. */
export interface VisitState {
  visitId: string
  kind: string
  openedAt: Date
  finishedAt: Date | null
  members: { personId: string; role: string; mayFinish: boolean; firstJoinedAt: Date | null }[]
}

/** The state of a visit, for other modules. */
export function visitState(work: Work, visitId: string): Promise<VisitState> {
  return asSystem(work, systemActor, async ({ tx }) => {
    const visit = await findVisit(tx, visitId)
    if (visit === undefined) throw callsErrors.VISIT_UNKNOWN()
    const entries = await firstEntries(tx, visitId)
    const members = await membersOf(tx, [visitId])
    return {
      visitId,
      kind: visit.kind,
      openedAt: visit.opened_at,
      finishedAt: visit.finished_at,
      members: members.map((member) => ({
        personId: member.person_id,
        role: member.role,
        mayFinish: member.may_finish,
        firstJoinedAt: entries.get(member.person_id) ?? null,
      })),
    }
  })
}
