import type { GuestSelf, GuestWelcome } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import type { CodedError } from '../../../platform/errors/coded-error.ts'
import { hashOf } from '../domain/guest-session.ts'
import { guestState } from '../domain/guest-state.ts'
import { callsErrors } from '../errors.ts'
import { membershipOf } from '../policy.ts'
import { bindGuest, findGuest, lockGuestOfLink, type GuestRow } from '../store/guest-rows.ts'
import { admitRows } from '../store/stage-rows.ts'
import { findVisit, membersOf, namesOf, type MemberRow, type VisitRow } from '../store/visit-rows.ts'
import { addMember } from './open-visit.ts'
import { patientsOf } from './read-visits.ts'
import { speakerRefusal } from './speaker-room.ts'

/** The session of the browser that makes this entry; the same for the same entry sent again. */
export type SessionSecret = (guestId: string, key: string) => string

/** What came of a try at a link. A refusal is written down too, so it is answered and thrown only after the commit. */
export type Entrance =
  | { readonly refused: CodedError; readonly wrongLink: boolean }
  | { readonly guest: GuestSelf; readonly session: string }

/** Who invites whom. */
export async function lookGuestLink(work: Work, secret: string): Promise<GuestWelcome> {
  const found = await findInvitation(work, secret)
  if (found === undefined) throw callsErrors.GUEST_LINK_WRONG()
  const refusal = refusalOf(work, found, undefined)
  if (refusal) throw refusal
  const { guest } = found
  const { kind, name, invitedBy } = await selfOf(work, guest)
  return { kind, name, invitedBy, enterUntil: guest.enter_until.toISOString() }
}

/** The first browser that enters by a link is bound to it; the same entry sent again is answered again. */
export async function tryEntrance(
  work: Work,
  { secret, key }: { secret: string; key: string },
  sessionSecret: SessionSecret,
): Promise<Entrance> {
  const found = await findInvitation(work, secret)
  if (found === undefined) return { refused: callsErrors.GUEST_LINK_WRONG(), wrongLink: true }
  const { guest, visit } = found
  const session = sessionSecret(guest.id, key)
  const refused = refusalOf(work, found, hashOf(session)) ?? fullness(found)
  const note = { subject: 'guest', subjectId: guest.id, patientIds: await patientsOf(work, [visit.id]) }
  if (refused) {
    work.audit({ ...note, action: 'calls.enterAsGuest', outcome: 'refused', detail: { code: refused.code } })
    return { refused, wrongLink: false }
  }
  if (guest.entered_at === null) {
    await admitGuest(work, guest, hashOf(session))
    work.audit({ ...note, action: 'calls.enterAsGuest', detail: { visitId: visit.id, kind: guest.kind } })
  }
  return { guest: await selfOf(work, guest), session }
}

/** As which guest a browser may come back. */
export async function guestSelf(work: Work, guestId: string): Promise<GuestSelf | null> {
  const guest = await findGuest(work.as(systemActor).tx, guestId)
  return guest ? selfOf(work, guest) : null
}

interface Invitation {
  readonly guest: GuestRow
  readonly visit: VisitRow
  readonly members: readonly MemberRow[]
}

async function findInvitation(work: Work, secret: string): Promise<Invitation | undefined> {
  const { tx } = work.as(systemActor)
  const guest = await lockGuestOfLink(tx, hashOf(secret))
  const visit = guest && (await findVisit(tx, guest.visit_id))
  if (!guest || !visit) return undefined
  return { guest, visit, members: await membersOf(tx, [visit.id]) }
}

function refusalOf(work: Work, found: Invitation, sessionHash: string | undefined): CodedError | undefined {
  const { guest, visit, members } = found
  if (visit.finished_at !== null) return callsErrors.VISIT_FINISHED()
  const state = guestState(guest, work.now)
  if (state === 'ended') return callsErrors.GUEST_LINK_ENDED()
  if (state === 'entered') return guest.session_hash === sessionHash ? undefined : callsErrors.GUEST_LINK_USED()
  if (state === 'expired') return callsErrors.GUEST_LINK_EXPIRED()
  // the person of this browser's own session would be in the room twice
  return membershipOf(work.actor, members) ? callsErrors.GUEST_IS_MEMBER() : undefined
}

/** Others may have come in since the invitation was written. */
const fullness = ({ guest, visit, members }: Invitation): CodedError | undefined =>
  guest.entered_at === null ? speakerRefusal(visit, members) : undefined

async function admitGuest(work: Work, guest: GuestRow, sessionHash: string): Promise<void> {
  await bindGuest(work.as(systemActor).tx, guest.id, sessionHash, work.now)
  await addMember(work, guest.visit_id, { personId: guest.id, role: guest.kind, name: guest.name, guest: true })
  // the link is the admission: nobody who holds it waits at the door as well
  await admitRows(work.as(systemActor).tx, guest.visit_id, { personId: guest.id }, work.now)
  await work.live(`visit:${guest.visit_id}`, 'call:guests', { visitId: guest.visit_id, entered: guest.id })
}

async function selfOf(work: Work, guest: GuestRow): Promise<GuestSelf> {
  const names = await namesOf(work.as(systemActor).tx, [guest.invited_by])
  return {
    guestId: guest.id,
    visitId: guest.visit_id,
    kind: guest.kind,
    name: guest.name,
    invitedBy: names.get(guest.invited_by) ?? '',
  }
}
