import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const colour = (name: string): string => {
  const found = new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`).exec(css)?.[1]
  if (!found) throw new Error(`no colour --${name}`)
  return found
}

/** Relative luminance and contrast as in WCAG 2.2, success criterion 1.4.3. */
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string): number => {
  const [x, y] = [luminance(colour(a)), luminance(colour(b))]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

const aaa = 7
const aa = 4.5
const nonText = 3

describe('colours can be read by weak eyes in sunlight', () => {
  it.each([
    ['ink', 'ground', aaa],
    ['ink', 'surface', aaa],
    ['ink', 'sunk', aaa],
    ['ink-soft', 'ground', aaa],
    ['ink-soft', 'surface', aaa],
    ['ink-soft', 'sunk', aa],
    ['primary', 'ground', aaa],
    ['on-dark', 'primary', aaa],
    ['primary', 'primary-wash', aa],
    ['on-dark', 'accent', aa],
    ['accent', 'ground', aa],
    ['accent-strong', 'accent-wash', aaa],
    ['on-dark', 'danger', aaa],
    ['danger', 'danger-wash', aa],
    ['danger', 'surface', aaa],
    ['success', 'success-wash', aa],
    ['info', 'info-wash', aaa],
    ['warn', 'warn-wash', aaa],
    ['line-strong', 'surface', nonText],
    ['line-strong', 'ground', nonText],
    ['focus', 'ground', nonText],
    ['focus', 'surface', nonText],
  ] as const)('%s on %s is at least %d:1', (front, back, least) => {
    expect(contrast(front, back)).toBeGreaterThanOrEqual(least)
  })
})
