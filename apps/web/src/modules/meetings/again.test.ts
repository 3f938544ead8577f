import { expect, it } from 'vitest'
import { doorAgainMs, mayPass, restAfter } from './again.ts'

const now = Date.parse('2026-11-26T01:00:00Z')
const refused = (code: string, status = 409) => ({ code, status })

it('a door that is not open yet is tried when it opens, not all the time', () => {
  const early = refused('MEETING_NOT_OPEN_YET')
  expect(doorAgainMs(early, '2026-11-26T01:40:00Z', now)).toBe(40 * 60_000)
  expect(doorAgainMs(early, '2026-11-26T00:59:59Z', now)).toBe(10_000)
  expect(doorAgainMs(early, '2026-11-28T01:00:00Z', now)).toBe(3_600_000)
  expect(doorAgainMs(early, undefined, now)).toBe(10_000)
})

it('a lost network is tried again, a refusal for good is not', () => {
  expect(doorAgainMs(refused('NETWORK_DOWN', 0), undefined, now)).toBe(10_000)
  expect(doorAgainMs(refused('UNAVAILABLE', 503), undefined, now)).toBe(10_000)
  expect(doorAgainMs(refused('MEETING_UNIT_NOT_YOURS', 403), undefined, now)).toBeNull()
  expect(mayPass(refused('MEETING_MINUTES_LOCKED'))).toBe(false)
})

it('waits longer each time, up to a minute', () => {
  expect([1, 2, 3, 9].map(restAfter)).toEqual([3000, 6000, 12_000, 60_000])
})
