/** Draws numbers that depend on the seed and the label only, so that the demo is the same on every machine. */
export interface DemoRandom {
  /** In [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** One of the items; the list must not be empty. */
  pick<Item>(items: readonly Item[]): Item
}

/** FNV-1a, 32 bits: turns a label into a number that is stable for ever. */
export function hashOf(label: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(label)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** mulberry32 started from the seed and the label: small, good enough for invented people, of no use for secrets. */
export function demoRandom(seed: number, label: string): DemoRandom {
  let state = (hashOf(label) ^ Math.imul(seed, 0x9e3779b1)) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    pick(items) {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new RangeError('pick from an empty list')
      return item
    },
  }
}
