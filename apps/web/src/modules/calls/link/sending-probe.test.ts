import { expect, it } from 'vitest'
import { gradeOf, measureLink } from './sending-probe.ts'

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
