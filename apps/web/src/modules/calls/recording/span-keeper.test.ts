import type { Recording } from '@moinha/contracts/calls'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SpanKeeper } from './span-keeper.ts'

const view = (more: Partial<Recording>): Recording => ({
  recordingId: 'r',
  basis: 'consent',
  phase: 'allowed',
  askedByName: 'Mai',
  mine: true,
  spanId: null,
  recordedBy: null,
  answerWanted: false,
  answers: [],
  endedAs: null,
  ...more,
})
const running = (spanId: string) => view({ phase: 'running', spanId, recordedBy: 'page' })

/** A page: which spans it asked for, records and stopped; `reply` is what the server does next. */
function page() {
  const log: string[] = []
  let reply = async (spanId: string): Promise<Recording | null> => running(spanId)
  let no = 0
  const keeper = new SpanKeeper({
    open: (spanId) => {
      log.push(`open ${spanId}`)
      return reply(spanId)
    },
    isRefusal: (error) => error === 'refused',
    record: (spanId) => {
      log.push(`record ${spanId}`)
      return { stop: () => void log.push(`stop ${spanId}`) }
    },
    readAgain: () => undefined,
    newId: () => `s${++no}`,
    waitMs: (tries) => tries * 1000,
  })
  return { log, keeper, answer: (next: typeof reply) => void (reply = next) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('opens a span when it may, records it, and stops with it', async () => {
  const { log, keeper } = page()
  keeper.look(view({ phase: 'asking' }))
  keeper.look(view({}))
  keeper.look(view({}))
  await vi.runAllTimersAsync()
  expect(log).toEqual(['open s1', 'record s1'])
  keeper.look(view({ phase: 'asking' }))
  expect(log.at(-1)).toBe('stop s1')
  keeper.look(view({}))
  await vi.runAllTimersAsync()
  expect(log.slice(-2)).toEqual(['open s2', 'record s2'])
  keeper.look(view({ phase: 'ended', endedAs: 'stopped' }))
  await vi.runAllTimersAsync()
  expect(log.at(-1)).toBe('stop s2')
})

it('an opening that is lost is tried again under the same id as long as it is wanted; refused, under another', async () => {
  const { log, keeper, answer } = page()
  answer(() => Promise.reject(new Error('lost')))
  keeper.look(view({}))
  await vi.advanceTimersByTimeAsync(4000)
  expect(log).toEqual(['open s1', 'open s1', 'open s1'])
  answer(() => Promise.reject('refused'))
  await vi.advanceTimersByTimeAsync(3000)
  answer(async (spanId) => running(spanId))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(log.slice(-3)).toEqual(['open s1', 'open s2', 'record s2'])
})

it('an answer that was lost, though the span is open, is made good by what is read', async () => {
  const { log, keeper, answer } = page()
  answer(() => Promise.reject(new Error('lost')))
  keeper.look(view({}))
  await vi.advanceTimersByTimeAsync(0)
  keeper.look(running('s1'))
  await vi.runAllTimersAsync()
  expect(log).toEqual(['open s1', 'record s1'])
})

it('on two devices only the one whose span is open records; the other one takes over when nothing runs', async () => {
  const { log, keeper } = page()
  keeper.look(view({}))
  await vi.runAllTimersAsync()
  keeper.look(running('of the other device'))
  await vi.runAllTimersAsync()
  expect(log).toEqual(['open s1', 'record s1', 'stop s1'])
  keeper.look(view({}))
  await vi.runAllTimersAsync()
  expect(log.slice(-2)).toEqual(['open s2', 'record s2'])
})

it('what was read while the answer was on its way counts more than the answer; a page that goes opens nothing', async () => {
  const { log, keeper, answer } = page()
  const gate = Promise.withResolvers<Recording>()
  answer(() => gate.promise)
  keeper.look(view({}))
  await vi.advanceTimersByTimeAsync(0)
  keeper.look(view({ phase: 'asking' }))
  gate.resolve(running('s1'))
  await vi.runAllTimersAsync()
  expect(log).toEqual(['open s1'])
  keeper.look(view({}))
  keeper.close()
  await vi.runAllTimersAsync()
  expect(log).toEqual(['open s1'])
})

it('what the media side records is asked for once and recorded by no page', async () => {
  const { log, keeper, answer } = page()
  answer(async (spanId) => ({ ...running(spanId), recordedBy: 'server' }))
  keeper.look(view({}))
  await vi.runAllTimersAsync()
  keeper.look({ ...running('s1'), recordedBy: 'server' })
  await vi.runAllTimersAsync()
  expect(log).toEqual(['open s1'])
  // it failed there: closed by the server, and the page's from now on
  answer(async (spanId) => running(spanId))
  keeper.look(view({}))
  await vi.runAllTimersAsync()
  expect(log.slice(1)).toEqual(['open s2', 'record s2'])
})

it('whoever did not ask records nothing', async () => {
  const { log, keeper } = page()
  keeper.look(view({ mine: false }))
  keeper.look({ ...running('x'), mine: false })
  await vi.runAllTimersAsync()
  expect(log).toEqual([])
})
