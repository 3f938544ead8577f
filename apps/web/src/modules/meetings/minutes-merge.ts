import type { MinutesContent } from '@moinha/contracts/meetings'

type Line = { id: string }
type Texts = Readonly<Record<string, unknown>>

/** Both wrote: nobody's words are dropped, the other's stand below. */
const joined = (mine: string, theirs: string): string => (mine.includes(theirs) ? mine : `${mine}\n${theirs}`)

function mergeValue(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (mine === base) return theirs
  if (theirs === base || theirs === mine) return mine
  return typeof mine === 'string' && typeof theirs === 'string' && theirs !== '' && mine !== ''
    ? joined(mine, theirs)
    : (mine ?? theirs)
}

function mergeLine<T extends Line>(base: T | undefined, mine: T, theirs: T): T {
  const [before, here, there] = [base ?? {}, mine, theirs] as [Texts, Texts, Texts]
  const keys = Object.keys({ ...theirs, ...mine })
  // days, units and names are chosen, not written on: there the later hand, ours, stands
  const chosen = new Set(['id', 'dueOn', 'unitId', 'who', 'title'])
  return Object.fromEntries(
    keys.map((key) => [
      key,
      chosen.has(key) && here[key] !== before[key] ? here[key] : mergeValue(before[key], here[key], there[key]),
    ]),
  ) as T
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * Lines by their ids: ours in our order, then what the other added; a line one took away is gone unless the other wrote
 * on it.
 */
function mergeLines<T extends Line>(base: readonly T[], mine: readonly T[], theirs: readonly T[]): T[] {
  const of = (lines: readonly T[], id: string) => lines.find((line) => line.id === id)
  const kept = mine.flatMap((line) => {
    const [before, there] = [of(base, line.id), of(theirs, line.id)]
    if (there) return [mergeLine(before, line, there)]
    return before && same(before, line) ? [] : [line]
  })
  const added = theirs.filter((line) => {
    const before = of(base, line.id)
    return !of(mine, line.id) && (!before || !same(before, line))
  })
  return [...kept, ...added]
}

type Item = MinutesContent['items'][number]
const withId = (items: readonly Item[]) => items.map((item) => ({ ...item, id: item.agendaItemId }))

/** Ours on top of what a colleague saved meanwhile; nothing either wrote is lost. */
export function mergeMinutes(base: MinutesContent, mine: MinutesContent, theirs: MinutesContent): MinutesContent {
  const items = mergeLines(withId(base.items), withId(mine.items), withId(theirs.items))
  return {
    items: items.map(({ agendaItemId, title, text }) => ({ agendaItemId, title, text })),
    decisions: mergeLines(base.decisions, mine.decisions, theirs.decisions),
    actions: mergeLines(base.actions, mine.actions, theirs.actions),
    note: mergeValue(base.note, mine.note, theirs.note) as string,
  }
}
