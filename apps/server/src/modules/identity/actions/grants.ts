import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { pathOf } from '../../facilities/index.ts'
import { identityErrors } from '../errors.ts'
import { managingRank, mayGrant } from '../policy.ts'
import { roleRanks } from '../store/staff.ts'
import { managedPath, managedStaff } from './managed-unit.ts'

export interface NewGrant {
  id: string
  personId: string
  role: string
  facilityId: string
}

/** Roles, lowest first, with those the actor may grant at a unit. */
export async function listRoles(work: Work, facilityId: string) {
  const path = await managedPath(work, facilityId)
  const own = managingRank(work.actor, path, await roleRanks(work.tx))
  const rows = await work.tx.selectFrom('identity.role').where('key', '!=', 'citizen').selectAll().orderBy('rank').orderBy('key').execute()
  return { items: rows.map((row) => ({ key: row.key, vi: row.name_vi, en: row.name_en, grantable: row.rank <= own })) }
}

/** Grants a role at a unit and all beneath. Never above one's own, never outside one's own subtree, never to somebody placed higher. */
export async function grantRole(work: Work, grant: NewGrant) {
  const path = await managedPath(work, grant.facilityId)
  const { ranks } = await managedStaff(work, grant.personId)
  const rank = ranks.get(grant.role)
  if (rank === undefined || grant.role === 'citizen') throw identityErrors.ROLE_UNKNOWN()
  if (!mayGrant(work.actor, { rank, path }, ranks)) throw identityErrors.ROLE_ABOVE_YOURS()
  await insertGrant(work, grant)
  work.audit({ action: 'identity.grantRole', subject: 'role_grant', subjectId: grant.id, facilityId: grant.facilityId, detail: { role: grant.role, person: grant.personId } })
  return { id: grant.id }
}

/** The same grant twice is one; a role held already at that unit is left as it is. */
async function insertGrant({ tx, actor, now }: Work, { id, personId, role, facilityId }: NewGrant): Promise<void> {
  await tx.insertInto('identity.role_grant').values({
    id, person_id: personId, role_key: role, facility_id: facilityId, granted_by: actor.personId, valid_from: now, valid_until: null, revoked_by: null,
  }).onConflict((conflict) => conflict.doNothing()).execute()
  const kept = await tx.selectFrom('identity.role_grant').where('id', '=', id).select(['person_id', 'role_key', 'facility_id']).executeTakeFirst()
  if (kept && (kept.person_id !== personId || kept.role_key !== role || kept.facility_id !== facilityId)) throw platformErrors.ID_TAKEN()
}

/** Takes a role back. */
export async function revokeGrant(work: Work, grantId: string) {
  const grant = await work.tx.selectFrom('identity.role_grant').where('id', '=', grantId).select(['person_id', 'facility_id', 'role_key']).executeTakeFirst()
  if (!grant) throw platformErrors.NOT_FOUND()
  if (grant.person_id === work.actor.personId) throw identityErrors.NOT_ON_YOURSELF()
  const path = await pathOf(work.tx, grant.facility_id)
  const ranks = await roleRanks(work.tx)
  if (path === undefined || !work.actor.canAt('staff.manage', path)) throw identityErrors.FOREIGN_UNIT()
  if (!mayGrant(work.actor, { rank: ranks.get(grant.role_key) ?? Number.POSITIVE_INFINITY, path }, ranks)) throw identityErrors.ROLE_ABOVE_YOURS()
  const { numUpdatedRows } = await work.tx.updateTable('identity.role_grant').set({ valid_until: sql`greatest(valid_from, ${work.now})`, revoked_by: work.actor.personId })
    .where('id', '=', grantId).where('valid_until', 'is', null).executeTakeFirst()
  if (!numUpdatedRows) throw identityErrors.GRANT_ENDED()
  work.audit({ action: 'identity.revokeGrant', subject: 'role_grant', subjectId: grantId, facilityId: grant.facility_id, detail: { role: grant.role_key, person: grant.person_id } })
  return { done: true as const }
}
