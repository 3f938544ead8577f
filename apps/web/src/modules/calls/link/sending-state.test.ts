import { expect, it } from 'vitest'
import { capState, DataMeter } from './sending-data.ts'
import { OwnLink } from './sending-link.ts'
import type { FirstPictures } from './sending-probe.ts'
import { FULL_PICTURE, NO_PICTURE, PICTURE_STEPS_SENT } from './sending-ladder.ts'
import { LinkReader } from './sending-reading.ts'
import { afterReturn, askOf, firstSending, nextSending, planOf, type SendingState } from './sending-state.ts'
import type { LinkReading } from './sending-strain.ts'

const calm: LinkReading = {
  roundTripMs: 80,
  pictureLoss: 0,
  voiceLoss: 0,
  availableKbps: 600,
  sendDelayMs: 2,
  concealed: 0,
  heardLoss: 0,
}
/** A queue of a second and a half has built up before a thin place. */
const jammed: LinkReading = { ...calm, roundTripMs: 1600, availableKbps: 40 }
const free = { wish: 'auto', cap: 'none', asked: new Set<never>() } as const
type Wishes = Parameters<typeof nextSending>[2]

/** So many seconds of one reading. */
function pass(state: SendingState, reading: LinkReading, seconds: number, wishes: Wishes = free): SendingState {
  let now = state
  for (let second = 0; second < seconds; second++) now = nextSending(now, reading, wishes)
  return now
}
const sent = (state: SendingState, wishes: Wishes = free) => PICTURE_STEPS_SENT[planOf(state, wishes).sendStep]?.name
const received = (state: SendingState) => PICTURE_STEPS_SENT[planOf(state, free).receiveStep]?.name

it('a jam takes the picture at once and altogether, both ways; the voice stays', () => {
  const state = pass(pass(firstSending('all'), calm, 10), jammed, 1)
  expect([sent(state), received(state)]).toEqual(['off', 'off'])
  expect(planOf(state, free).voice.kbps).toBeGreaterThanOrEqual(12)
})

it('strain takes one step after two seconds, not after one', () => {
  const strained = { ...calm, availableKbps: 90 }
  const start = pass(firstSending('all'), calm, 5)
  expect([1, 2].map((seconds) => sent(pass(start, strained, seconds)))).toEqual(['full', 'small'])
})

it('loss on the way to us does not take our own picture, only theirs', () => {
  const state = pass(pass(firstSending('all'), calm, 5), { ...calm, concealed: 0.5, heardLoss: 0.4 }, 2)
  expect([sent(state), received(state)]).toEqual(['full', 'off'])
})

it('what comes to us late lets our own picture stand still before a report tells of the way out; that is no failed try', () => {
  const late = { ...calm, concealed: 0.5 }
  const before = pass(firstSending('all'), calm, 5)
  const state = pass(before, late, 1)
  expect([sent(state), received(state)]).toEqual(['still', 'off'])
  expect(state.up.patienceSeconds).toBe(before.up.patienceSeconds)
  expect(sent(pass(state, calm, 12))).toBe('full')
})

it('comes back over a still and a small picture, and the slower the more often it failed', () => {
  let state = pass(pass(firstSending('all'), calm, 5), jammed, 2)
  const steps = new Set<string | undefined>()
  for (let second = 0; second < 60; second++) {
    state = nextSending(state, calm, free)
    steps.add(sent(state))
  }
  expect([...steps]).toEqual(['off', 'still', 'small', 'full'])
  const patience = [1, 2, 3].map(() => {
    state = pass(state, jammed, 1)
    while (state.up.step === NO_PICTURE) state = nextSending(state, calm, free)
    return state.up.patienceSeconds
  })
  expect(patience).toEqual([...patience].sort((a, b) => a - b))
  expect(patience[2]).toBeGreaterThan(patience[0] ?? Infinity)
})

it('where every picture takes words with it, tries become as rare as every two minutes', () => {
  let state = pass(pass(firstSending('all'), calm, 5), jammed, 1)
  const tries: number[] = []
  for (let second = 0; second < 600; second++) {
    state = nextSending(state, state.up.step > NO_PICTURE ? jammed : calm, free)
    if (state.up.step > NO_PICTURE) tries.push(second)
  }
  expect(tries.length).toBeLessThanOrEqual(6)
  expect(tries[0]).toBeGreaterThanOrEqual(25)
  const waits = tries.slice(1).map((at, before) => at - (tries[before] ?? 0))
  expect(waits.at(-1)).toBeGreaterThanOrEqual(120)
})

it('a link that is only far away keeps its picture', () => {
  const far = pass(firstSending('all'), { ...calm, roundTripMs: 800 }, 20)
  expect(sent(far)).toBe('full')
})

it('where even voice alone fills the link, it is as thin as can be understood, and the others are asked for it', () => {
  const start = pass(firstSending('all'), calm, 5)
  const thin = pass(start, jammed, 10)
  expect(planOf(thin, free).voice.kbps).toBe(8)
  expect(askOf(thin)).toBe('thin')
  expect(askOf(pass(thin, calm, 60))).toBeNull()
  const asked = { ...free, asked: new Set(['thin'] as const) }
  const forOthers = pass(start, calm, 3, asked)
  expect([planOf(forOthers, asked).voice.kbps, askOf(forOthers)]).toEqual([8, null])
})

