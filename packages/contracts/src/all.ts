import { routes as audit } from './audit.ts'
import { routes as calls } from './calls/index.ts'
import { routes as consults } from './consults/index.ts'
import { routes as facilities } from './facilities/index.ts'
import { routes as identity } from './identity/index.ts'
import { routes as indicators } from './indicators.ts'
import { routes as meetings } from './meetings/index.ts'
import { routes as news } from './news/index.ts'
import { routes as operations } from './operations.ts'
import { routes as prescriptions } from './prescriptions/index.ts'
import { routes as programmes } from './programmes.ts'
import { routes as referrals } from './referrals/index.ts'
import { routes as roster } from './roster.ts'
import { routes as records } from './records/index.ts'
import { routes as scheduling } from './scheduling/index.ts'
import { routes as signatures } from './signatures.ts'

/** Every route of the product, one line a module. */
export const contracts = {
  facilities,
  identity,
  roster,
  records,
  signatures,
  prescriptions,
  referrals,
  calls,
  consults,
  scheduling,
  programmes,
  meetings,
  news,
  indicators,
  audit,
  operations,
} as const
