import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Transact, Work } from '../../../platform/db/work.ts'
import { signHead, type SignedHead } from '../domain/signed-head.ts'
import type { HeadLog } from '../ports/head-log.ts'

/** Rows sealed in one transaction: about a second of work. */
const batch = 20_000

export interface Sealer {
  transact: Transact
  key: KeyObject
  log: HeadLog
  now(): Date
}

/**
 * Seals until nothing is left, then signs the last row of each chain that grew. A head goes to the log outside before
 * the database knows of it: what the database calls signed can always be found there.
 * @returns how many rows were sealed
 */
export async function sealChains(sealer: Sealer): Promise<number> {
  let total = 0
  for (;;) {
    const sealed = await sealer.transact(systemActor, sealBatch, 'audit.seal')
    total += sealed
    if (sealed < batch) break
  }
  await signHeads(sealer)
  return total
}

async function sealBatch({ tx }: Work): Promise<number> {
  const { rows } = await sql<{ sealed: number }>`select sealed from audit.seal(${batch})`.execute(tx)
  return rows.reduce((sum, row) => sum + Number(row.sealed), 0)
}

async function signHeads({ transact, key, log, now }: Sealer): Promise<void> {
  const unsigned = await transact(
    systemActor,
    async ({ tx }) => {
      const { rows } = await sql<{ chain: string; no: number; hash: string }>`
      select chain, no, encode(hash, 'hex') as hash from audit.chain_head where signed_no is distinct from no
        order by chain`.execute(tx)
      return rows
    },
    'audit.seal',
  )
  if (unsigned.length === 0) return
  const at = now().toISOString()
  const heads = unsigned.map((head) => signHead({ ...head, at }, key))
  await log.append(heads)
  await transact(systemActor, (work) => keepHeads(work, heads), 'audit.seal')
}

async function keepHeads({ tx }: Work, heads: readonly SignedHead[]): Promise<void> {
  await sql`select audit.keep_head(h.chain, h.no, decode(h.hash, 'hex'), h.at, h."keyId", decode(h.signature, 'base64'))
    from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h(chain text, no bigint, hash text, at timestamptz,
      "keyId" text, signature text)`.execute(tx)
}
