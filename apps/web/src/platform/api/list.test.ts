import { afterEach, beforeEach, expect, it, vi } from 'vitest'

vi.mock('virtual:routes', () => ({ default: { 'scheduling.myAppointments': ['GET', '/api/appointments/mine'] } }))
const { listFor, mergeList } = await import('./list.ts')
const { queryClient } = await import('./query.ts')

interface Line {
  id: string
  at: number
}
interface List {
  items: Line[]
  next: string | null
  now: string
  gone: string[] | null
}
const inOrder = (one: Line, other: Line): number => one.at - other.at
const line = (id: string, at: number): Line => ({ id, at })
const held: List = { items: [line('a', 1), line('b', 2), line('c', 3)], next: null, now: 'm1', gone: null }
const reply = (items: Line[], gone: string[] | null = []): List => ({ items, next: null, now: 'm2', gone })
const idsOf = (list: { items: Line[] } | undefined) => list?.items.map(({ id }) => id).join('')

it('puts what came, changed, moved and left where it belongs', () => {
  const merged = mergeList(held, reply([line('d', 1.5), line('b', 9)], ['a']), inOrder)
  expect([idsOf(merged), merged?.now]).toEqual(['dcb', 'm2'])
  expect(mergeList(held, reply([]), inOrder)?.items).toEqual(held.items)
  expect(idsOf(mergeList(held, reply([line('x', 1)], null), inOrder))).toBe('x')
})

it('with more behind the end: what belongs to a later page stays there, what moves up is not known', () => {
  const page = { ...held, next: 'p2' }
  expect(idsOf(mergeList(page, reply([line('z', 9), line('d', 2.5)]), inOrder))).toBe('abdc')
  expect(mergeList(page, reply([], ['a']), inOrder)).toBeUndefined()
  expect(mergeList(page, reply([line('a', 9)]), inOrder)).toBeUndefined()
})

beforeEach(() => queryClient.clear())
afterEach(() => vi.unstubAllGlobals())

it('asks whole at first, then since the last mark, and whole again where the rest is not known', async () => {
  const answers: object[] = [
    { ...held, next: 'p2' },
    reply([line('b', 2.5)]),
    { ...reply([], ['a']), now: 'm3' },
    { items: [line('c', 3)], next: null, now: 'm4', gone: null },
  ]
  const fetched = vi.fn<typeof fetch>(async () => new Response(JSON.stringify(answers.shift())))
  vi.stubGlobal('fetch', fetched)
  const options = listFor('scheduling.myAppointments', inOrder as never, { query: { limit: 3 } })
  const shown = async (): Promise<string | undefined> =>
    idsOf((await queryClient.fetchQuery({ ...options, staleTime: 0 })) as never)
  expect([await shown(), await shown(), await shown()]).toEqual(['abc', 'abc', 'c'])
  expect(fetched.mock.calls.map(([address]) => String(address).split('?')[1])).toEqual([
    'limit=3',
    'limit=3&since=m1',
    'limit=3&since=m2',
    'limit=3',
  ])
})

it('a screen that asks for a long page is never answered with a shorter one', async () => {
  const lines = Array.from({ length: 220 }, (_, at) => line(`l${at}`, at))
  const answers: object[] = [
    { items: lines, next: 'p2', now: 'm1', gone: null },
    { ...reply([], ['l0']), now: 'm2' },
    { items: lines.slice(1, 201), next: 'p2', now: 'm3', gone: null },
  ]
  const fetched = vi.fn<typeof fetch>(async () => new Response(JSON.stringify(answers.shift())))
  vi.stubGlobal('fetch', fetched)
  const options = listFor('scheduling.myAppointments', inOrder as never, { query: { limit: 200 } })
  const shown = async () =>
    ((await queryClient.fetchQuery({ ...options, staleTime: 0 })) as unknown as List).items.length
  expect([await shown(), await shown()]).toEqual([220, 200])
  expect(String(fetched.mock.calls.at(-1)?.[0])).toContain('limit=200')
})
