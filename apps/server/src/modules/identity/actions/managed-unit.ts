import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { pathOf } from '../../facilities/index.ts'
import { identityErrors } from '../errors.ts'
import { mayManageAccount, type Ranks, type Standing } from '../policy.ts'
import { roleRanks, standingOf } from '../store/staff.ts'

/** The path of a unit whose staff the actor manages; refuses another's. */
export async function managedPath(work: Work, facilityId: string): Promise<string> {
  const path = await pathOf(work.tx, facilityId)
  if (path === undefined) throw platformErrors.NOT_FOUND()
  if (!work.actor.canAt('staff.manage', path)) throw identityErrors.FOREIGN_UNIT()
  return path
}

/** Whose practitioner role it is, at a unit whose staff the actor manages. */
export async function managedPractitionerRole(
  work: Work,
  practitionerRoleId: string,
): Promise<{ facilityId: string; personId: string; ended: boolean }> {
  const practitionerRole = await work.tx
    .selectFrom('identity.practitioner_role')
    .where('id', '=', practitionerRoleId)
    .select(['facility_id', 'person_id', 'valid_until'])
    .executeTakeFirst()
  if (!practitionerRole) throw platformErrors.NOT_FOUND()
  await managedPath(work, practitionerRole.facility_id)
  const { facility_id: facilityId, person_id: personId, valid_until: until } = practitionerRole
  return { facilityId, personId, ended: until !== null }
}

/** A staff member over whose whole account the actor stands; refuses another's and one placed higher. */
export async function managedStaff(work: Work, personId: string): Promise<{ standing: Standing; ranks: Ranks }> {
  const ranks = await roleRanks(work.tx)
  const standing = await standingOf(work.tx, personId, ranks)
  if (!standing) throw platformErrors.NOT_FOUND()
  if (!mayManageAccount(work.actor, standing, ranks)) throw identityErrors.STAFF_ABOVE_YOU()
  return { standing, ranks }
}
