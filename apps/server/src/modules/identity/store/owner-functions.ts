import { sql, type RawBuilder } from 'kysely'
import { platformErrors, type CodedError } from '../../../platform/errors/coded-error.ts'
import type { Work } from '../../../platform/db/work.ts'
import { identityErrors } from '../errors.ts'

/** How the owner's functions refuse: this state, and a code of ours as the message. */
const refusedState = 'MN403'
const refusals: Record<string, (() => CodedError) | undefined> = { ...platformErrors, ...identityErrors }

/** Calls a function of the owner that answers rows; its refusal becomes ours. */
export async function callOwner<T>({ tx }: Pick<Work, 'tx'>, query: RawBuilder<T>): Promise<T[]> {
  try {
    return (await query.execute(tx)).rows
  } catch (error) {
    return refuseAsOwner(error)
  }
}

/** Throws what the owner's function or trigger meant: our refusal, or the error as it came. */
export function refuseAsOwner(error: unknown): never {
  const { code, message } = error as { code?: string; message: string }
  throw (code === refusedState && refusals[message]?.()) || error
}

const call = async <T>(work: Pick<Work, 'tx'>, query: RawBuilder<T>): Promise<T | undefined> =>
  (await callOwner(work, query))[0]

export interface StaffAccount {
  personId: string
  username: string
  passwordHash: string
  mustChange: boolean
}

/** The account of a person the actor has just written down; false where the user name is taken. */
export async function addStaffAccount(work: Work, account: StaffAccount): Promise<boolean> {
  const { personId, username, passwordHash, mustChange } = account
  const row = await call(
    work,
    sql<{ made: boolean }>`
    select identity.add_staff_account(${personId}, ${username}, ${passwordHash}, ${mustChange},
      ${work.requestId}) as made`,
  )
  return row?.made ?? false
}

export async function addDemoCitizen(work: Work, personId: string, phone: string): Promise<void> {
  await call(work, sql`select identity.add_demo_citizen(${personId}, ${phone}, ${work.requestId})`)
}

export async function writePassword(
  work: Work,
  personId: string,
  passwordHash: string,
  alsoTotp: boolean,
): Promise<void> {
  await call(work, sql`select identity.reset_password(${personId}, ${passwordHash}, ${alsoTotp}, ${work.requestId})`)
}

/** A code for the first sign-in of somebody who has not set a password; answers until when it holds. */
export async function writeSlip(
  work: Work,
  slip: { personId: string; codeHash: string; deadPassword: string },
): Promise<Date> {
  const row = await call(
    work,
    sql<{ until: Date }>`
    select identity.issue_slip(${slip.personId}, ${slip.codeHash}, ${slip.deadPassword}, ${work.requestId}) as until`,
  )
  if (!row) throw new Error('identity.issue_slip answered nothing')
  return row.until
}

export async function writeDisabled(work: Work, personId: string, disabled: boolean): Promise<void> {
  await call(work, sql`select identity.set_disabled(${personId}, ${disabled}, ${work.requestId})`)
}

export async function writeVouch(work: Work, personId: string): Promise<void> {
  await call(work, sql`select identity.vouch(${personId}, ${work.requestId})`)
}

export interface NewGrant {
  id: string
  personId: string
  role: string
  facilityId: string
}

/**
 * The same grant twice is one; a role held already at that unit is left as it is. `since` counts only while a demo is
 * loaded.
 */
export async function writeGrant(
  work: Work,
  { id, personId, role, facilityId }: NewGrant,
  since = work.now,
): Promise<void> {
  await call(
    work,
    sql`select identity.grant_role(${id}, ${personId}, ${role}, ${facilityId}, ${since}, ${work.requestId})`,
  )
}

/** False where the grant had ended already. */
export async function endGrant(work: Work, grantId: string): Promise<boolean> {
  const row = await call(
    work,
    sql<{ live: boolean }>`select identity.revoke_grant(${grantId}, ${work.requestId}) as live`,
  )
  return row?.live ?? false
}

/** The same id twice is the same practitioner role, another's id is refused. */
export async function writePractitionerRole(
  work: Work,
  at: { practitionerRoleId: string; personId: string; facilityId: string },
  fields: object,
): Promise<void> {
  await call(
    work,
    sql`
    select identity.add_practitioner_role(${at.practitionerRoleId}, ${at.personId}, ${at.facilityId},
      ${JSON.stringify(fields)}::jsonb, ${work.requestId})`,
  )
}

/** False where the practitioner role has ended. */
export async function correctPractitionerRole(
  work: Work,
  practitionerRoleId: string,
  fields: object,
): Promise<boolean> {
  const row = await call(
    work,
    sql<{ live: boolean }>`
    select identity.edit_practitioner_role(${practitionerRoleId}, ${JSON.stringify(fields)}::jsonb,
      ${work.requestId}) as live`,
  )
  return row?.live ?? false
}

/** False where the practitioner role had ended already. */
export async function closePractitionerRole(work: Work, practitionerRoleId: string): Promise<boolean> {
  const row = await call(
    work,
    sql<{ live: boolean }>`select identity.end_practitioner_role(${practitionerRoleId}, ${work.requestId}) as live`,
  )
  return row?.live ?? false
}

export interface NewServiceAccount {
  id: string
  facilityId: string
  name: string
  role: string
  scopes: readonly string[]
  days: number
  prefix: string
  hash: string
}

/** False where this very account stands already: its token was shown then. */
export async function writeServiceAccount(
  work: Work,
  { id, facilityId, ...fields }: NewServiceAccount,
): Promise<boolean> {
  const row = await call(
    work,
    sql<{ made: boolean }>`
    select identity.add_service_account(${id}, ${facilityId}, ${JSON.stringify(fields)}::jsonb,
      ${work.requestId}) as made`,
  )
  return row?.made ?? false
}

/** Ends a program's token; one that had ended stays so. */
export async function endServiceAccount(work: Work, id: string): Promise<void> {
  await call(work, sql`select identity.revoke_service_account(${id}, ${work.requestId})`)
}

/** Tells a signer that a signature of theirs has no force; the house says so, nobody else. */
export async function tellVoidSignature(system: Work, signerId: string): Promise<void> {
  await call(system, sql`select identity.tell_void_signature(${signerId})`)
}
