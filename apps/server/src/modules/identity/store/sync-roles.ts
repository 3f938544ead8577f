import type { Db } from '../../../platform/db/database.ts'
import { defaultPairs, freshRoles } from '../domain/roles.ts'

/**
 * Brings roles and permissions up to this release. A permission the database meets for the first time arrives with its default
 * roles; what an administrator changed later stays.
 */
export async function syncRoles(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('identity.role').values(freshRoles).onConflict((conflict) => conflict.doNothing()).execute()
    const fresh = await tx.insertInto('identity.permission').values(defaultPairs.map(({ permission }) => ({ key: permission })))
      .onConflict((conflict) => conflict.doNothing()).returning('key').execute()
    const keys = new Set(fresh.map((row) => row.key))
    const pairs = defaultPairs.filter(({ permission }) => keys.has(permission))
      .flatMap(({ permission, roles }) => roles.map((role_key) => ({ role_key, permission })))
    if (pairs.length > 0) await tx.insertInto('identity.role_permission').values(pairs).onConflict((conflict) => conflict.doNothing()).execute()
  })
}
