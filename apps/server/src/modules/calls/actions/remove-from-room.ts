import type { Work } from '../../../platform/db/work.ts'
import { callsErrors } from '../errors.ts'
import { removeMember } from './open-visit.ts'
import { requireHost } from './require-inside.ts'

/** A host shows somebody out for good, hosts excepted. Done twice, the second changes nothing. */
export async function removeFromRoom(work: Work, visitId: string, personId: string): Promise<void> {
  const { members } = await requireHost(work, visitId)
  if (members.some((member) => member.person_id === personId && member.may_finish)) throw callsErrors.CALL_HOSTS_ONLY()
  await removeMember(work, visitId, personId)
}
