import type pg from 'pg'
import type { Actor } from '../../platform/access/actor.ts'
import type { Db } from '../../platform/db/database.ts'
import type { ReadBearer } from '../../platform/http/bearer.ts'
import type { Transact } from '../../platform/db/work.ts'
import type { ServerModule } from '../../platform/module.ts'
import { readTokenActor } from './actions/read-token.ts'
import { readActor, readActorsOf, readActorsOfSessions, readSessionId } from './actions/read-actor.ts'
import { hashToken, sessionTokenOf } from './domain/session-token.ts'
import { sealCode as sealWith } from './domain/short-code.ts'
import { identityParts, openIdentity, type IdentityOptions } from './identity-parts.ts'
import { jobs } from './jobs.ts'
import { sessionCookie } from './ports/auth.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'

export { changeOverStops } from './change-over-stops.ts'
export { correctPerson } from './actions/correct-person.ts'
export { countAttempt, uncountAttempt, type Attempt } from './actions/count-attempt.ts'
export { createPerson, type NewPerson } from './actions/create-person.ts'
export { endFamilyLink } from './actions/end-family-link.ts'
export { takeGuardianCode } from './actions/guardian-code.ts'
export { makeAdministrator, renewAdministratorLink, type FirstLink } from './actions/first-administrators.ts'
export { linkFamily, requireAdult, type NewLink } from './actions/link-family.ts'
export { queueSms, type OutgoingSms } from './actions/queue-sms.ts'
export { AdministratorInput, AdministratorRefused } from './domain/administrator-input.ts'
export { firstSignInUrl } from './domain/first-code.ts'
export { staffActorOf } from './actions/read-actor.ts'
export { tellVoidSignature } from './store/owner-functions.ts'
export { toE164 } from './domain/phone.ts'
export { cookiesNeedTls, identityPoolSize } from './identity-parts.ts'
export { networkOf } from './domain/caller.ts'
export {
  claimsPerGuardian,
  claimTextsPerPhone,
  guestLinkTries,
  pharmacyCodeTries,
  pharmacyCodeTriesOfAll,
  pharmacyNetworkTries,
  signingKeyTries,
} from './domain/throttle-rules.ts'
export { isSameSeal, newCode } from './domain/short-code.ts'
export * from './events.ts'
export { mayActFor } from './policy.ts'
export { countTroubledTexts } from './store/troubled-texts.ts'
export { currentGuardians, findGuardian, findLink, linksMadeBy, liveLink } from './store/family.ts'
export {
  guardiansOf,
  holdersOf,
  personCards,
  practitionerRolesOf,
  staffAt,
  type PersonCard,
  type StaffCard,
} from './store/people.ts'
export { registrationAt } from './store/registrations.ts'
export { serviceNames } from './store/service-accounts.ts'
export type { Relation } from './store/tables.ts'
// what seeds and tests of other modules build on
export { accountsBehind, citizenAccountOf, holdersOfAccounts, licensedStaffAt } from './store/accounts.ts'
export { castCitizens, castStaff, castStaffMember } from './domain/demo-cast.ts'
export { demoPersonId } from './domain/demo-ids.ts'
export { demoBlocks, demoCitizens, demoSeed, demoStaff } from './domain/demo-people.ts'
export { demoPassword } from './seed.ts'

/** Opens the module's own parts for an application pool and answers the reader of session cookies. */
export function createActorReader(
  options: IdentityOptions & { transact: Transact },
): (cookie: string) => Promise<Actor> {
  const parts = openIdentity(options)
  return (cookie) => readActor(parts, cookie)
}

/** Who is behind a program's token, after `createActorReader` ran for the pool. */
export const createBearerReader =
  (db: Db): ReadBearer =>
  (token, address) =>
    readTokenActor(identityParts(db), token, address)

/** Who is behind these cookies now, for open pages: one query for all, after `createActorReader` ran for the pool. */
export const readActors = (db: Db, pages: readonly { cookie: string; used: boolean }[]): Promise<Actor[]> =>
  readActorsOf(identityParts(db), pages)

/** The id of the session behind a cookie header. */
export const sessionIdOf = (db: Db, cookie: string): Promise<string | undefined> =>
  readSessionId(identityParts(db), cookie)

/** Who is behind these sessions now, by session id; those that ended are missing. */
export const actorsOfSessions = (db: Db, ids: readonly string[]): Promise<Map<string, Actor>> =>
  readActorsOfSessions(identityParts(db), ids)

/** The module's own connections, for whoever must hang up on a database that fell silent. */
export const identityPool = (db: Db): pg.Pool => identityParts(db).pool

/** What other modules keep of a short code: sealed with the installation's secret, see `domain/short-code.ts`. */
export const sealCode = (db: Db, purpose: string, code: string): string =>
  sealWith(identityParts(db).secret, purpose, code)

/**
 * Names the session of a cookie header without asking the database, for counting requests: only cookies we signed have
 * a name.
 */
export function createSessionKey(db: Db): (cookie: string) => string | undefined {
  const { secret } = identityParts(db)
  return (cookie) => {
    const token = sessionTokenOf(cookie, sessionCookie, secret)
    return token && `session:${hashToken(token)}`
  }
}

export const identity: ServerModule = {
  name: 'identity',
  publishes: [
    { name: 'identity.person_card', why: 'who somebody is, to be named beside what they did' },
    { name: 'identity.practitioner_card', why: 'as what somebody works where, now and before' },
  ],
  routes,
  jobs,
  seed,
}
