import { expect, it } from 'vitest'
import { readTogether } from './read-together.ts'

/** A read whose answers wait until they are let go. */
function held() {
  const asked: {
    keys: readonly string[]
    answer: (value: Map<string, number>) => void
    fail: (error: Error) => void
  }[] = []
  const read = (keys: readonly string[]) =>
    new Promise<Map<string, number>>((answer, fail) => void asked.push({ keys, answer, fail }))
  return { asked, read }
}
const turn = () => new Promise((done) => setImmediate(done))

it('asks once for all who come while a question is under way, and never answers from an earlier one', async () => {
  const { asked, read } = held()
  const ask = readTogether(1, read)
  const first = ask('a')
  await turn()
  const later = [ask('a'), ask('b'), ask('a')]
  await turn()
  expect(asked.map(({ keys }) => keys)).toEqual([['a']])
  asked[0]?.answer(new Map([['a', 1]]))
  expect(await first).toBe(1)
  await turn()
  expect(asked[1]?.keys).toEqual(['a', 'b'])
  asked[1]?.answer(new Map([['a', 2]]))
  expect(await Promise.all(later)).toEqual([2, undefined, 2])
})

it('goes on after a question failed', async () => {
  const { asked, read } = held()
  const ask = readTogether(1, read)
  const lost = ask('a')
  await turn()
  asked[0]?.fail(new Error('gone'))
  await expect(lost).rejects.toThrow('gone')
  const again = ask('a')
  await turn()
  asked[1]?.answer(new Map([['a', 3]]))
  expect(await again).toBe(3)
})

it('keeps as many questions under way as it has lanes', async () => {
  const { asked, read } = held()
  const ask = readTogether(2, read)
  void ask('a')
  await turn()
  void ask('b')
  await turn()
  void ask('c')
  await turn()
  expect(asked.map(({ keys }) => keys)).toEqual([['a'], ['b']])
})
