import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { temporaryPassword } from '../domain/temporary-password.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import type { Sex } from '../store/tables.ts'
import { createPerson } from './create-person.ts'
import { grantRole } from './grants.ts'
import { managedPath } from './managed-unit.ts'
import { insertPost, type PostFields } from './posts.ts'

export interface NewStaff extends PostFields {
  personId: string
  postId: string
  facilityId: string
  fullName: string
  sex: Sex
  birthDate?: string | undefined
  username: string
  role?: string | undefined
}

/** Person, account, post and, where asked, role: all or nothing. Sent twice, it answers the same without the password. */
export async function createStaff(work: Work, parts: IdentityParts, staff: NewStaff) {
  await managedPath(work, staff.facilityId)
  const { personId, postId, username } = staff
  const known = await work.tx.selectFrom('identity.account_user').where('id', '=', personId).select('username').executeTakeFirst()
  if (known) {
    if (known.username !== username) throw platformErrors.ID_TAKEN()
    return { personId, postId, temporaryPassword: null }
  }
  const taken = await work.tx.selectFrom('identity.account_user').where('username', '=', username).select('id').executeTakeFirst()
  if (taken) throw identityErrors.USERNAME_TAKEN()
  if (!(await createPerson(work, { id: personId, fullName: staff.fullName, sex: staff.sex, birthDate: staff.birthDate }))) throw platformErrors.ID_TAKEN()
  const password = temporaryPassword()
  await insertStaffAccount(work, { personId, username, passwordHash: await (await parts.auth.$context).password.hash(password), mustChange: true })
  await insertPost(work, personId, { ...staff, postId })
  if (staff.role) await grantRole(work, { id: randomUUID(), personId, role: staff.role, facilityId: staff.facilityId })
  work.audit({ action: 'identity.createStaff', subject: 'account', subjectId: personId, facilityId: staff.facilityId, detail: { role: staff.role ?? null } })
  return { personId, postId, temporaryPassword: password }
}

export interface StaffAccount {
  personId: string
  username: string
  passwordHash: string
  mustChange: boolean
}

/** The account rows of a staff member whose person exists. A username taken meanwhile is told as such. */
export async function insertStaffAccount({ tx, now }: Work, { personId, username, passwordHash, mustChange }: StaffAccount): Promise<void> {
  const { rows } = await sql<{ id: string }>`insert into identity.account_user (id, kind, email, username, must_change_password, created_at)
    values (${personId}, 'staff', ${`${personId}@account.invalid`}, ${username}, ${mustChange}, ${now}) on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) throw identityErrors.USERNAME_TAKEN()
  await tx.insertInto('identity.account_credential')
    .values({ user_id: personId, account_id: personId, provider_id: 'credential', password: passwordHash }).execute()
}
