/** One measured point: when, in milliseconds, and how much. */
export interface Point {
  at: number
  value: number
}

export interface Scale {
  low: number
  high: number
  /** Values of the lines that help the eye, from below. */
  ticks: readonly number[]
}

/** Steps that people count in. */
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200]
const mostTicks = 5

/** Whole steps around all values, so that the lines of the grid are round numbers. */
export function scaleOf(values: readonly number[]): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const fits = (step: number): boolean => Math.ceil(most / step) - Math.floor(least / step) < mostTicks
  const step = steps.find(fits) ?? 500
  const [from, to] = [Math.floor(least / step), Math.ceil(most / step)]
  // one value on a line of the grid has air around it
  const [first, last] = from === to ? [from - 1, to + 1] : [from, to]
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toFixed(1)))
  return { low: ticks[0] ?? least, high: ticks.at(-1) ?? most, ticks }
}

export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** Places points in a box: time from left to right, one point alone in the middle. */
export function placer(box: Box, { low, high }: Pick<Scale, 'low' | 'high'>, times: readonly number[]) {
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const x = (at: number): number =>
    last === first ? (box.left + box.right) / 2 : box.left + ((at - first) / (last - first)) * (box.right - box.left)
  const y = (value: number): number => box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top)
  return { x, y }
}
