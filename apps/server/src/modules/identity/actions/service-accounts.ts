import type { routes as contract } from '@moinha/contracts/identity'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { hashServiceToken, newServiceToken } from '../domain/service-token.ts'
import { endServiceAccount, writeServiceAccount } from '../store/owner-functions.ts'
import { serviceAccountOf, serviceAccountPage } from '../store/service-accounts.ts'
import { managedPath } from './managed-unit.ts'

/** Programs with a token at a unit and those beneath. */
export async function listServiceAccounts(
  work: Work,
  { facilityId, ...page }: HandlerInput<typeof contract.listServiceAccounts>['query'],
): Promise<HandlerReply<typeof contract.listServiceAccounts>> {
  const path = await managedPath(work, facilityId)
  const { rows, next } = await serviceAccountPage(work.tx, { path, ...page })
  const items = rows.map((row) => ({
    ...row,
    createdByName: row.createdByName ?? '',
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }))
  return { items, next }
}

/**
 * An account for a program. Its token leaves once, here; sent again with the same id, nothing changes and no token
 * comes. The owner's function judges: never above the maker's own role, never more than that role holds.
 */
export async function addServiceAccount(
  work: Work,
  account: HandlerInput<typeof contract.addServiceAccount>['body'],
): Promise<HandlerReply<typeof contract.addServiceAccount>> {
  await managedPath(work, account.facilityId)
  const { token, prefix } = newServiceToken()
  const made = await writeServiceAccount(work, { ...account, prefix, hash: hashServiceToken(token) })
  const kept = await serviceAccountOf(work.tx, account.id)
  if (!kept) throw platformErrors.NOT_FOUND()
  return { id: account.id, prefix: kept.prefix, expiresAt: kept.expiresAt.toISOString(), token: made ? token : null }
}

/** Ends a program's token: its next request is refused. */
export async function revokeServiceAccount(work: Work, id: string): Promise<{ done: true }> {
  await endServiceAccount(work, id)
  return { done: true }
}
