import type { MediaRole } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { callsErrors } from '../errors.ts'
import { voidPassesOfMember } from '../store/media-pass-rows.ts'
import { lockRoom, recordExit } from '../store/participation-rows.ts'
import { removeParticipantsOfPerson } from '../store/participant-rows.ts'
import {
  findVisit,
  insertVisit,
  isRemoved,
  membersOf,
  namesOf,
  removeMemberRow,
  upsertMember,
  type VisitRow,
} from '../store/visit-rows.ts'
import { endAssists } from './end-assists.ts'
import { endGuestSession } from './end-guest-session.ts'

/** A person to let in. */
export interface NewMember {
  personId: string
  /** Shown under the picture: `patient`, `nurse`, `doctor`, `specialist`, `interpreter`, or free text. */
  role: string
  mayFinish?: boolean
  /** What they may send and hear; `speaker`, or `listener` while the floor is closed, unless said otherwise. */
  mediaRole?: MediaRole
  /** Where identity knows no name. */
  name?: string
  /** Came by a one-time link; named as a guest on every screen. */
  guest?: boolean
}

export interface NewVisit {
  /** Minted by the caller; opening twice changes nothing. */
  visitId: string
  /** A label of the caller's own. */
  kind: string
  members: readonly NewMember[]
  /** Whoever may not finish waits at the door until a host lets them in. */
  lobby?: boolean
  /** How many pages may be in the room at a media server; the house's own limit unless said. */
  limit?: number
  /** Who joins listens until a host lets them speak, or everybody. */
  listenOnly?: boolean
}

/** Opens a visit. For other modules, after their own policy said yes; twice is once. */
export async function openVisit(work: Work, visit: NewVisit): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    const row = await insertVisit(system.tx, {
      id: visit.visitId,
      kind: visit.kind,
      opened_at: work.now,
      opened_by: work.actor.personId,
      lobby: visit.lobby ?? false,
      participant_limit: visit.limit ?? null,
      floor_closed: visit.listenOnly ?? false,
    })
    if (row === undefined || row.kind !== visit.kind) throw platformErrors.ID_TAKEN()
    if (row.finished_at !== null) throw callsErrors.VISIT_FINISHED()
    await admitMembers(system, row, visit.members)
  })
  work.audit({ action: 'calls.openVisit', subject: 'visit', subjectId: visit.visitId, detail: { kind: visit.kind } })
}

/** Lets one more person in. Who is a member changes nothing: nobody is told, and nobody reads the visit again. */
export async function addMember(work: Work, visitId: string, member: NewMember): Promise<void> {
  const added = await asSystem(work, systemActor, async (system) =>
    admitMembers(system, await requireOpen(system, visitId), [member]),
  )
  if (added === 0) return
  await work.live(`visit:${visitId}`, 'call:members', { visitId })
  work.audit({ action: 'calls.addMember', subject: 'visit', subjectId: visitId, detail: { role: member.role } })
}

/** Was this person shown out of the visit? Whoever lets people in by a rule of their own asks first. */
export const wasRemoved = (work: Work, visitId: string, personId: string): Promise<boolean> =>
  asSystem(work, systemActor, ({ tx }) => isRemoved(tx, visitId, personId))

/** Takes the right to enter from a person, and shows them out. */
export async function removeMember(work: Work, visitId: string, personId: string): Promise<void> {
  const staying = await asSystem(work, systemActor, async ({ tx }) => {
    await lockRoom(tx, visitId)
    await voidPassesOfMember(tx, visitId, personId, work.now)
    const removed = await removeMemberRow(tx, visitId, personId, work.now)
    return removed ? (await membersOf(tx, [visitId])).map((member) => member.person_id) : undefined
  })
  if (staying === undefined) return
  await emptyPlaces(work, visitId, personId)
  await endAssists(work, { visit_id: visitId, person_id: personId })
  await endGuestSession(work, visitId, personId)
  await work.live(`person:${personId}`, 'call:removed', { visitId })
  await work.live(`visit:${visitId}`, 'call:members', { visitId, removed: true })
  // a page that only looks at the visit is not in its room, and shows who is to come
  for (const person of staying) await work.live(`person:${person}`, 'call:visits', { visitId })
  work.audit({ action: 'calls.removeMember', subject: 'visit', subjectId: visitId })
}

/**
 * The room hears of it from here. The page of who was removed would say it too; but closed by a session that ended with
 * the membership, it says that its line broke, and everybody would wait for somebody who never comes back.
 */
async function emptyPlaces(work: Work, visitId: string, personId: string): Promise<void> {
  await asSystem(work, systemActor, async ({ tx, now }) => {
    for (const participant of await removeParticipantsOfPerson(tx, visitId, personId)) {
      await recordExit(tx, { visitId, peer: participant.peer, reason: 'left', at: now })
      // names do not travel this way; those in the room know who is gone
      const message = { visitId, participant: { ...participant, name: '' }, reason: 'left' }
      await work.live(`visit:${visitId}`, 'call:left', message)
    }
  })
}

/** The visit, if it exists and goes on. */
async function requireOpen(work: Work, visitId: string): Promise<VisitRow> {
  const visit = await findVisit(work.tx, visitId)
  if (visit === undefined) throw callsErrors.VISIT_UNKNOWN()
  if (visit.finished_at !== null) throw callsErrors.VISIT_FINISHED()
  return visit
}

/** Answers how many of them were no members. */
async function admitMembers(work: Work, visit: VisitRow, members: readonly NewMember[]): Promise<number> {
  const visitId = visit.id
  const present = new Set((await membersOf(work.tx, [visitId])).map((member) => member.person_id))
  const newcomers = members.filter((member) => !present.has(member.personId))
  const names = await namesOf(
    work.tx,
    newcomers.map((member) => member.personId),
  )
  for (const member of newcomers) {
    const { personId, role, name, mayFinish = false, guest = false } = member
    // while the floor is closed who comes only listens, unless whoever brings them says otherwise
    const usual: MediaRole = visit.floor_closed && !mayFinish ? 'listener' : 'speaker'
    await upsertMember(work.tx, {
      visit_id: visitId,
      person_id: personId,
      role,
      name: name ?? names.get(personId) ?? '',
      guest_name: null,
      may_finish: mayFinish,
      guest,
      media_role: member.mediaRole ?? usual,
      added_at: work.now,
    })
    await work.live(`person:${personId}`, 'call:visits', { visitId })
  }
  return newcomers.length
}
