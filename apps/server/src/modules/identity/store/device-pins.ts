import { sql } from 'kysely'
import type { Db } from '../../../platform/db/database.ts'
import { hashToken } from '../domain/session-token.ts'

export interface NewPin {
  personId: string
  deviceHash: string
  pinHash: string
  sessionId: string
  expiresAt: Date
}

/** Takes the place of the person's PIN before on this device. */
export async function putPin(db: Db, pin: NewPin): Promise<void> {
  const fresh = { pin_hash: pin.pinHash, session_id: pin.sessionId, expires_at: pin.expiresAt, tries: 0 }
  await db
    .insertInto('identity.device_pin')
    .values({ person_id: pin.personId, device_hash: pin.deviceHash, ...fresh })
    .onConflict((on) => on.columns(['person_id', 'device_hash']).doUpdateSet(fresh))
    .execute()
}

/** Who may come back on this device by PIN, by name. */
export async function pinHoldersOn(db: Db, deviceHash: string, now: Date) {
  return db
    .selectFrom('identity.device_pin as d')
    .innerJoin('identity.account_session as s', 's.id', 'd.session_id')
    .innerJoin('identity.person as p', 'p.id', 'd.person_id')
    .where('d.device_hash', '=', deviceHash)
    .where('d.expires_at', '>', now)
    .where(sql<boolean>`s.expires_at > now()`)
    .select(['d.person_id', 'p.full_name'])
    .orderBy('p.full_name')
    .orderBy('d.person_id')
    .execute()
}

/** Counts one try and gives what it is judged by; undefined where there is no PIN, or no try left. */
export async function countPinTry(
  db: Db,
  at: { personId: string; deviceHash: string; limit: number; now: Date },
): Promise<{ pin_hash: string; session_id: string; tries: number } | undefined> {
  return db
    .updateTable('identity.device_pin')
    .set({ tries: sql`tries + 1` })
    .where('person_id', '=', at.personId)
    .where('device_hash', '=', at.deviceHash)
    .where('tries', '<', at.limit)
    .where('expires_at', '>', at.now)
    .where(
      sql<boolean>`exists (select from identity.account_session s where s.id = session_id and s.expires_at > now())`,
    )
    .returning(['pin_hash', 'session_id', 'tries'])
    .executeTakeFirst()
}

/** After a right PIN. */
export async function forgetPinTries(db: Db, personId: string, deviceHash: string): Promise<void> {
  await db
    .updateTable('identity.device_pin')
    .set({ tries: 0 })
    .where('person_id', '=', personId)
    .where('device_hash', '=', deviceHash)
    .execute()
}

/** From now on only a full sign-in helps. */
export async function dropPin(db: Db, personId: string, deviceHash: string): Promise<void> {
  await db
    .deleteFrom('identity.device_pin')
    .where('person_id', '=', personId)
    .where('device_hash', '=', deviceHash)
    .execute()
}

/** The session of this token, and whether a PIN opened it. */
export async function sessionOfToken(db: Db, token: string) {
  return db
    .selectFrom('identity.account_session')
    .where('token', '=', hashToken(token))
    .select(['id', 'user_id', 'opened_from', 'created_at'])
    .executeTakeFirst()
}

/** A session opened by PIN: shorter, never longer than the sign-in behind it, and gone with it. */
export async function boundByPin(
  db: Db,
  token: string,
  { from, dayEnds, hours }: { from: string; dayEnds: Date; hours: number },
): Promise<void> {
  await sql`update identity.account_session set opened_from = ${from}, expires_at = least(expires_at, ${dayEnds},
      created_at + make_interval(hours => ${hours}),
      (select expires_at from identity.account_session where id = ${from}))
    where token = ${hashToken(token)}`.execute(db)
}

/**
 * Sets a full sign-in aside that a PIN may bring back: its token opens nothing any more. False where no PIN hangs
 * on it.
 */
export async function setSessionAside(db: Db, token: string): Promise<boolean> {
  const { rows } = await sql`update identity.account_session s
    set set_aside_at = now(), token = 'aside:' || gen_random_uuid()
    where s.token = ${hashToken(token)} and s.opened_from is null
      and exists (select from identity.device_pin d where d.session_id = s.id)
    returning s.id`.execute(db)
  return rows.length > 0
}

/** What an account must not owe, and which permissions it holds, for whoever judges whether a PIN may open it. */
export async function accountForPin(db: Db, personId: string) {
  const account = await db
    .selectFrom('identity.account_user')
    .where('id', '=', personId)
    .select(['kind', 'disabled_at', 'must_change_password', 'totp_enabled'])
    .executeTakeFirst()
  if (!account) return undefined
  const rows = await db
    .selectFrom('identity.role_grant as g')
    .innerJoin('identity.role_permission as rp', 'rp.role_key', 'g.role_key')
    .where('g.person_id', '=', personId)
    .where('g.valid_until', 'is', null)
    .select('rp.permission')
    .distinct()
    .execute()
  return { ...account, permissions: rows.map((row) => row.permission) }
}
