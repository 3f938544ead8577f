import { anonymousActor, createActor, isWithin, type Actor } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { sessionTokenOf } from '../domain/session-token.ts'
import { isIdle } from '../domain/session-rules.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { waitsForVouch } from '../policy.ts'
import { sessionCookie } from '../ports/auth.ts'
import {
  readSession,
  readSessions,
  readSessionsById,
  readAccount,
  touchSession,
  touchSessions,
  type AccountRow,
} from '../store/read-session.ts'

const touchEveryMs = 60_000

/** The token of a cookie header, where we signed it. */
export function tokenOf(parts: Pick<IdentityParts, 'secret'>, cookie: string): string | undefined {
  return sessionTokenOf(cookie, sessionCookie, parts.secret)
}

/**
 * Who is behind a cookie header. Anything doubtful is anonymous. Asks the database each time, so a session that ended
 * is over.
 */
export async function readActor(parts: IdentityParts, cookie: string): Promise<Actor> {
  const token = tokenOf(parts, cookie)
  if (!token) return anonymousActor
  const row = await parts.sessionOf(token)
  if (!row || row.disabled || isIdle(row.kind, row.last_seen_at, row.read_at, await parts.rules()))
    return anonymousActor
  if (row.read_at.getTime() - row.last_seen_at.getTime() > touchEveryMs) await touchSession(parts.db, row.session_id)
  return actorOf(row, mustEnrol(parts, row))
}

/** The same for many open pages in one query. A page in use keeps its session alive; one only left open does not. */
export async function readActorsOf(
  parts: IdentityParts,
  pages: readonly { cookie: string; used: boolean }[],
): Promise<Actor[]> {
  const tokens = pages.map((page) => tokenOf(parts, page.cookie))
  const rows = await readSessions(
    parts.pool,
    tokens.filter((token) => token !== undefined),
  )
  const rules = await parts.rules()
  const used = new Set<string>()
  const actors = pages.map((page, index) => {
    const row = rows.get(tokens[index] ?? '')
    if (!row || row.disabled || (!page.used && isIdle(row.kind, row.last_seen_at, row.read_at, rules)))
      return anonymousActor
    if (page.used && row.read_at.getTime() - row.last_seen_at.getTime() > touchEveryMs) used.add(row.session_id)
    return actorOf(row, mustEnrol(parts, row))
  })
  if (used.size > 0) await touchSessions(parts.db, [...used])
  return actors
}

/** The id of the live session behind a cookie header, for what is handed out to one session only. */
export async function readSessionId(parts: IdentityParts, cookie: string): Promise<string | undefined> {
  const token = tokenOf(parts, cookie)
  return token && (await readSession(parts.pool, token))?.session_id
}

/** Who is behind these sessions now; looking keeps none alive. A session that ended is missing from the answer. */
export async function readActorsOfSessions(parts: IdentityParts, ids: readonly string[]): Promise<Map<string, Actor>> {
  const rows = await readSessionsById(parts.pool, ids)
  const rules = await parts.rules()
  const live = [...rows.values()].filter(
    (row) => !row.disabled && !isIdle(row.kind, row.last_seen_at, row.read_at, rules),
  )
  return new Map(live.map((row) => [row.session_id, actorOf(row, mustEnrol(parts, row))]))
}

/**
 * What a staff member holds now, as the system sees it, also while nobody is signed in with the account: for what they
 * set off and what is finished without them. Undefined for a closed account, and for who is no staff.
 */
export async function staffActorOf({ tx }: Work, config: EnrolRule, personId: string): Promise<Actor | undefined> {
  const row = await readAccount(tx, personId)
  return row && row.kind === 'staff' && !row.disabled ? actorOf(row, mustEnrol({ config }, row)) : undefined
}

type EnrolRule = Pick<IdentityParts['config'], 'REQUIRE_TOTP' | 'production'>

/** Staff accounts need a second factor where the installation says so; production does by default. */
export function mustEnrol(parts: { config: EnrolRule }, account: { kind: string; totp_enabled: boolean }): boolean {
  return account.kind === 'staff' && !account.totp_enabled && (parts.config.REQUIRE_TOTP ?? parts.config.production)
}

/**
 * An account that must first change its password or enrol gets no permission: only its own account opens. Roles that
 * open records or manage staff also wait until somebody else than the giver of the password vouched for the person.
 */
function actorOf(row: AccountRow, enrolFirst: boolean): Actor {
  const held = row.must_change_password || enrolFirst
  const grants = held ? [] : row.grants.filter((grant) => row.vouched || !waitsForVouch(grant.permissions))
  const clinical = grants.filter((grant) => grant.permissions.includes('patient.read'))
  const clinicalFacilityIds = row.practitionerRoles
    .filter((practitionerRole) => clinical.some((grant) => isWithin(practitionerRole.path, grant.path)))
    .map((practitionerRole) => practitionerRole.facilityId)
  return createActor({
    kind: row.kind,
    personId: row.person_id,
    grants,
    clinicalFacilityIds: [...new Set(clinicalFacilityIds)],
    proxyFor: row.proxy_for,
    personal: held ? [] : row.personal,
  })
}
