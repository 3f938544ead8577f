import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { identityErrors } from '../errors.ts'
import { familyLinkEnded } from '../events.ts'
import { closeLink, currentGuardians, findLink, liveLink, stoppedBefore } from '../store/family.ts'
import { ownId } from '../policy.ts'

/**
 * Ends acting for somebody, after the caller's policy said yes; from the next request on the guardian sees and does
 * nothing more. The person and the record stay. False where it had ended before.
 */
export async function endFamilyLink(work: Work, linkId: string, reason: string | null): Promise<boolean> {
  const link = await asSystem(work, systemActor, async ({ tx }) => {
    const found = await findLink(tx, linkId)
    const ended = found && (await closeLink(tx, linkId, { now: work.now, endedBy: work.actor.personId, reason }))
    return ended ? found : undefined
  })
  if (!link) return false
  await work.emit(familyLinkEnded, { linkId, guardianId: link.guardian_id, dependantId: link.dependant_id })
  return true
}

/** The guardian stops acting for somebody; who stopped before has stopped. */
export async function removeFamilyMember(work: Work, personId: string) {
  const link = await liveLink(work.tx, ownId(work), personId)
  if (!link && (await stoppedBefore(work.tx, ownId(work), personId))) return { done: true as const }
  if (!link) throw identityErrors.NOT_YOUR_FAMILY_MEMBER()
  await endFamilyLink(work, link.id, null)
  work.audit({
    action: 'identity.removeFamilyMember',
    subject: 'family_member',
    subjectId: link.id,
    patientId: personId,
  })
  return { done: true as const }
}

/** Who acts for me. */
export async function listGuardians(work: Work) {
  const me = ownId(work)
  return { items: await asSystem(work, systemActor, ({ tx }) => currentGuardians(tx, me)) }
}

/** The patient ends that somebody acts for them. */
export async function endGuardian(work: Work, linkId: string) {
  const me = ownId(work)
  const link = await findLink(work.tx, linkId)
  if (!link || link.dependant_id !== me) throw identityErrors.NOT_YOUR_FAMILY_MEMBER()
  if (await endFamilyLink(work, linkId, null))
    work.audit({ action: 'identity.endGuardian', subject: 'family_member', subjectId: linkId, patientId: me })
  return { done: true as const }
}
