import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'

/** The secret a test bed must run with, so that sessions can be made here. */
export const crowdSecret = 'only-for-crowds-in-throw-away-databases'
const sessionCookie = 'moinha.session'

export interface CrowdMember {
  personId: string
  cookie: { name: string; value: string }
}

/**
 * A crowd with real accounts and sessions, straight into the database: signing hundreds in by text message is
 * what the identity tests are for. The pool must be the owner's.
 */
export async function makeCrowd(owner: pg.Pool, count: number, secret = crowdSecret): Promise<CrowdMember[]> {
  const people = Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    name: `Người thử ${index + 1}`,
    token: randomBytes(24).toString('base64url'),
  }))
  const columns = [people.map((one) => one.id), people.map((one) => one.name)]
  await owner.query(
    `insert into identity.account_user (id, kind, name, email) select id, 'citizen', name, id || '@account.invalid'
      from unnest($1::uuid[], $2::text[]) as t (id, name)`,
    columns,
  )
  const hashes = people.map(({ token }) => createHash('sha256').update(token).digest('hex'))
  await owner.query(
    `insert into identity.account_session (user_id, token, expires_at)
    select id, token, now() + interval '1 day' from unnest($1::uuid[], $2::text[]) as t (id, token)`,
    [columns[0], hashes],
  )
  return people.map(({ id, token }) => ({ personId: id, cookie: cookieOf(token, secret) }))
}

/** Another session of somebody who has an account, and its cookie. */
export async function openSession(
  owner: pg.Pool,
  personId: string,
  secret = crowdSecret,
): Promise<CrowdMember['cookie']> {
  const token = randomBytes(24).toString('base64url')
  const text =
    "insert into identity.account_session (user_id, token, expires_at) values ($1, $2, now() + interval '1 day')"
  await owner.query(text, [personId, createHash('sha256').update(token).digest('hex')])
  return cookieOf(token, secret)
}

function cookieOf(token: string, secret: string): CrowdMember['cookie'] {
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return { name: sessionCookie, value: encodeURIComponent(`${token}.${signature}`) }
}
