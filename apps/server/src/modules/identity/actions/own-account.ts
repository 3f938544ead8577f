import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { Caller } from '../domain/caller.ts'
import { hashToken } from '../domain/session-token.ts'
import { identityErrors } from '../errors.ts'
import { refuseFutureBirth } from './create-person.ts'
import type { IdentityParts } from '../identity-parts.ts'
import type { Sex } from '../store/tables.ts'
import { particularsCorrected } from '../events.ts'
import { ownId } from '../policy.ts'
import { tokenOf } from './read-actor.ts'

export interface OwnChange {
  language?: 'vi' | 'en' | undefined
  fullName?: string | undefined
  birthDate?: string | undefined
  sex?: Sex | undefined
}

/** Changes one's own language; a citizen also name, birth date and sex. A staff member's name is kept by the unit. */
export async function updateMe(work: Work, change: OwnChange) {
  const { language, fullName, birthDate, sex } = change
  const personal = {
    ...(fullName !== undefined && { full_name: fullName }),
    ...(birthDate !== undefined && { birth_date: birthDate }),
    ...(sex !== undefined && { sex }),
  }
  if (work.actor.kind === 'staff' && Object.keys(personal).length > 0) throw identityErrors.NAME_KEPT_BY_UNIT()
  refuseFutureBirth(work, birthDate)
  if (await isKeptByStation(work, change)) throw identityErrors.PARTICULARS_KEPT_BY_STATION()
  const set = { ...personal, ...(language !== undefined && { language }) }
  if (Object.keys(set).length > 0)
    await work.tx.updateTable('identity.person').set(set).where('id', '=', ownId(work)).execute()
  if (Object.keys(personal).length > 0) {
    await work.emit(particularsCorrected, { personId: ownId(work) })
    work.audit({
      action: 'identity.updateMe',
      subject: 'person',
      subjectId: ownId(work),
      detail: { fields: Object.keys(personal) },
    })
  }
  return { done: true as const }
}

/** What a station compared with a paper is corrected at a desk; what it left open the person may still fill in. */
async function isKeptByStation(work: Work, { fullName, birthDate, sex }: OwnChange): Promise<boolean> {
  const person = await work.tx
    .selectFrom('identity.person')
    .where('id', '=', ownId(work))
    .select(['full_name', 'birth_date', 'sex', 'confirmed_at'])
    .executeTakeFirstOrThrow()
  if (person.confirmed_at === null) return false
  return (
    (fullName !== undefined && fullName !== person.full_name) ||
    (birthDate !== undefined && person.birth_date !== null && birthDate !== person.birth_date) ||
    (sex !== undefined && person.sex !== 'unknown' && sex !== person.sex)
  )
}

/**
 * A new password for oneself; one's other sessions end. Through identity's own login, in a transaction of its own: the
 * application's sees no password. A crash before the access log is written leaves a new password and no row; the
 * sign-in log still has the next.
 */
export async function changePassword(
  work: Work,
  parts: IdentityParts,
  given: { current: string; next: string },
  caller: Caller,
) {
  const id = ownId(work)
  const row = await parts.db
    .selectFrom('identity.account_credential as c')
    .innerJoin('identity.account_user as u', 'u.id', 'c.user_id')
    .where('c.user_id', '=', id)
    .where('c.provider_id', '=', 'credential')
    .select(['c.id', 'c.password', 'u.totp_enabled'])
    .executeTakeFirst()
  if (!row?.password) throw platformErrors.NOT_FOUND()
  const { password } = await parts.auth.$context
  if (!(await password.verify({ hash: row.password, password: given.current }))) throw identityErrors.PASSWORD_WRONG()
  const rules = await parts.rules()
  const least = row.totp_enabled ? rules.passwordMinWithTotp : rules.passwordMinWithoutTotp
  if (given.next.length < least) throw identityErrors.PASSWORD_TOO_SHORT({ least })
  await replacePassword(parts, {
    id,
    credentialId: row.id,
    hash: await password.hash(given.next),
    keep: tokenOf(parts, caller.cookie),
  })
  work.audit({ action: 'identity.changePassword', subject: 'account', subjectId: id })
  return { done: true as const }
}

async function replacePassword(
  { db }: IdentityParts,
  { id, credentialId, hash, keep }: { id: string; credentialId: string; hash: string; keep: string | undefined },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('identity.account_credential')
      .set({ password: hash, updated_at: sql`now()` })
      .where('id', '=', credentialId)
      .execute()
    await tx.updateTable('identity.account_user').set({ must_change_password: false }).where('id', '=', id).execute()
    await tx.deleteFrom('identity.device_pin').where('person_id', '=', id).execute()
    const kept = keep ? hashToken(keep) : ''
    await tx
      .deleteFrom('identity.account_session')
      .where('user_id', '=', id)
      .where('token', '!=', kept)
      // the sign-in behind a session opened by PIN goes with it
      .where(
        sql<boolean>`not exists (select from identity.account_session own
        where own.token = ${kept} and own.opened_from = identity.account_session.id)`,
      )
      .execute()
  })
}

/** Where I am signed in. */
export async function listSessions(work: Work, parts: IdentityParts, caller: Caller) {
  const token = tokenOf(parts, caller.cookie)
  const rows = await parts.db
    .selectFrom('identity.account_session')
    .where('user_id', '=', ownId(work))
    .where(sql<boolean>`expires_at > now()`)
    .select(['id', 'created_at', 'last_seen_at', 'ip_address', 'user_agent', 'token'])
    .orderBy('last_seen_at', 'desc')
    .limit(50)
    .execute()
  return {
    items: rows.map((row) => ({
      id: row.id,
      startedAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      address: row.ip_address || null,
      device: row.user_agent || null,
      current: token !== undefined && row.token === hashToken(token),
    })),
  }
}

/** Ends one of my sessions; with one that a PIN opened, the sign-in behind it and the PIN. */
export async function endSession(work: Work, parts: IdentityParts, sessionId: string) {
  const { numDeletedRows } = await parts.db
    .deleteFrom('identity.account_session')
    .where(
      sql<boolean>`(id = ${sessionId}
        or id = (select opened_from from identity.account_session where id = ${sessionId}))`,
    )
    .where('user_id', '=', ownId(work))
    .executeTakeFirst()
  if (!numDeletedRows) throw platformErrors.NOT_FOUND()
  work.audit({ action: 'identity.endSession', subject: 'account', subjectId: ownId(work) })
  return { done: true as const }
}
