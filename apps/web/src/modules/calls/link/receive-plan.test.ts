import { describe, expect, it } from 'vitest'
import { MOST_VOICES, planReceiving, type PictureOffer, type ReceiveNeeds, type VoiceOffer } from './receive-plan.ts'

const voice = (n: number, over: Partial<VoiceOffer> = {}): VoiceOffer => ({
  id: `v${n}`,
  muted: false,
  livelyAt: 0,
  taken: false,
  ...over,
})
const picture = (n: number, over: Partial<PictureOffer> = {}): PictureOffer => ({
  id: `p${n}`,
  key: `k${n}`,
  muted: false,
  sharp: false,
  ...over,
})
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
const plan = (needs: Partial<ReceiveNeeds>) =>
  planReceiving({ voices: [], pictures: [], shown: null, hidden: false, allowance: 'all', ...needs })
const taken = (made: ReturnType<typeof plan>) => [...made].filter(([, one]) => one.subscribed).map(([id]) => id)

describe('voices', () => {
  it('of a small room are all taken, muted ones too: whoever speaks is heard from the first word', () => {
    expect(taken(plan({ voices: [voice(1), voice(2, { muted: true }), voice(3)] }))).toEqual(['v1', 'v2', 'v3'])
  })

  it('of a hundred: the open ones, those heard last first', () => {
    const voices = numbers(100).map((n) => voice(n, { muted: n >= 20, livelyAt: n }))
    const heard = taken(plan({ voices }))
    expect(heard).toHaveLength(MOST_VOICES)
    expect(heard).toContain('v19')
    expect(heard).not.toContain('v3')
  })

  it('one that is taken gives way only to a livelier one', () => {
    const voices = numbers(20).map((n) => voice(n, { livelyAt: 5, taken: n >= 8 }))
    expect(taken(plan({ voices }))).toEqual(numbers(12).map((n) => `v${n + 8}`))
  })
})

describe('pictures', () => {
  it('are taken only where they are shown, in the size of their tile', () => {
    const shown = [
      { key: 'k1', height: 500 },
      { key: 'k2', height: 120 },
    ]
    const made = plan({ pictures: [picture(1), picture(2), picture(3)], shown })
    expect(made.get('p1')).toEqual({ subscribed: true, enabled: true, size: 'full' })
    expect(made.get('p2')).toEqual({ subscribed: true, enabled: true, size: 'small' })
    expect(made.get('p3')?.subscribed).toBe(false)
  })

  it('before the stage told, the first nine are taken: joining waits for no measurement', () => {
    const made = plan({ pictures: numbers(40).map((n) => picture(n)) })
    expect(taken(made)).toHaveLength(9)
    expect(plan({ pictures: [picture(1)] }).get('p1')?.size).toBe('full')
  })

  it('nobody looks at the page, or the link bears none: kept, but not sent', () => {
    const shown = [{ key: 'k1', height: 500 }]
    expect(plan({ pictures: [picture(1)], shown, hidden: true }).get('p1')).toMatchObject({ enabled: false })
    const none = plan({ pictures: [picture(1)], shown, allowance: 'none' })
    expect(none.get('p1')).toMatchObject({ subscribed: true, enabled: false })
  })

  it('of many faces each comes small, though their tiles are tall; of four or a large one all lines come', () => {
    const shown = (count: number, height: number) => numbers(count).map((n) => ({ key: `k${n}`, height }))
    const sizes = (count: number, height: number) => [
      ...new Set(
        [...plan({ pictures: numbers(count).map((n) => picture(n)), shown: shown(count, height) }).values()].map(
          ({ size }) => size,
        ),
      ),
    ]
    expect([sizes(4, 280), sizes(5, 280), sizes(5, 400)]).toEqual([['full'], ['small'], ['full']])
  })

  it('a screen keeps its lines also in a small tile, a face on a weak link does not', () => {
    const shown = [
      { key: 'k1', height: 150 },
      { key: 'k2', height: 500 },
    ]
    const made = plan({ pictures: [picture(1, { sharp: true }), picture(2)], shown, allowance: 'small' })
    expect(made.get('p1')?.size).toBe('full')
    expect(made.get('p2')?.size).toBe('small')
  })
})
