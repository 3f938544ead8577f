import { endOf, overlap, startOf, type SheetRow } from './sheets.ts'
import type { Proposal } from './merge-rows.ts'

/** The state after the import, for rules that look across rows. */
export interface Outcome {
  units: ReadonlyMap<string, SheetRow>
  placements: ReadonlyMap<string, readonly SheetRow[]>
}

export type Refuse = (proposal: Proposal, column: string, code: string) => void

const within = (inner: SheetRow, outer: SheetRow): boolean =>
  startOf(outer) <= startOf(inner) && endOf(inner) <= endOf(outer)

/** A unit has one parent at a time, both exist all the while, and nobody comes to lie beneath themselves. */
export function checkPlacement(proposal: Proposal, { units, placements }: Outcome, refuse: Refuse): void {
  const { after } = proposal
  const unit = units.get(after['key'] ?? '')
  const parent = units.get(after['parent_key'] ?? '')
  if (!unit) return refuse(proposal, 'key', 'UNKNOWN_UNIT')
  if (!parent) return refuse(proposal, 'parent_key', 'UNKNOWN_PARENT')
  if (!within(after, unit)) refuse(proposal, 'valid_from', 'UNIT_NOT_THEN')
  if (!within(after, parent)) refuse(proposal, 'parent_key', 'PARENT_NOT_THEN')
  const others = (placements.get(after['key'] ?? '') ?? []).filter((other) => other !== after)
  if (others.some((other) => overlap(other, after))) return refuse(proposal, 'valid_from', 'PLACEMENT_OVERLAPS')
  if (formsCycle(after, placements)) refuse(proposal, 'parent_key', 'TREE_CYCLE')
}

/** Walks up from the parent, keeping only the days all steps share. */
function formsCycle(start: SheetRow, placements: Outcome['placements']): boolean {
  const stack: { key: string; from: string; to: string; steps: number }[] = [
    { key: start['parent_key'] ?? '', from: startOf(start), to: endOf(start), steps: 0 },
  ]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.key === start['key'] || next.steps > 30) return true
    for (const above of placements.get(next.key) ?? []) {
      const from = startOf(above) > next.from ? startOf(above) : next.from
      const to = endOf(above) < next.to ? endOf(above) : next.to
      if (from < to && above['parent_key']) stack.push({ key: above['parent_key'], from, to, steps: next.steps + 1 })
    }
  }
  return false
}

/** A new unit has a place from its first day; a unit that ends leaves no place, and nobody beneath it, behind. */
export function checkUnit(
  proposal: Proposal,
  { placements }: Outcome,
  children: ReadonlyMap<string, readonly SheetRow[]>,
  refuse: Refuse,
): void {
  const { after } = proposal
  const key = after['key'] ?? ''
  const own = placements.get(key) ?? []
  if (proposal.change === 'new' && own.length === 0) refuse(proposal, 'key', 'NO_PLACEMENT')
  const left = [...own, ...(children.get(key) ?? [])].some((row) => !within(row, after))
  if (left) refuse(proposal, 'valid_to', 'PLACES_BEYOND')
}
