import type { Work } from '../../../platform/db/work.ts'
import { identityErrors } from '../errors.ts'
import { managingRank, mayGrant } from '../policy.ts'
import { endGrant, writeGrant, type NewGrant } from '../store/owner-functions.ts'
import { scopesByRole } from '../store/service-accounts.ts'
import { roleRanks } from '../store/staff.ts'
import { managedPath, managedStaff } from './managed-unit.ts'

/** Roles, lowest first, with those the actor may grant at a unit and what a program of each may carry. */
export async function listRoles(work: Work, facilityId: string) {
  const path = await managedPath(work, facilityId)
  const own = managingRank(work.actor, path, await roleRanks(work.tx))
  const rows = await work.tx
    .selectFrom('identity.role')
    .where('key', '!=', 'citizen')
    .selectAll()
    .orderBy('rank')
    .orderBy('key')
    .execute()
  const scopes = await scopesByRole(work.tx)
  return {
    items: rows.map((row) => ({
      key: row.key,
      vi: row.name_vi,
      en: row.name_en,
      grantable: row.rank <= own,
      scopes: scopes.get(row.key) ?? [],
    })),
  }
}

/**
 * Grants a role at a unit and all beneath. Never above one's own, never outside one's own subtree, never to somebody
 * placed higher, never to oneself; a clinical one never back to whom one's own account or role lately came from. The
 * owner's function judges once more and writes it down.
 */
export async function grantRole(work: Work, grant: NewGrant) {
  const path = await managedPath(work, grant.facilityId)
  const { ranks } = await managedStaff(work, grant.personId)
  const rank = ranks.get(grant.role)
  if (rank === undefined || grant.role === 'citizen') throw identityErrors.ROLE_UNKNOWN()
  if (!mayGrant(work.actor, { rank, path }, ranks)) throw identityErrors.ROLE_ABOVE_YOURS()
  await writeGrant(work, grant)
  return { id: grant.id }
}

/** Takes a role back; taken back before, it stays so. */
export async function revokeGrant(work: Work, grantId: string) {
  await endGrant(work, grantId)
  return { done: true as const }
}
