import { randomUUID } from 'node:crypto'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { temporaryPassword } from '../domain/temporary-password.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { addStaffAccount } from '../store/owner-functions.ts'
import type { Sex } from '../store/tables.ts'
import { createPerson } from './create-person.ts'
import { grantRole } from './grants.ts'
import { managedPath } from './managed-unit.ts'
import { insertPractitionerRole, type NewPractitionerRole, type PractitionerRoleFields } from './practitioner-roles.ts'

export interface NewStaff extends PractitionerRoleFields {
  personId: string
  practitionerRoleId: string
  facilityId: string
  fullName: string
  sex: Sex
  birthDate?: string | undefined
  username: string
  role?: string | undefined
}

/**
 * Person, account, practitioner role and, where asked, a grant: all or nothing. Sent twice, it answers the same without
 * the password.
 */
export async function createStaff(work: Work, parts: IdentityParts, staff: NewStaff) {
  await managedPath(work, staff.facilityId)
  const { personId, practitionerRoleId, username } = staff
  const known = await work.tx
    .selectFrom('identity.account_user')
    .where('id', '=', personId)
    .select('username')
    .executeTakeFirst()
  if (known) {
    if (known.username !== username) throw platformErrors.ID_TAKEN()
    return { personId, practitionerRoleId, temporaryPassword: null }
  }
  const taken = await work.tx
    .selectFrom('identity.account_user')
    .where('username', '=', username)
    .select('id')
    .executeTakeFirst()
  if (taken) throw identityErrors.USERNAME_TAKEN()
  if (
    !(await createPerson(work, { id: personId, fullName: staff.fullName, sex: staff.sex, birthDate: staff.birthDate }))
  )
    throw platformErrors.ID_TAKEN()
  const password = temporaryPassword()
  const passwordHash = await (await parts.auth.$context).password.hash(password)
  const made = await addStaffAccount(work, { personId, username, passwordHash, mustChange: true })
  if (!made) throw identityErrors.USERNAME_TAKEN() // taken meanwhile
  await insertPractitionerRole(work, personId, practitionerRoleOf(staff))
  if (staff.role) await grantRole(work, { id: randomUUID(), personId, role: staff.role, facilityId: staff.facilityId })
  work.audit({
    action: 'identity.createStaff',
    subject: 'account',
    subjectId: personId,
    facilityId: staff.facilityId,
    detail: { role: staff.role ?? null },
  })
  return { personId, practitionerRoleId, temporaryPassword: password }
}

function practitionerRoleOf(staff: NewStaff): NewPractitionerRole {
  const {
    personId: _person,
    fullName: _name,
    sex: _sex,
    birthDate: _born,
    username: _user,
    role: _role,
    ...practitionerRole
  } = staff
  return practitionerRole
}
