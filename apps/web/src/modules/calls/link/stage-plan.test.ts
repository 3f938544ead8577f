import { describe, expect, it } from 'vitest'
import { EMPTY_STAGE, planStage, type Candidate, type StageMemory } from './stage-plan.ts'

const person = (n: number, over: Partial<Candidate> = {}): Candidate => ({
  key: `k${n}`,
  shares: false,
  pinned: false,
  host: false,
  hasPicture: true,
  speaking: false,
  ...over,
})
const people = (count: number, over: Record<number, Partial<Candidate>> = {}) =>
  Array.from({ length: count }, (_, n) => person(n, over[n]))

/** Looks every half second at who speaks. */
function play(looks: readonly (readonly Candidate[])[], limit = 9): StageMemory[] {
  let memory = EMPTY_STAGE
  return looks.map((candidates, at) => (memory = planStage(memory, candidates, { now: 1000 + at * 500, limit })))
}

describe('a stage', () => {
  it.each([1, 2, 3, 9])('shows all of %i people', (count) => {
    expect(play([people(count)])[0]?.places).toHaveLength(count)
  })

  it('shows nine of forty, fewer on a weak phone', () => {
    expect(play([people(40)])[0]?.places).toHaveLength(9)
    expect(play([people(40)], 2)[0]?.places).toHaveLength(2)
  })

  it('who speaks comes forward, and all others keep their places', () => {
    const quiet = people(40)
    const speaks = people(40, { 30: { speaking: true } })
    const stages = play([quiet, speaks, speaks, speaks])
    const [first, , , last] = stages
    expect(last?.places).toContain('k30')
    const moved = first?.places.filter((key, at) => last?.places[at] !== key)
    expect(moved).toHaveLength(1)
  })

  it('a cough moves nobody', () => {
    const stages = play([people(40), people(40, { 30: { speaking: true } }), people(40)])
    expect(stages[2]?.places).not.toContain('k30')
    expect(stages[2]?.focus).toBe(stages[0]?.focus)
  })

  it('a shared screen, whoever is pinned and the host are on it before who only speaks', () => {
    const room = people(40, { 20: { pinned: true }, 21: { shares: true }, 22: { host: true } })
    const [stage] = play([room], 3)
    expect([...(stage?.places ?? [])].sort()).toEqual(['k20', 'k21', 'k22'])
    expect(stage?.focus).toBe('k20')
  })

  it('the large picture stays with who speaks while others put in a word, and does not flicker between two', () => {
    const one = people(3, { 1: { speaking: true } })
    const both = people(3, { 1: { speaking: true }, 2: { speaking: true } })
    const other = people(3, { 2: { speaking: true } })
    const focus = play([one, one, one, both, both, other, other, other, other, other, other, other]).map(
      (stage) => stage.focus,
    )
    expect(focus[2]).toBe('k1')
    expect(focus[4]).toBe('k1')
    expect(focus.at(-1)).toBe('k2')
    expect(focus.filter((key, at) => at > 0 && key !== focus[at - 1]).length).toBeLessThanOrEqual(2)
  })

  it('who leaves makes room, and comes back to a free place', () => {
    const [, gone, back] = play([people(3), people(2), people(3)])
    expect(gone?.places).toEqual(['k0', 'k1'])
    expect(back?.places).toEqual(['k0', 'k1', 'k2'])
  })
})
