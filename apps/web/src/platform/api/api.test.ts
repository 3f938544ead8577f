import { afterEach, expect, it, vi } from 'vitest'

vi.mock('virtual:routes', () => ({
  default: {
    'identity.me': ['GET', '/api/identity/me'],
    'identity.sendOtp': ['POST', '/api/identity/otp/send'],
    'records.searchPatients': ['POST', '/api/patients/search', 1],
    'identity.endSession': ['DELETE', '/api/identity/sessions/:id'],
  },
}))
const { addressOf, call } = await import('./call.ts')
const { newId } = await import('./new-id.ts')
const { isProblem } = await import('./problem.ts')

afterEach(() => vi.unstubAllGlobals())

it('builds addresses', () => {
  expect(
    addressOf('/api/x/:id/y', {
      params: { id: 'a/b' },
      query: { q: 'Pờ Y', none: undefined, empty: '', many: [1, 2] },
    }),
  ).toBe('/api/x/a%2Fb/y?q=P%E1%BB%9D+Y&many=1&many=2')
})

it('mints ids that sort by time', () => {
  const ids = [1_763_800_000_000, 1_763_800_000_001, 1_863_800_000_000].map((now) => newId(now))
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
  expect([...ids].sort()).toEqual(ids)
  expect(parseInt(ids[0]?.replace('-', '').slice(0, 12) ?? '', 16)).toBe(1_763_800_000_000)
})

it('marks its requests and reads problems', async () => {
  const fetched = vi.fn<typeof fetch>(
    async () =>
      new Response(
        JSON.stringify({ code: 'INVALID_INPUT', requestId: 'r1', fields: [{ path: 'body.phone', code: 'pattern' }] }),
        { status: 400 },
      ),
  )
  vi.stubGlobal('fetch', fetched)
  const problem: unknown = await call('identity.sendOtp', { body: { phone: 'x' } }).catch((error: unknown) => error)
  expect(isProblem(problem, 'INVALID_INPUT') && [problem.field('phone'), problem.requestId]).toEqual(['pattern', 'r1'])
  expect(fetched.mock.calls[0]?.[1]?.headers).toMatchObject({ 'x-moinha': '1', 'content-type': 'application/json' })
})

it('reads again when the network fails for a moment, but sends a write twice only where its route is idempotent', async () => {
  const fetched = vi.fn<typeof fetch>(async () => {
    throw new TypeError('network')
  })
  vi.stubGlobal('fetch', fetched)
  vi.useFakeTimers()
  const read = call('identity.me').catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  expect(isProblem(await read, 'NETWORK_DOWN')).toBe(true)
  expect(fetched).toHaveBeenCalledTimes(3)
  const write = call('identity.sendOtp', { body: { phone: 'x' } }).catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  expect(isProblem(await write, 'NETWORK_DOWN')).toBe(true)
  expect(fetched).toHaveBeenCalledTimes(4)
  const ended = call('identity.endSession', { params: { id: 'x' } }).catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  expect(isProblem(await ended, 'NETWORK_DOWN')).toBe(true)
  expect(fetched).toHaveBeenCalledTimes(5)
  const search = call('records.searchPatients', { body: { q: 'y lan' } }).catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  expect(isProblem(await search, 'NETWORK_DOWN')).toBe(true)
  expect(fetched.mock.calls.slice(5).map(([address]) => address)).toEqual(Array(3).fill('/api/patients/search'))
  vi.useRealTimers()
})
