import { CompiledQuery } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Transact } from '../../../platform/db/work.ts'
import type { HeadLog } from '../ports/head-log.ts'
import { chainSource, keepVerification, verifiedSoFar, type RunQuery } from '../store/chain-rows.ts'
import { readOutside } from './read-outside.ts'
import { verifyChains, type Outside, type Verdict } from './verify-chains.ts'

export interface Verifier {
  transact: Transact
  keys: Outside['keys']
  log: HeadLog
}

/**
 * Verifies what came since the last time, or everything, page by page, and keeps the result for `/health`, metrics and
 * the screen.
 */
export async function verifyAndKeep({ transact, keys, log }: Verifier, scope: 'new' | 'full'): Promise<Verdict> {
  const began = performance.now()
  const run: RunQuery = (text, values) =>
    transact(
      systemActor,
      async ({ tx }) => (await tx.executeQuery(CompiledQuery.raw(text, [...values]))).rows,
      'audit.verify',
    )
  const from = scope === 'new' ? await transact(systemActor, ({ tx }) => verifiedSoFar(tx), 'audit.verify') : new Map()
  const verdict = await verifyChains(chainSource(run), () => readOutside(log, keys), from)
  const ms = Math.round(performance.now() - began)
  await transact(systemActor, ({ tx }) => keepVerification(tx, { scope, ms, ...verdict }), 'audit.verify')
  return verdict
}
