import { routes as facilities } from './facilities.ts'
import { routes as identity } from './identity.ts'
import { routes as roster } from './roster.ts'

/** Every route of the product, one line a module. */
export const contracts = {
  facilities,
  identity,
  roster,
} as const
