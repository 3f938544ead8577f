import { routes as facilities } from './facilities.ts'

/** Every route of the product, one line a module. */
export const contracts = {
  facilities,
} as const
