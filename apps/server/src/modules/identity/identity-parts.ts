import { Kysely, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import type { Clock } from '../../platform/clock/clock.ts'
import type { Config } from '../../platform/config/config.ts'
import type { Db } from '../../platform/db/database.ts'
import { openPool } from '../../platform/db/pool.ts'
import { readTogether } from '../../platform/db/read-together.ts'
import type { Schema } from '../../platform/db/schema.ts'
import { absoluteEnd, isAbandoned, type SessionRules } from './domain/session-rules.ts'
import { createAuth, type Auth } from './ports/auth.ts'
import { readSecret } from '../../platform/config/secret.ts'
import { httpSmsGateway } from './ports/sms-http.ts'
import { startFakeSms, type FakeSms } from './ports/sms-fake.ts'
import type { SmsGateway } from './ports/sms.ts'
import { readSessions, type SessionRow } from './store/read-session.ts'
import { sessionSettings } from './store/session-settings.ts'

/** The long-lived parts of the module, one set per application pool. */
export interface IdentityParts {
  config: Config
  clock: Clock
  /**
   * A small pool of identity's own login, the only one that sees passwords, codes and sessions; also for what must
   * outlive a refused request (tries, sign-ins).
   */
  db: Db
  /** The same pool, bare. */
  pool: pg.Pool
  auth: Auth
  secret: string
  /** The live session behind a token, now; all who ask in the same moment ask together. */
  sessionOf(token: string): Promise<SessionRow | undefined>
  rules(): Promise<SessionRules>
  /** Undefined where no gateway is configured and this is production. */
  sms(): Promise<SmsGateway | undefined>
  fakeSms: Promise<FakeSms> | undefined
  close(): Promise<void>
}

export interface IdentityOptions {
  config: Config
  db: Db
  clock: Clock
  authUrl: string
}

/** Questions for sessions under way at a time; the other connections are for signing in. */
const sessionLanes = 2

/** How many connections `openIdentity` may hold. */
export const identityPoolSize = (config: Pick<Config, 'DATABASE_POOL'>): number =>
  Math.max(4, Math.ceil(config.DATABASE_POOL / 2))

const partsOf = new WeakMap<Db, IdentityParts>()

/** The parts made for this application pool by `createActorReader`. */
export function identityParts(db: Db): IdentityParts {
  const parts = partsOf.get(db)
  if (!parts) throw new Error('identity: createActorReader has not run for this database')
  return parts
}

/** Everywhere but on a developer's own machine: production on loopback stands behind a TLS proxy. */
export function cookiesNeedTls(config: Pick<Config, 'production' | 'loopback' | 'PUBLIC_URL'>): boolean {
  return config.production || !config.loopback || (config.PUBLIC_URL?.startsWith('https:') ?? false)
}

export function openIdentity({ config, db, clock, authUrl }: IdentityOptions): IdentityParts {
  const pool = openPool(authUrl, {
    max: identityPoolSize(config),
    name: 'moinha-identity',
    // Sessions are asked by lists of any length: left to itself PostgreSQL plans for each length anew, which takes
    // longer than the answer (0.5 ms against 0.2 ms).
    settings: '-c search_path=identity,public -c plan_cache_mode=force_generic_plan',
  })
  const own = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const secret = readSecret(config)
  const rules = sessionSettings(own)
  const auth = createAuth({
    db: own,
    secret,
    secure: cookiesNeedTls(config),
    admit: (personId) => admit(own, rules, config.DEMO, personId),
    admitted: (personId) => admitted(own, personId),
  })
  const fakeSms = config.SMS_URL || config.production ? undefined : startFakeSms(clock)
  const parts: IdentityParts = {
    config,
    clock,
    db: own,
    pool,
    auth,
    secret,
    sessionOf: readTogether(sessionLanes, (tokens) => readSessions(pool, tokens)),
    rules,
    fakeSms,
    sms: async () => gatewayOf(config, await fakeSms),
    close: async () => {
      await (await fakeSms)?.close()
      await own.destroy()
    },
  }
  partsOf.set(db, parts)
  return parts
}

function gatewayOf(config: Config, fake: FakeSms | undefined): SmsGateway | undefined {
  const url = config.SMS_URL ?? fake?.url
  return url ? httpSmsGateway(url, config.SMS_TOKEN, config.SMS_URL !== undefined) : undefined
}

/** May this account open a session now, and until when? */
async function admit(
  db: Db,
  rules: () => Promise<SessionRules>,
  demo: boolean,
  personId: string,
): Promise<{ expiresAt: Date } | { refused: string }> {
  const account = await db
    .selectFrom('identity.account_user')
    .where('id', '=', personId)
    .select([
      'kind',
      'disabled_at',
      sql<Date>`coalesce(last_sign_in_at, created_at)`.as('last_used_at'),
      sql<Date>`now()`.as('now'),
    ])
    .executeTakeFirstOrThrow()
  const current = await rules()
  if (account.disabled_at) return { refused: 'ACCOUNT_DISABLED' }
  // a demo opened again after two months still lets its cast in
  if (!demo && account.kind === 'staff' && isAbandoned(account.last_used_at, account.now, current))
    return { refused: 'ACCOUNT_ABANDONED' }
  return { expiresAt: absoluteEnd(account.kind, account.now, current) }
}

async function admitted(db: Db, personId: string): Promise<void> {
  await sql`update identity.account_user set last_sign_in_at = now() where id = ${personId}`.execute(db)
}
