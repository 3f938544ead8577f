import { sql } from 'kysely'
import type { Db } from '../../../platform/db/database.ts'
import { defaultPairs, freshRoles } from '../domain/roles.ts'

/**
 * Brings roles and permissions up to this release. A permission the database meets for the first time arrives with its
 * default roles; what an administrator changed later stays.
 */
export async function syncRoles(db: Db): Promise<void> {
  const pairs = defaultPairs.flatMap(({ permission, roles }) => [
    { permission, role: null },
    ...roles.map((role) => ({ permission, role })),
  ])
  await sql`select identity.add_release_roles(${JSON.stringify(freshRoles)}::jsonb,
    ${JSON.stringify(pairs)}::jsonb)`.execute(db)
}
