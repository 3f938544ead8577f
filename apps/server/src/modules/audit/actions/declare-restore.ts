import type { KeyObject } from 'node:crypto'
import type { Break, ChainSource } from '../domain/chain-facts.ts'
import { headsStanding, signNote } from '../domain/restore-note.ts'
import type { HeadLog } from '../ports/head-log.ts'
import { judgeHead, type SignedHead } from '../domain/signed-head.ts'
import { readOutside } from './read-outside.ts'
import { verifyChains } from './verify-chains.ts'

export interface RestoreCase {
  source: ChainSource
  /** What the restored database itself calls signed. */
  signedInside: readonly SignedHead[]
  log: HeadLog
  key: KeyObject
  keys: ReadonlyMap<string, KeyObject>
  restoredTo: Date
  now: Date
}

export interface Declared {
  /** Heads that no longer count. */
  setAside: number
  /** Heads the log outside had lost and got back from the database. */
  broughtBack: number
  broken: Break[]
}

/**
 * After a restore, before anything new is sealed: looks whether what the database still holds is whole, and only then
 * says, signed, in the log outside, how far its chains go. Said where nothing needs it, nothing is written.
 */
export async function declareRestore(restore: RestoreCase): Promise<Declared> {
  const { source, log, key, keys, restoredTo, now } = restore
  const outside = await readOutside(log, keys)
  const lost = restore.signedInside.filter(
    (head) => judgeHead(head, keys) === 'good' && !outside.heads.get(head.chain)?.some((kept) => kept.no === head.no),
  )
  const found = await verifyChains(source, async () => ({ ...outside, heads: withHeads(outside.heads, lost) }))
  const reached = Object.fromEntries(found.reached.map((one) => [one.chain, one.no]))
  const note = signNote({ restoredTo: restoredTo.toISOString(), at: now.toISOString(), reached }, key)
  const standing = headsStanding(outside.heads, [note])
  // a tail that is cut is what a restore leaves; anything else was not its doing
  const broken = found.broken.filter(({ why }) => why !== 'tail_cut')
  const setAside = count(outside.heads) - count(standing)
  if (broken.length > 0) return { setAside: 0, broughtBack: 0, broken }
  if (setAside > 0) await log.declare(note)
  await log.append(lost)
  return { setAside, broughtBack: lost.length, broken }
}

function withHeads(heads: ReadonlyMap<string, readonly SignedHead[]>, more: readonly SignedHead[]) {
  const all = new Map([...heads].map(([chain, list]) => [chain, [...list]]))
  for (const head of more) all.set(head.chain, [...(all.get(head.chain) ?? []), head])
  return all
}

function count(heads: ReadonlyMap<string, readonly SignedHead[]>): number {
  return [...heads.values()].reduce((sum, list) => sum + list.length, 0)
}
