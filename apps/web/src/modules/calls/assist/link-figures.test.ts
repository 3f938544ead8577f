import { expect, test } from 'vitest'
import { linkBetween, lookAtLink } from './link-figures.ts'

const report = (stats: object[]) => new Map(stats.map((stat, at) => [String(at), stat])) as unknown as RTCStatsReport

test('two looks give rates, the longest way and the worst loss', () => {
  const look = (at: number, sent: number, received: number) =>
    lookAtLink(
      [
        report([
          { type: 'outbound-rtp', bytesSent: sent },
          { type: 'remote-inbound-rtp', fractionLost: 0.05 },
          { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.12 },
          { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
        ]),
        report([{ type: 'inbound-rtp', bytesReceived: received }]),
      ],
      at,
    )
  const [first, second] = [look(0, 1_000, 5_000), look(2_000, 7_000, 17_500)]
  expect(linkBetween(first, second)).toEqual({ roundTripMs: 120, loss: 0.05, sentKbps: 24, receivedKbps: 50 })
  // made anew: the counters began again
  expect(linkBetween(second, look(4_000, 10, 20))).toMatchObject({ sentKbps: null, receivedKbps: null })
  expect(linkBetween(null, null)).toEqual({ roundTripMs: null, loss: null, sentKbps: null, receivedKbps: null })
})
