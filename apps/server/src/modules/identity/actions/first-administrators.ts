import { randomUUID } from 'node:crypto'
import type { Work } from '../../../platform/db/work.ts'
import { findOrFoundRoot, type Root } from '../../facilities/index.ts'
import { firstAdministrators, refusals, type AdministratorInput } from '../domain/administrator-input.ts'
import { hashFirstCode, newFirstCode } from '../domain/first-code.ts'
import { toE164 } from '../domain/phone.ts'
import { administrators, insertAdministrator, lockAdministrators, staffAccountOf } from '../store/administrators.ts'
import { putFirstCode } from '../store/first-codes.ts'
import { sessionSettings } from '../store/session-settings.ts'
import { syncRoles } from '../store/sync-roles.ts'

export interface FirstLink {
  username: string
  unit: string | null
  code: string
  expiresAt: Date
}

/**
 * One of the first two administrators, by whoever runs the installation: the work is the owner's, at a terminal. A
 * person twice, a third one, an unknown unit: refused in one line, nothing written.
 */
export async function makeAdministrator(work: Work, input: AdministratorInput): Promise<FirstLink> {
  await syncRoles(work.tx)
  await lockAdministrators(work.tx)
  const phone = input.phone ? toE164(input.phone) : null
  if (await staffAccountOf(work.tx, { username: input.username })) throw refusals.usernameTaken(input.username)
  const sameOwner = phone && (await staffAccountOf(work.tx, { phone }))
  if (sameOwner) throw refusals.phoneTaken(sameOwner.username ?? '')
  await requirePlace(work)
  const root = await rootOf(work, input.unit)
  const personId = randomUUID()
  const ids = { personId, practitionerRoleId: randomUUID(), grantId: randomUUID() }
  await insertAdministrator(work.tx, {
    ...ids,
    fullName: input.name,
    username: input.username,
    phone,
    facilityId: root.id,
  })
  work.audit({ action: 'identity.makeAdministrator', subject: 'account', subjectId: personId, facilityId: root.id })
  return { ...(await issueLink(work, personId, input.username)), unit: root.name }
}

/** A new link for one who has not used theirs; the one before is dead. */
export async function renewAdministratorLink(work: Work, username: string): Promise<FirstLink> {
  await lockAdministrators(work.tx)
  const one = (await administrators(work.tx, work.now)).find((account) => account.username === username)
  if (!one) throw refusals.accountUnknown(username)
  if (one.entered) throw refusals.linkUsed(username)
  await requirePlace(work, one.personId)
  work.audit({ action: 'identity.renewAdministratorLink', subject: 'account', subjectId: one.personId })
  return issueLink(work, one.personId, username)
}

/** Is one of the two places free? Somebody whose link ran out unused holds none. */
async function requirePlace(work: Work, except?: string): Promise<void> {
  const there = (await administrators(work.tx, work.now)).filter(
    (one) => one.personId !== except && (one.entered || one.awaited),
  )
  if (there.length >= firstAdministrators) throw refusals.enough()
}

async function rootOf(work: Work, name: string | undefined): Promise<Root> {
  if (!name) throw refusals.noUnit()
  const found = await findOrFoundRoot(work, name)
  if ('roots' in found) throw refusals.unitUnknown(found.roots.map((root) => root.name))
  return found.root
}

async function issueLink(work: Work, personId: string, username: string): Promise<FirstLink> {
  const { administratorLinkHours } = await sessionSettings(work.tx)()
  const code = newFirstCode()
  const expiresAt = new Date(work.now.getTime() + administratorLinkHours * 3_600_000)
  await putFirstCode(work.tx, { personId, codeHash: hashFirstCode(code), purpose: 'administrator', expiresAt })
  return { username, unit: null, code, expiresAt }
}
