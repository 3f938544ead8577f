import type { Config } from '../config/config.ts'
import { readSecret } from '../config/secret.ts'
import { installQueue } from '../jobs/jobs.ts'
import { migrate } from './migrate.ts'
import { assertPowerless, openAppRole, openAuthRole } from './roles.ts'

export interface Databases {
  ownerUrl: string
  appUrl: string
  /** The login of identity alone: the only one that sees passwords, codes and sessions. */
  authUrl: string
}

/** Brings a database up to this release and opens its logins. */
export async function openDatabases(config: Config, ownerUrl: string): Promise<Databases> {
  await installQueue(ownerUrl)
  await migrate(ownerUrl)
  const appUrl = config.APP_DATABASE_URL ?? (await openAppRole(ownerUrl))
  await assertPowerless(appUrl)
  const authUrl = config.AUTH_DATABASE_URL ?? (await openAuthRole(ownerUrl, appUrl, readSecret(config)))
  await assertPowerless(authUrl)
  return { ownerUrl, appUrl, authUrl }
}
