import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'

vi.mock('virtual:routes', () => ({ default: {} }))
const { queryClient, refresh } = await import('./query.ts')

afterEach(() => queryClient.clear())

/** What stands on the server, read slowly, and what a page shows of it. */
function page() {
  const server = { value: 'before', readings: 0 }
  const answers: (() => void)[] = []
  const observer = new QueryObserver(queryClient, {
    queryKey: ['meetings.get', {}],
    queryFn: async () => {
      server.readings += 1
      const { value } = server
      await new Promise<void>((done) => answers.push(done))
      return value
    },
  })
  const stop = observer.subscribe(() => undefined)
  return { server, answer: () => answers.shift()?.(), shown: () => observer.getCurrentResult().data, stop }
}

it('what changed while a page was first read is read once more', async () => {
  const { server, answer, shown, stop } = page()
  await vi.waitFor(() => expect(server.readings).toBe(1))
  server.value = 'after'
  const again = refresh('meetings.')
  await new Promise((done) => setTimeout(done))
  answer()
  await vi.waitFor(() => expect(server.readings).toBe(2))
  answer()
  await again
  expect(shown()).toBe('after')
  stop()
})

it('what was read before is read once, not twice', async () => {
  const { server, answer, shown, stop } = page()
  await vi.waitFor(() => expect(server.readings).toBe(1))
  answer()
  await vi.waitFor(() => expect(shown()).toBe('before'))
  server.value = 'after'
  const again = refresh('meetings.')
  await vi.waitFor(() => expect(server.readings).toBe(2))
  answer()
  await again
  expect([shown(), server.readings]).toEqual(['after', 2])
  stop()
})
