import type { KeyObject } from 'node:crypto'
import type { Break, ChainSource, Reached } from '../domain/chain-facts.ts'
import { chainStart, linkOf, type SealedRow } from '../domain/row-text.ts'
import { judgeHead, type SignedHead } from '../domain/signed-head.ts'

/** Rows read at once. */
const pageSize = 5_000

export interface Outside {
  heads: ReadonlyMap<string, readonly SignedHead[]>
  unreadable: number
  /** Restores declared with a signature we trust. */
  restores: readonly { restoredTo: string; at: string }[]
  keys: ReadonlyMap<string, KeyObject>
}

export interface Verdict {
  rows: number
  /** Signed heads kept outside. */
  heads: number
  reached: Reached[]
  broken: Break[]
}

/**
 * Recomputes chains row by row and holds them against the signed heads kept outside. `from` skips what was verified
 * before. A sealer may go on meanwhile: it seals rows, writes heads outside, and tells the database last; so the
 * database is asked first what it calls signed, then the heads are read, then the rows.
 */
export async function verifyChains(
  source: ChainSource,
  readOutside: () => Promise<Outside>,
  from: ReadonlyMap<string, Reached> = new Map(),
): Promise<Verdict> {
  const verdict: Verdict = { rows: 0, heads: 0, reached: [], broken: [] }
  const inside = new Map((await source.chains()).map((one) => [one.chain, one.signedNo]))
  const outside = await readOutside()
  if (outside.unreadable > 0)
    verdict.broken.push({ chain: 'log', no: outside.unreadable, entryId: null, why: 'log_damaged' })
  const names = new Set([...inside.keys(), ...outside.heads.keys()])
  for (const chain of [...names].sort()) {
    const heads = outside.heads.get(chain) ?? []
    verdict.heads += heads.length
    const found = await verifyChain(source, { chain, heads, keys: outside.keys, from: from.get(chain) })
    verdict.rows += found.rows
    verdict.reached.push(found.reached)
    const broken = found.broken ?? lostHead(chain, inside.get(chain) ?? null, heads)
    if (broken) verdict.broken.push(broken)
  }
  if (from.size === 0) {
    const old = await source.oldSeal()
    if (old !== null) verdict.broken.push({ chain: 'before', no: old, entryId: null, why: 'old_seal' })
  }
  return verdict
}

interface ChainCase {
  chain: string
  heads: readonly SignedHead[]
  keys: ReadonlyMap<string, KeyObject>
  from: Reached | undefined
}

interface Found {
  rows: number
  reached: Reached
  broken?: Break
}

async function verifyChain(source: ChainSource, { chain, heads, keys, from }: ChainCase): Promise<Found> {
  // what lies before was judged when it was verified
  const forged = heads.find((head) => head.no > (from?.no ?? 0) && judgeHead(head, keys) !== 'good')
  const known = hashesOf(heads)
  const walk = new Walk(chain, from)
  if (forged) return walk.found({ no: forged.no, why: 'head_forged' })
  if (from && (await isMoved(source, from))) return walk.found({ no: from.no, why: 'row_changed' })
  for (;;) {
    const page = await source.rows(chain, walk.no, pageSize)
    for (const row of page) {
      const why = walk.step(row, known)
      if (why) return walk.found({ no: row.no, why, entryId: row.id })
    }
    if (page.length < pageSize) break
  }
  const beyond = heads.filter((head) => head.no > walk.no).sort((a, b) => b.no - a.no)[0]
  return beyond ? walk.found({ no: beyond.no, why: 'tail_cut' }) : walk.found()
}

/** Hashes that signed heads name for a number; two for one number: the chain was cut and went on. */
function hashesOf(heads: readonly SignedHead[]): Map<number, Set<string>> {
  const known = new Map<number, Set<string>>()
  for (const head of heads) known.set(head.no, (known.get(head.no) ?? new Set()).add(head.hash))
  return known
}

/** Does the row up to which was verified carry another hash by now? */
async function isMoved(source: ChainSource, { chain, no, hash }: Reached): Promise<boolean> {
  if (no === 0) return false
  const [row] = await source.rows(chain, no - 1, 1)
  return row?.no !== no || row.hash.toString('hex') !== hash
}

/** Goes along a chain and keeps its last good row. */
class Walk {
  no: number
  #chain: string
  #hash: Buffer
  #rows = 0

  constructor(chain: string, from: Reached | undefined) {
    this.#chain = chain
    this.no = from?.no ?? 0
    this.#hash = from && from.no > 0 ? Buffer.from(from.hash, 'hex') : chainStart(chain)
  }

  /** What is wrong with the next row, if anything. */
  step(row: SealedRow, known: ReadonlyMap<number, ReadonlySet<string>>): Break['why'] | undefined {
    if (row.no !== this.no + 1) return 'row_missing'
    const hash = linkOf(this.#hash, row)
    if (!hash.equals(row.hash)) return 'row_changed'
    const signed = known.get(row.no)
    if (signed && (signed.size > 1 || !signed.has(hash.toString('hex')))) return 'rewritten'
    this.no = row.no
    this.#hash = hash
    this.#rows += 1
    return undefined
  }

  found(broken?: { no: number; why: Break['why']; entryId?: string }): Found {
    const reached = { chain: this.#chain, no: this.no, hash: this.#hash.toString('hex') }
    if (!broken) return { rows: this.#rows, reached }
    return { rows: this.#rows, reached, broken: { chain: this.#chain, entryId: null, ...broken } }
  }
}

function lostHead(chain: string, signedNo: number | null, heads: readonly SignedHead[]): Break | undefined {
  if (signedNo === null || heads.some((head) => head.no === signedNo)) return undefined
  return { chain, no: signedNo, entryId: null, why: 'head_lost' }
}
