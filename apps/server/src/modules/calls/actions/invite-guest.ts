import type { Guest, GuestKind } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { stableId } from '../../../platform/ids/stable-id.ts'
import { guestNameFault, normalGuestName } from '../domain/guest-name.ts'
import { hashOf } from '../domain/guest-session.ts'
import { guestState } from '../domain/guest-state.ts'
import { callsErrors } from '../errors.ts'
import { findGuest, guestsOf, insertGuest, type GuestRow } from '../store/guest-rows.ts'
import { participantsIn } from '../store/participant-rows.ts'
import type { MemberRow } from '../store/visit-rows.ts'
import { endGuestSession } from './end-guest-session.ts'
import { removeMember } from './open-visit.ts'
import { patientsOf } from './read-visits.ts'
import { requireHost } from './require-inside.ts'
import { speakerRefusal } from './speaker-room.ts'

/** What stands behind `#` of a link: made of its id with the secret of the installation, so that no table holds it. */
export type LinkSecret = (guestId: string) => string

export interface NewGuest {
  readonly guestId: string
  readonly kind: GuestKind
  readonly name: string
  readonly minutes: number
}

/**
 * Invites by a one-time link; the same id sent again is the same invitation. A guest acts under an id that we make:
 * one that the host may choose could be that of a person.
 */
export async function inviteGuest(work: Work, visitId: string, asked: NewGuest, secretOf: LinkSecret): Promise<Guest> {
  const guest = { ...asked, guestId: stableId(`guest ${asked.guestId}`) }
  const { visit, members, membership: host } = await requireHost(work, visitId)
  const fault = guestNameFault(guest.name)
  if (fault === 'titled') throw callsErrors.GUEST_NAME_TITLED()
  if (fault === 'unreadable') throw callsErrors.GUEST_NAME_UNREADABLE()
  const name = normalGuestName(guest.name)
  const known = await asSystem(work, systemActor, ({ tx }) => findGuest(tx, guest.guestId))
  if (known) return sameInvitation(work, known, { visitId, host, secretOf })
  const full = speakerRefusal(visit, members)
  if (full) throw full
  const row = await asSystem(work, systemActor, async ({ tx }) => {
    await insertGuest(tx, {
      id: guest.guestId,
      visit_id: visitId,
      kind: guest.kind,
      name,
      invited_by: host.person_id,
      invited_at: work.now,
      enter_until: new Date(work.now.getTime() + guest.minutes * 60_000),
      link_hash: hashOf(secretOf(guest.guestId)),
    })
    return findGuest(tx, guest.guestId)
  })
  if (!row) throw callsErrors.GUEST_UNKNOWN()
  work.audit({
    action: 'calls.inviteGuest',
    subject: 'guest',
    subjectId: guest.guestId,
    patientIds: await patientsOf(work, [visitId]),
    detail: { visitId, kind: guest.kind, minutes: guest.minutes },
  })
  await work.live(`visit:${visitId}`, 'call:guests', { visitId })
  return sameInvitation(work, row, { visitId, host, secretOf })
}

function sameInvitation(
  work: Work,
  row: GuestRow,
  given: { visitId: string; host: MemberRow; secretOf: LinkSecret },
): Guest {
  if (row.visit_id !== given.visitId || row.invited_by !== given.host.person_id) throw platformErrors.ID_TAKEN()
  return viewOf(row, { now: work.now, present: false, secretOf: given.secretOf })
}

/** Guests and invitations of a visit, for whoever may finish it. */
export async function listGuests(work: Work, visitId: string, secretOf: LinkSecret): Promise<Guest[]> {
  await requireHost(work, visitId)
  work.audit({
    action: 'calls.listGuests',
    subject: 'visit',
    subjectId: visitId,
    patientIds: await patientsOf(work, [visitId]),
  })
  return asSystem(work, systemActor, async ({ tx, now }) => {
    const inside = new Set((await participantsIn(tx, visitId)).map((participant) => participant.personId))
    return (await guestsOf(tx, visitId)).map((row) => viewOf(row, { now, present: inside.has(row.id), secretOf }))
  })
}

/** Withdraws an invitation, or shows its guest out: their session ends, and so do their places in the room. */
export async function endGuest(work: Work, visitId: string, guestId: string): Promise<void> {
  await requireHost(work, visitId)
  const guest = await asSystem(work, systemActor, ({ tx }) => findGuest(tx, guestId))
  if (guest?.visit_id !== visitId) throw callsErrors.GUEST_UNKNOWN()
  if (!(await endGuestSession(work, visitId, guestId))) return
  await removeMember(work, visitId, guestId)
  work.audit({
    action: 'calls.endGuest',
    subject: 'guest',
    subjectId: guestId,
    patientIds: await patientsOf(work, [visitId]),
    detail: { visitId, entered: guest.entered_at !== null },
  })
}

interface Shown {
  readonly now: Date
  readonly present: boolean
  readonly secretOf: LinkSecret
}

function viewOf(row: GuestRow, { now, present, secretOf }: Shown): Guest {
  const state = guestState(row, now)
  return {
    guestId: row.id,
    kind: row.kind,
    name: row.name,
    state,
    enterUntil: row.enter_until.toISOString(),
    enteredAt: row.entered_at?.toISOString() ?? null,
    present,
    secret: state === 'waiting' ? secretOf(row.id) : null,
  }
}
