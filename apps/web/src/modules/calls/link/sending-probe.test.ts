import { expect, it } from 'vitest'
import { firstPictures, gradeOf, measureLink } from './sending-probe.ts'

it('grades by the thinner direction, the delay and what stands still', () => {
  const good = { latencyMs: 60, upKbps: 2000, downKbps: 4000, stalled: 0 }
  expect(
    [
      good,
      { ...good, upKbps: 200 },
      { ...good, latencyMs: 600 },
      { ...good, stalled: 0.25 },
      { ...good, downKbps: 50 },
      { ...good, stalled: 0.5 },
    ].map(gradeOf),
  ).toEqual(['good', 'weak', 'weak', 'weak', 'very-weak', 'very-weak'])
})

it('a weak link that is seen to carry one small picture has it from the first second', () => {
  const weak = { latencyMs: 310, upKbps: 270, downKbps: 280, stalled: 0 }
  const begin = (change: Partial<typeof weak>) => {
    const check = { ...weak, ...change }
    return firstPictures(gradeOf(check), check)
  }
  const links = [
    {},
    { upKbps: 900, downKbps: 900 },
    { downKbps: 140 },
    { stalled: 0.25 },
    { stalled: 0.5 },
    { upKbps: 50 },
  ]
  expect(links.map(begin)).toEqual(['one', 'all', 'none', 'one', 'none', 'none'])
  // told by the browser alone, or not at all
  expect([firstPictures('weak', null), firstPictures(null, null)]).toEqual(['none', 'still'])
})

/** A link that carries so many bytes a millisecond after a delay. */
function link(bytesPerMs: number, delayMs: number) {
  let bytes = 0
  const socket = {
    connected: true,
    timeout: () => socket,
    emitWithAck: async (_event: string, { data, wanted }: { data: string; wanted: number }) => {
      bytes += data.length + wanted
      await new Promise((done) => setTimeout(done, delayMs + (data.length + wanted) / bytesPerMs))
      return 'x'.repeat(wanted)
    },
  }
  return { socket: socket as unknown as Parameters<typeof measureLink>[0], sent: () => bytes }
}

it('measures delay and both directions with less than 60 kB', async () => {
  const thin = link(40, 20)
  const check = await measureLink(thin.socket)
  expect(thin.sent()).toBeLessThan(60_000)
  expect(check?.latencyMs).toBeGreaterThanOrEqual(19)
  for (const kbps of [check?.upKbps, check?.downKbps]) {
    expect(kbps).toBeGreaterThan(150)
    expect(kbps).toBeLessThan(400)
  }
})

it('a server that does not answer is no judgement of the link', async () => {
  const socket = { connected: true, timeout: () => socket, emitWithAck: () => Promise.reject(new Error('timeout')) }
  expect(await measureLink(socket)).toBeNull()
})
