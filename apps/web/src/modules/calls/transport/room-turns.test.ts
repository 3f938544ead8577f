import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { RoomTurns } from './room-turns.ts'

it('goes on in the next room while a room that is gone still hangs; in one room everything has its turn', async () => {
  const turns = new RoomTurns()
  const [gone, next] = [{}, {}]
  const done: string[] = []
  let answer = (): void => undefined
  turns.take(gone, () => new Promise((resolve) => (answer = resolve)))
  turns.take(gone, async () => void done.push('after the answer'))
  turns.take(next, () => Promise.reject(new Error('refused')))
  turns.take(next, async () => void done.push('next room'))
  await nextTurn()
  expect(done).toEqual(['next room'])
  answer()
  await nextTurn()
  expect(done).toEqual(['next room', 'after the answer'])
})
