import type { FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'
import { platformErrors } from '../errors/coded-error.ts'
import type { AnyRoute } from './serve.ts'

/** The ETag of a version: opaque to callers, so a version may be a number, an instant or a hash. */
export function etagOf(kind: 'weak' | 'strong', version: string): string {
  const text = /^[\x21\x23-\x7e]{1,64}$/.test(version) ? version : digestOf(version)
  return kind === 'weak' ? `W/"${text}"` : `"${text}"`
}

/** A version read off the bytes themselves, where the handler knows no cheaper one. */
export function digestOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 27)
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')
const names = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((tag) => opaque(tag) === opaque(etag))

/** Does the caller hold this very version already? Weak comparison (RFC 9110 §13.1.2). */
export function isHeld(request: FastifyRequest, etag: string): boolean {
  const header = request.headers['if-none-match']
  return (request.method === 'GET' || request.method === 'HEAD') && header !== undefined && names(header, etag)
}

/**
 * Is the write based on an older version? Then it is refused. Weak tags are compared too, unlike RFC 9110 §13.1.1,
 * since versions of FHIR resources are weak tags and still guard writes (FHIR R4, http.html#concurrency).
 */
export function isOutdated(route: AnyRoute, request: FastifyRequest, version: string | undefined): boolean {
  if (!route.ifMatch) return false
  const header = request.headers['if-match']
  if (header === undefined) {
    if (route.ifMatch === 'required') throw platformErrors.PRECONDITION_REQUIRED()
    return false
  }
  return version === undefined || !names(header, etagOf('weak', version))
}
