import { statusOfCode } from '../errors/coded-error.ts'
import { takesBearer } from './bearer.ts'
import type { AnyRoute } from './serve.ts'

/** Codes by route id. */
export type DeclaredErrors = Readonly<Record<string, readonly string[]>>

let declared: DeclaredErrors = {}

/** Once at boot, with what `tools/write-route-errors.mjs` read off the sources. */
export function declareErrors(list: DeclaredErrors): void {
  declared = list
}

/** What the pipeline itself may answer, before a handler runs or when something fails under it. */
function generalErrors(route: AnyRoute): string[] {
  const codes = ['HOST_UNKNOWN', 'TWO_CREDENTIALS', 'TOO_MANY_REQUESTS', 'INTERNAL', 'UNAVAILABLE', 'INVALID_INPUT']
  if (route.permission !== 'public') codes.push('SIGN_IN_REQUIRED', 'NOT_ALLOWED', 'OTHER_PERSON_NOW')
  if (!takesBearer(route)) codes.push('SESSION_ONLY')
  if (takesBearer(route) || route.permission !== 'public') codes.push('TOKEN_WRONG', 'TOKEN_ENDED')
  if (route.method !== 'GET') codes.push('FOREIGN_ORIGIN', 'CHANGED_MEANWHILE', 'REQUEST_TIMEOUT')
  if (route.body || route.consumes) codes.push('BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA')
  if (route.ifMatch) codes.push('PRECONDITION_FAILED')
  if (route.ifMatch === 'required') codes.push('PRECONDITION_REQUIRED')
  return codes
}

/** Every code a route may refuse with, by HTTP status. */
export function errorsOf(route: AnyRoute): Map<number, string[]> {
  const codes = new Set([...generalErrors(route), ...(declared[route.id] ?? []), ...(route.errors ?? [])])
  const byStatus = new Map<number, string[]>()
  for (const code of [...codes].sort()) {
    const status = statusOfCode(code)
    if (status === undefined) throw new Error(`${route.id} declares ${code}, which no module defines`)
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return byStatus
}

/** Is this one of the codes the route declares? Routes that only a test serves declare none. */
export function mayRefuseWith(route: AnyRoute, code: string): boolean {
  if (!(route.id in declared)) return true
  return [...errorsOf(route).values()].some((codes) => codes.includes(code))
}
