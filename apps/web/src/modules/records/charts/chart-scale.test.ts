import { expect, it } from 'vitest'
import { placer, scaleOf } from './chart-scale.ts'

it('has round lines around every value, few enough to read', () => {
  for (let run = 0; run < 2000; run += 1) {
    const values = Array.from({ length: 1 + (run % 7) }, () => Math.round(Math.random() * 4000) / 10)
    const { low, high, ticks } = scaleOf(values)
    expect(low).toBeLessThanOrEqual(Math.min(...values))
    expect(high).toBeGreaterThanOrEqual(Math.max(...values))
    expect(high).toBeGreaterThan(low)
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.length).toBeLessThanOrEqual(6)
  }
  expect(scaleOf([118, 142, 91]).ticks).toEqual([80, 100, 120, 140, 160])
  expect(scaleOf([12.4]).ticks).toEqual([12.4 - 0.1, 12.4, 12.4 + 0.1].map((one) => Number(one.toFixed(1))))
})

it('puts time from left to right and more above less, and one point in the middle', () => {
  const box = { left: 10, right: 110, top: 0, bottom: 100 }
  const { x, y } = placer(box, { low: 0, high: 200 }, [1000, 2000, 3000])
  expect([x(1000), x(2000), x(3000)]).toEqual([10, 60, 110])
  expect([y(0), y(200), y(50)]).toEqual([100, 0, 75])
  expect(placer(box, { low: 0, high: 1 }, [5]).x(5)).toBe(60)
})
