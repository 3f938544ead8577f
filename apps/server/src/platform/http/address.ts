import type { FastifyRequest } from 'fastify'

/** A request line may carry the whole address (RFC 9112 §3.2.2); the router takes it off as well. */
const origin = /^https?:\/\/[^/?#]*/i

/**
 * Which address was asked for, to decide by: as its route writes it, else as the router reads it. What stands in the
 * request itself is the sender's spelling: `/%61pi/…` and `http://host/api/…` reach the routes of `/api/…` too.
 */
export function addressOf(request: FastifyRequest): string {
  const route = request.routeOptions.url
  if (route !== undefined && !route.includes('*')) return route
  const [path = ''] = request.url.replace(origin, '').split(/[?#]/, 1)
  try {
    return decodeURIComponent(path)
  } catch {
    return path // refused before anything is decided
  }
}
