import type { MinutesContent } from '@moinha/contracts/consults'

export type Piece = keyof MinutesContent

export interface Merge {
  /** What the writer typed, with whatever only the colleague changed. */
  content: MinutesContent
  /** Pieces both changed: the writer's stand until they choose. */
  clashes: Piece[]
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Two people wrote on the same draft: nothing either of them typed is lost. */
export function mergeMinutes(base: MinutesContent, mine: MinutesContent, theirs: MinutesContent): Merge {
  const pieces = Object.keys(theirs) as Piece[]
  const changedThere = pieces.filter((piece) => !same(base[piece], theirs[piece]) && !same(mine[piece], theirs[piece]))
  const clashes = changedThere.filter((piece) => !same(base[piece], mine[piece]))
  const taken = changedThere.filter((piece) => !clashes.includes(piece))
  return { content: { ...mine, ...Object.fromEntries(taken.map((piece) => [piece, theirs[piece]])) }, clashes }
}
