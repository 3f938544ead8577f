import * as contract from '@moinha/contracts/calls'
import type { FastifyInstance } from 'fastify'
import type { Platform } from '../../platform/module.ts'
import { platformErrors } from '../../platform/errors/coded-error.ts'
import { serve, serveInSteps, type Http } from '../../platform/http/serve.ts'
import { cookiesNeedTls, countAttempt, guestLinkTries, networkOf, sealCode } from '../identity/index.ts'
import { guestSelf, lookGuestLink, tryEntrance } from './actions/enter-as-guest.ts'
import { endGuest, inviteGuest, listGuests } from './actions/invite-guest.ts'
import { guestCookie, guestCookieSeconds } from './domain/guest-session.ts'

/** Invitations by one-time links, and the way in for whoever holds one. */
export function registerGuestRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform
  const linkSecret = (guestId: string): string => sealCode(db, 'guest-link', guestId)
  serve(app, contract.inviteGuest, (work, { params, body }) => inviteGuest(work, params.visitId, body, linkSecret))
  serve(app, contract.listGuests, async (work, { params }) => ({
    guests: await listGuests(work, params.visitId, linkSecret),
  }))
  serve(app, contract.endGuest, async (work, { params }) => {
    await endGuest(work, params.visitId, params.guestId)
    return { guestId: params.guestId }
  })
  serve(app, contract.lookGuestLink, (work, { body }) => lookGuestLink(work, body.secret))
  serve(app, contract.guestSelf, async (work, _input, { request }) => {
    const [guest] = await app.readGuests([request.headers.cookie ?? ''])
    return { guest: guest?.personId ? await guestSelf(work, guest.personId) : null }
  })
  registerEntrance(app, platform)
}

function registerEntrance(app: FastifyInstance, platform: Platform): void {
  const sessionSecret = (guestId: string, key: string) => sealCode(platform.db, 'guest-session', `${guestId}|${key}`)
  serveInSteps(app, contract.enterAsGuest, async (begin, { body }, http) => {
    const entrance = await begin((work) => tryEntrance(work, body, sessionSecret))
    if ('refused' in entrance) {
      if (entrance.wrongLink) await countWrongLink(platform, http)
      throw entrance.refused
    }
    return async () => {
      giveCookie(platform, http, entrance.session)
      return entrance.guest
    }
  })
}

/** Links cannot be guessed; whoever tries all the same keeps the database busy. */
async function countWrongLink({ db, clock }: Platform, { request }: Http): Promise<void> {
  const attempt = { what: 'guest-link', who: networkOf(request.ip), rule: guestLinkTries, now: clock.now() }
  const waitSeconds = await countAttempt(db, attempt)
  if (waitSeconds > 0) throw platformErrors.TOO_MANY_REQUESTS({ retryAfterSeconds: waitSeconds })
}

function giveCookie({ config }: Platform, { reply }: Http, session: string): void {
  const secure = cookiesNeedTls(config) ? '; Secure' : ''
  reply.header(
    'set-cookie',
    `${guestCookie}=${session}; Max-Age=${guestCookieSeconds}; Path=/; HttpOnly; SameSite=Lax${secure}`,
  )
}
