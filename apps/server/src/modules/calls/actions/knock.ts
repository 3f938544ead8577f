import type { Waiting } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { knocksFrom, mustWait } from '../domain/lobby.ts'
import { callsErrors } from '../errors.ts'
import { admitRows, noteKnock, waitingMembers } from '../store/stage-rows.ts'
import type { MemberRow } from '../store/visit-rows.ts'
import { patientsOf } from './read-visits.ts'
import { requireHost, requireMember } from './require-inside.ts'

/** Asks to be let in; hosts are told of somebody new. Answers whether one may come in. */
export async function knock(work: Work, visitId: string): Promise<boolean> {
  const { visit, members, membership } = await requireMember(work, visitId)
  if (!mustWait(visit, membership)) return true
  const { now: at } = work
  const isNew = await asSystem(work, systemActor, ({ tx }) =>
    noteKnock(tx, { visitId, personId: membership.person_id, at, validFrom: knocksFrom(at) }),
  )
  if (isNew) await tellHosts(work, visitId, members)
  return false
}

/** Who waits at the door. */
export async function listWaiting(work: Work, visitId: string): Promise<Waiting[]> {
  await requireHost(work, visitId)
  const rows = await asSystem(work, systemActor, ({ tx }) => waitingMembers(tx, visitId, knocksFrom(work.now)))
  work.audit({
    action: 'calls.listWaiting',
    subject: 'visit',
    subjectId: visitId,
    patientIds: await patientsOf(work, [visitId]),
  })
  return rows.map((member) => ({
    personId: member.person_id,
    name: member.guest_name ?? member.name,
    role: member.role,
    since: (member.waits_since ?? work.now).toISOString(),
  }))
}

/** Lets one in, or all who wait; two hosts who do it at once let each in once. */
export async function admitMembers(work: Work, visitId: string, personId: string | null): Promise<number> {
  const { members } = await requireHost(work, visitId)
  if (personId !== null && !members.some((member) => member.person_id === personId)) throw callsErrors.MEMBER_UNKNOWN()
  const who = personId === null ? { knockedSince: knocksFrom(work.now) } : { personId }
  const admitted = await asSystem(work, systemActor, ({ tx }) => admitRows(tx, visitId, who, work.now))
  for (const one of admitted) await work.live(`person:${one}`, 'call:admitted', { visitId })
  if (admitted.length > 0) {
    await tellHosts(work, visitId, members)
    work.audit({
      action: 'calls.admitMembers',
      subject: 'visit',
      subjectId: visitId,
      detail: { people: admitted.length },
    })
  }
  return admitted.length
}

/** Only hosts hear of the door: a hundred pages would ask in vain. */
async function tellHosts(work: Work, visitId: string, members: readonly MemberRow[]): Promise<void> {
  for (const host of members.filter((member) => member.may_finish))
    await work.live(`person:${host.person_id}`, 'call:waiting', { visitId })
}