it('says everything twice unless the link was too thin for it when the connection was made', () => {
  const thin = pass(pass(firstSending('all'), calm, 5), jammed, 10)
  expect([firstSending('all'), thin, afterReturn(thin)].map((state) => planOf(state, free).voice.redundant)).toEqual([
    true,
    true,
    false,
  ])
})

it('the wish and the cap stand above the link', () => {
  const state = pass(firstSending('all'), calm, 10)
  const wishes = (wish: 'auto' | 'small' | 'voice', cap: 'under' | 'reached'): Wishes => ({ ...free, wish, cap })
  expect(sent(state, wishes('small', 'under'))).toBe('small')
  expect(sent(state, wishes('voice', 'under'))).toBe('off')
  expect(planOf(state, wishes('auto', 'reached'))).toMatchObject({ sendStep: NO_PICTURE, receiveStep: NO_PICTURE })
})

it('a link known to be weak begins with voice; after a return no full picture comes at once', () => {
  expect(sent(firstSending('none'))).toBe('off')
  expect([sent(firstSending('one')), received(firstSending('one'))]).toEqual(['off', 'still'])
  expect(sent(afterReturn(pass(firstSending('all'), calm, 10)))).toBe('still')
  expect(pass(firstSending('none'), calm, 60).up.step).toBe(FULL_PICTURE)
})

it('counts over reconnections, tells the rate of the last half minute, and says when a limit is near', () => {
  const meter = new DataMeter()
  meter.count({ up: 1000, down: 2000 }, 0)
  expect(meter.count({ up: 61_000, down: 2000 }, 60_000)).toMatchObject({ bytesUp: 61_000, bytesDown: 2000 })
  const use = meter.count({ up: 500, down: 500 }, 70_000)
  expect(use).toMatchObject({ bytesUp: 61_500, bytesDown: 2500, bytesPerMinute: 6000 })
  expect([null, 100_000, 70_000, 64_000].map((cap) => capState(use, cap))).toEqual(['none', 'under', 'near', 'reached'])
})

it('reads what a second changed, and every report once', () => {
  const reader = new LinkReader()
  const at = (second: number) => [
    {
      id: 'a',
      type: 'inbound-rtp',
      kind: 'audio',
      timestamp: second,
      packetsReceived: 40 * second,
      packetsLost: 10 * second,
    },
    { id: 'b', type: 'remote-inbound-rtp', kind: 'audio', timestamp: 1, fractionLost: 0.2, roundTripTime: 0.3 },
    { id: 'c', type: 'transport', timestamp: second, bytesSent: 500 * second, bytesReceived: 900 * second },
  ]
  expect(reader.read([at(1)]).reading).toMatchObject({ heardLoss: 0.2, voiceLoss: 0.2, roundTripMs: 300 })
  const look = reader.read([at(2)])
  expect(look.reading).toMatchObject({ heardLoss: 0.2, voiceLoss: null, roundTripMs: null })
  expect(look.bytes).toEqual({ up: 1000, down: 1800 })
})

it('a voice that begins is not judged while its buffer settles, nor one that joins later', () => {
  const reader = new LinkReader()
  const voice = (id: string, second: number, concealed: number) => ({
    ...{ id, type: 'inbound-rtp', kind: 'audio', timestamp: second },
    ...{ totalSamplesReceived: 48_000 * second, concealedSamples: concealed, silentConcealedSamples: 0 },
  })
  const made = (stats: ReturnType<typeof voice>[]) => reader.read([stats]).reading.concealed
  const first = [15_000, 20_000, 20_000, 44_000].map((sum, at) => made([voice('a', at + 1, sum)]))
  expect(first).toEqual([null, null, 0, 0.5])
  const joined = [15_000, 20_000, 20_000].map((sum, at) => made([voice('a', at + 5, 44_000), voice('b', at + 1, sum)]))
  expect(joined).toEqual([0, 0, 0])
})

it('a good link begins with the whole picture; what is not known of, and what comes back, with a still', () => {
  const place = { now: () => 0, chosen: () => ({ wish: 'auto', capBytes: null }) as const, choose: () => undefined }
  const begun = (pictures: FirstPictures, connections: number) => {
    const link = new OwnLink(pictures, place)
    for (let nth = 0; nth < connections; nth++) link.begin()
    return [link.snapshot().sending, link.snapshot().receiving]
  }
  expect([begun('all', 1), begun('all', 2), begun('still', 1), begun('one', 1)]).toEqual([
    ['full', 'full'],
    ['still', 'still'],
    ['still', 'still'],
    ['off', 'still'],
  ])
})

it('the others are told of a thin link at once, and again every five seconds while it lasts', () => {
  const clock = { now: 0 }
  const place = { now: () => clock.now, chosen: () => ({ wish: 'auto', capBytes: null }) as const, choose: () => {} }
  const link = new OwnLink('all', place)
  const pair = { id: 'p', type: 'candidate-pair', nominated: true }
  const told: number[] = []
  for (let second = 1; second <= 14; second++) {
    clock.now = second * 1000
    link.look([[{ ...pair, timestamp: clock.now, currentRoundTripTime: second < 4 ? 0.05 : 2 }]])
    if (link.askAgain() === 'thin') told.push(second)
  }
  expect(told).toEqual([5, 10])
})
