import type { Config } from '../../platform/config/config.ts'
import { nationalDemo } from './ports/national-demo.ts'
import { nationalOverHttp } from './ports/national-http.ts'
import type { NationalSystem } from './ports/national-system.ts'

/** The national system of this installation; none where it is not set: prescriptions then wait. */
export function nationalSystem(config: Config): NationalSystem | undefined {
  const { PRESCRIPTION_URL: url, PRESCRIPTION_ACCOUNTS: accounts } = config
  if (url && accounts) return nationalOverHttp(url, accounts)
  return config.DEMO ? nationalDemo : undefined
}
