import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest, preParsingAsyncHookHandler } from 'fastify'
import { createHash } from 'node:crypto'
import { platformErrors } from '../errors/coded-error.ts'

/**
 * Requests a minute over all routes: of one session, and of all strangers behind one address, since hundreds of phones
 * share a carrier's.
 */
export const wideLimits = { session: 1_200, address: 6_000 } as const
/** A narrow limit is meant for one account; strangers behind one address have so many times as much together. */
const strangersShare = 20
const minuteMs = 60_000

/**
 * One more request under this key in this minute; shared by every process. Answers the count and the seconds until it
 * begins anew.
 */
export type CountShared = (key: string, windowMs: number) => Promise<{ count: number; secondsLeft: number }>

export interface RateLimitParts {
  /**
   * A key for the session of a cookie header whose signature is ours, without asking the database; undefined for all
   * others.
   */
  sessionKey(cookie: string): string | undefined
  countShared: CountShared
}

/**
 * Two nets. A wide one in the memory of each process, before anything else is done: by session where there is one,
 * else by address. A narrow one, counted in the database, for routes whose contract says `limitPerMinute`: by account
 * where one is signed in.
 */
export async function addRateLimits(app: FastifyInstance, { sessionKey, countShared }: RateLimitParts): Promise<void> {
  const keyOf = (request: FastifyRequest) => sessionKey(request.headers.cookie ?? '')
  await app.register(rateLimit, {
    max: (request: FastifyRequest) => (keyOf(request) ? wideLimits.session : wideLimits.address),
    timeWindow: minuteMs,
    cache: 50_000,
    keyGenerator: (request: FastifyRequest) => keyOf(request) ?? `address:${request.ip}`,
    errorResponseBuilder: (_request, context) =>
      platformErrors.TOO_MANY_REQUESTS({ retryAfterSeconds: Math.ceil(context.ttl / 1000) }),
  })
  app.addHook('onRoute', (route) => {
    const { limitPerMinute } = (route.config ?? {}) as { limitPerMinute?: number }
    if (limitPerMinute === undefined) return
    const narrow: preParsingAsyncHookHandler = async (request) => {
      // an account: the route has just read who asks, and a refused stranger never gets here
      const caller = request.actor.personId ?? keyOf(request) ?? `address:${request.ip}`
      const { count, secondsLeft } = await countShared(rateKey(`${route.url}|${caller}`), minuteMs)
      const most = request.actor.personId ? limitPerMinute : limitPerMinute * strangersShare
      if (count > most) throw platformErrors.TOO_MANY_REQUESTS({ retryAfterSeconds: secondsLeft })
    }
    route.preParsing = [route.preParsing ?? [], narrow].flat() as preParsingAsyncHookHandler[]
  })
}

/** Counts in the wide net what is no declared route, as a page; throws where it is too much. */
export async function countWide(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const app = request.server
  if (app.hasDecorator('rateLimit')) await app.rateLimit().call(app, request, reply)
}

/** Addresses and people do not lie about in the table. */
function rateKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
