import type { Actor } from '../../platform/access/actor.ts'
import type { MemberRow, VisitRow } from './store/visit-rows.ts'

/** The people as whom the actor may be in a room: themselves, and those they act for. */
export function peopleOf(actor: Actor): string[] {
  return actor.personId === null ? [] : [actor.personId, ...actor.proxyFor]
}

/** The membership of the actor: their own before that of somebody they act for. */
export function membershipOf(actor: Actor, members: readonly MemberRow[]): MemberRow | undefined {
  return peopleOf(actor)
    .map((person) => members.find((member) => isActorsOwn(actor, member, person)))
    .find((member) => member !== undefined)
}

/** A guest is nobody but a guest, whatever id they bear. */
const isActorsOwn = (actor: Actor, member: MemberRow, person: string): boolean =>
  member.person_id === person && member.guest === (actor.kind === 'guest')

/** May the actor know of the visit and enter its room? */
export function mayJoin(actor: Actor, members: readonly MemberRow[]): boolean {
  return actor.kind === 'system' || membershipOf(actor, members) !== undefined
}

/** May the actor close the visit for all? Hanging up needs no permission and closes nothing. */
export function mayFinish(actor: Actor, members: readonly MemberRow[]): boolean {
  return actor.kind === 'system' || membershipOf(actor, members)?.may_finish === true
}

/** The patient, and the family members who may act for them. */
export const isPatientSide = ({ role }: Pick<MemberRow, 'role'>): boolean => role === 'patient'

/** Is the actor in the visit as a health worker, and not as somebody's family? */
export function isStaffOf(actor: Actor, members: readonly MemberRow[]): boolean {
  const membership = membershipOf(actor, members)
  return actor.kind === 'staff' && membership !== undefined && !isPatientSide(membership)
}

/** Called in by those who lead, for what they see: as good as they for asking to see it well. */
const specialist = 'specialist'

/** May the actor ask for a still of somebody's camera? */
export function mayAskStill(actor: Actor, members: readonly MemberRow[]): boolean {
  const membership = membershipOf(actor, members)
  if (membership === undefined || !isStaffOf(actor, members)) return false
  return membership.may_finish || membership.role === specialist
}

/** What a visit keeps. What was recorded is, while the visit goes on, for those who lead it and the patient alone. */
export type Kept = 'messages' | 'recordings'

interface KeptOf {
  readonly visit: Pick<VisitRow, 'finished_at'>
  readonly members: readonly MemberRow[]
  /** Whom the visit is about, by whoever opened it. */
  readonly patients: readonly string[]
}

/**
 * Does membership open what the visit keeps? The patient and their family always. The others as long as the visit goes
 * on: afterwards it is part of a record, and a health worker whose work there ended reads it no more than the record.
 * What belongs to no record, e.g. of a meeting, stays with those who led it.
 */
export function readsAsMember(actor: Actor, { visit, members, patients }: KeptOf, kept: Kept): boolean {
  if (actor.kind === 'system') return true
  const people = peopleOf(actor)
  const own = members.filter((member) => people.some((person) => isActorsOwn(actor, member, person)))
  if (own.some((member) => isPatientSide(member) || patients.includes(member.person_id))) return true
  const leads = own.some((member) => member.may_finish)
  if (visit.finished_at === null) return leads || (kept === 'messages' && own.length > 0)
  return leads && patients.length === 0 && !members.some(isPatientSide)
}
