import type { Qualification } from '@moinha/contracts/qualifications'
import type { Work } from '../../../platform/db/work.ts'
import { identityErrors } from '../errors.ts'
import { closePractitionerRole, correctPractitionerRole, writePractitionerRole } from '../store/owner-functions.ts'
import { managedPath, managedPractitionerRole, managedStaff } from './managed-unit.ts'

export interface PractitionerRoleFields {
  qualification: Qualification['code']
  title: string
  degree: string
  specialties: string[]
  licenceNo: string
  licenceIssuer: string
  licenceDate: string | null
  licenceScope: string
  weeklyHours: number | null
  isPublic: boolean
}

export type NewPractitionerRole = PractitionerRoleFields & { practitionerRoleId: string; facilityId: string }

/** Writes a practitioner role; the same id twice is the same practitioner role, another's id is refused. */
export async function insertPractitionerRole(
  work: Work,
  personId: string,
  { practitionerRoleId, facilityId, ...fields }: NewPractitionerRole,
): Promise<void> {
  await writePractitionerRole(work, { practitionerRoleId, personId, facilityId }, fields)
}

/**
 * A further practitioner role for a staff member one manages, never for oneself: a practitioner role opens a unit's
 * patients.
 */
export async function addPractitionerRole(work: Work, personId: string, practitionerRole: NewPractitionerRole) {
  await managedPath(work, practitionerRole.facilityId)
  await managedStaff(work, personId)
  await insertPractitionerRole(work, personId, practitionerRole)
  return { practitionerRoleId: practitionerRole.practitionerRoleId }
}

/** Corrects a live practitioner role of a unit one manages, never one's own. */
export async function editPractitionerRole(
  work: Work,
  practitionerRoleId: string,
  practitionerRole: PractitionerRoleFields,
) {
  await managedPractitionerRole(work, practitionerRoleId)
  if (!(await correctPractitionerRole(work, practitionerRoleId, practitionerRole)))
    throw identityErrors.PRACTITIONER_ROLE_ENDED()
  return { done: true as const }
}

/**
 * Ends a practitioner role and takes back the roles the person holds at that very unit, unless another practitioner
 * role there goes on. Ended before, it stays so.
 */
export async function endPractitionerRole(work: Work, practitionerRoleId: string) {
  const { personId, ended } = await managedPractitionerRole(work, practitionerRoleId)
  if (ended) return { done: true as const }
  await managedStaff(work, personId)
  await closePractitionerRole(work, practitionerRoleId)
  return { done: true as const }
}
