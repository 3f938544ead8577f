import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Break, ChainSource, Reached } from '../domain/chain-facts.ts'
import type { SignedHead } from '../domain/signed-head.ts'

/**
 * Columns of a row in the order in which `audit.seal` hashed them, each as text; spelt out here, so that no function of
 * the database is believed.
 */
const columns = [
  'chain',
  'chain_no::text',
  'id::text',
  '(extract(epoch from at) * 1000000)::bigint::text',
  'request_id',
  'actor_kind',
  'actor_id::text',
  'actor_facility_id::text',
  'facility_id::text',
  'action',
  'outcome',
  'subject',
  'subject_id::text',
  'patient_id::text',
  'patient_ids::text',
  'detail::text',
  'seal_no::text',
  "encode(seal_hash, 'hex')",
]

const rowsQuery = `select chain, chain_no::text as no, id::text as id, chain_hash as hash,
  to_json(array[${columns.join(', ')}])::text as text
  from audit.entry where chain = $1 and chain_no > $2 order by chain_no limit $3`
const chainsQuery = `select chain, max(signed_no)::text as "signedNo" from (
    select chain, signed_no from audit.chain_head
    union all select chain, null from (
      with recursive named as (
        (select chain from audit.entry where chain is not null order by chain limit 1)
        union all
        select (select e.chain from audit.entry e where e.chain > n.chain order by e.chain limit 1) from named n
          where n.chain is not null)
      select chain from named where chain is not null) x) y group by chain`
const oldSealQuery = 'select audit.first_broken()::text as no'

interface RawRow {
  chain: string
  no: string
  id: string
  hash: Buffer
  text: string
}

/** Runs one statement with its parameters and answers its rows. */
export type RunQuery = (text: string, values: readonly unknown[]) => Promise<unknown[]>

/**
 * Reads chains through any connection that sees every row: the system's act, or the owner's when the server is down.
 */
export function chainSource(run: RunQuery): ChainSource {
  return {
    async chains() {
      const rows = (await run(chainsQuery, [])) as { chain: string; signedNo: string | null }[]
      return rows.map(({ chain, signedNo }) => ({ chain, signedNo: signedNo === null ? null : Number(signedNo) }))
    },
    async rows(chain, afterNo, limit) {
      return ((await run(rowsQuery, [chain, afterNo, limit])) as RawRow[]).map((row) => ({
        ...row,
        no: Number(row.no),
      }))
    },
    async oldSeal() {
      const [row] = (await run(oldSealQuery, [])) as { no: string | null }[]
      return row?.no ? Number(row.no) : null
    },
  }
}

const signedQuery = `select chain, signed_no as no, encode(signed_hash, 'hex') as hash, signed_at as at,
  key_id as "keyId", encode(signature, 'base64') as signature
  from audit.chain_head where signed_no is not null`

/** The last signed head of each chain, as the database itself keeps it. */
export async function signedInside(run: RunQuery): Promise<SignedHead[]> {
  const rows = (await run(signedQuery, [])) as (Omit<SignedHead, 'no' | 'at'> & { no: string; at: Date })[]
  return rows.map((row) => ({
    ...row,
    no: Number(row.no),
    at: row.at.toISOString(),
    signature: row.signature.replaceAll('\n', ''), // PostgreSQL breaks base64 into lines
  }))
}

export interface ChainState {
  unsealed: number
  oldestUnsealedAt: Date | null
  chains: number
  verifiedAt: Date | null
  scope: 'new' | 'full' | null
  broken: Break[]
}

/** How the log stands: what waits for its seal, and what the last verification found. */
export async function chainState(tx: Tx): Promise<ChainState> {
  const { rows } = await sql<ChainState>`
    select (select count(*) from audit.entry where chain is null) as unsealed,
      (select min(at) from audit.entry where chain is null) as "oldestUnsealedAt",
      (select count(*) from audit.chain_head) as chains, v.at as "verifiedAt", v.scope,
      coalesce(v.broken, '[]') as broken
    from (select 1) one left join lateral (select at, scope, broken from audit.verification order by id desc
      limit 1) v on true`.execute(tx)
  const [state] = rows
  if (!state) throw new Error('one row is always answered')
  return state
}

/** How far each chain was verified. */
export async function verifiedSoFar(tx: Tx): Promise<Map<string, Reached>> {
  const { rows } = await sql<Reached>`select chain, no, encode(hash, 'hex') as hash from audit.verified`.execute(tx)
  return new Map(rows.map((row) => [row.chain, row]))
}

export interface VerificationKept {
  scope: 'new' | 'full'
  rows: number
  ms: number
  broken: readonly Break[]
  reached: readonly Reached[]
}

export async function keepVerification(tx: Tx, { scope, rows, ms, broken, reached }: VerificationKept): Promise<void> {
  await sql`select audit.keep_verification(${scope}, ${rows}, ${ms}, ${JSON.stringify(broken)}::jsonb,
    ${JSON.stringify(reached)}::jsonb)`.execute(tx)
}
