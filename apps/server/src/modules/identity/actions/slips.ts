import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { hashFirstCode, newFirstCode } from '../domain/first-code.ts'
import { temporaryPassword } from '../domain/temporary-password.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { writeSlip } from '../store/owner-functions.ts'
import { awaitedStaff, enteredStaff } from '../store/staff-sheet.ts'
import { managedPath } from './managed-unit.ts'

export interface SlipOwner {
  personId: string
  fullName: string
  username: string
  facilityName: string
}

export interface Slip extends SlipOwner {
  /** Leaves once, on paper. */
  code: string
  expiresAt: string
}

/** A one-time code for somebody who has not set a password yet; the one before it is dead. */
export async function issueSlip(work: Work, owner: SlipOwner, deadPassword: string): Promise<Slip> {
  const code = newFirstCode()
  const until = await writeSlip(work, { personId: owner.personId, codeHash: hashFirstCode(code), deadPassword })
  return { ...owner, code, expiresAt: until.toISOString() }
}

/**
 * Slips anew for these people of a unit and those beneath. Who entered while the list lay open gets none and is named;
 * anybody else refuses them all.
 */
export async function printSlips(
  work: Work,
  parts: IdentityParts,
  { facilityId, personIds }: { facilityId: string; personIds: readonly string[] },
) {
  const path = await managedPath(work, facilityId)
  const wanted = [...new Set(personIds)]
  const { rows } = await awaitedStaff(work.tx, { path, limit: wanted.length, only: wanted })
  const entered = rows.length < wanted.length ? await enteredStaff(work.tx, path, wanted) : []
  if (rows.length + entered.length < wanted.length) throw platformErrors.NOT_FOUND()
  const deadPassword = await (await parts.auth.$context).password.hash(temporaryPassword())
  const slips: Slip[] = []
  for (const { personId, fullName, username, facilityName } of rows)
    slips.push(await issueSlip(work, { personId, fullName, username, facilityName }, deadPassword))
  return { slips, entered }
}

/** Whom a unit still waits for. */
export async function listAwaitedStaff(
  work: Work,
  { facilityId, ...page }: { facilityId: string; after?: string | undefined; limit: number },
) {
  const path = await managedPath(work, facilityId)
  const { rows, next } = await awaitedStaff(work.tx, { path, ...page })
  const items = rows.map(({ folded: _folded, slipUntil, ...row }) => ({
    ...row,
    slipUntil: slipUntil?.toISOString() ?? null,
  }))
  return { items, next }
}
