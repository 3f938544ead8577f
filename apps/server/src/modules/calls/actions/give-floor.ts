import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { callsErrors } from '../errors.ts'
import { lowerHandRows, setFloor, turnMembers } from '../store/stage-rows.ts'
import { applyMediaRoles, setMediaRole } from './media-role.ts'
import { requireHost } from './require-inside.ts'

/** Lets one member speak, whose hand has then been heard, or only listen. */
export async function giveFloor(work: Work, visitId: string, personId: string, maySpeak: boolean): Promise<void> {
  const { members } = await requireHost(work, visitId)
  const member = members.find((one) => one.person_id === personId)
  if (member === undefined) throw callsErrors.MEMBER_UNKNOWN()
  // who leads is not silenced by another who leads; helpers and recorders have no floor to be given
  if (member.may_finish || (member.media_role !== 'speaker' && member.media_role !== 'listener'))
    throw callsErrors.CALL_HOSTS_ONLY()
  await setMediaRole(work, visitId, personId, maySpeak ? 'speaker' : 'listener')
  if (!maySpeak) return
  const lowered = await asSystem(work, systemActor, ({ tx }) => lowerHandRows(tx, visitId, personId))
  if (lowered.length > 0) await work.live(`visit:${visitId}`, 'call:hand', { visitId, personId, raisedAt: null })
}

/** Closes the floor: only hosts speak, and whom they let. Opens it: everybody may again. */
export async function closeFloor(work: Work, visitId: string, closed: boolean): Promise<void> {
  await requireHost(work, visitId)
  const turned = await asSystem(work, systemActor, async ({ tx }) => {
    await setFloor(tx, visitId, closed)
    return closed ? turnMembers(tx, visitId, 'speaker', 'listener') : turnMembers(tx, visitId, 'listener', 'speaker')
  })
  await applyMediaRoles(work, visitId, turned)
  await work.live(`visit:${visitId}`, 'call:floor', { visitId, closed })
  work.audit({ action: 'calls.closeFloor', subject: 'visit', subjectId: visitId, detail: { closed } })
}
