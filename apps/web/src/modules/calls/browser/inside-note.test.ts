import { expect, it } from 'vitest'
import { clearInside, type InsideNote, readInside, writeInside } from './inside-note.ts'

function tab() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

const mai = { visitId: 'one', personId: 'mai' }
const note: InsideNote = {
  visitId: 'one',
  personId: 'mai',
  at: 1_000_000,
  picture: true,
  microphone: false,
  listenOnly: false,
  quiet: false,
  ownDevices: 'ask',
}

it('a page loaded anew finds how it was inside, for five minutes and for that visit only', () => {
  const store = tab()
  writeInside(note, store)
  expect(readInside(mai, note.at + 4 * 60_000, store)).toEqual(note)
  expect(readInside(mai, note.at + 5 * 60_000, store)).toBeNull()
  expect(readInside({ ...mai, visitId: 'two' }, note.at, store)).toBeNull()
  clearInside(store)
  expect(readInside(mai, note.at, store)).toBeNull()
})

it('a colleague who opens the same visit in this tab was not inside', () => {
  const store = tab()
  writeInside(note, store)
  expect(readInside({ ...mai, personId: 'thu' }, note.at, store)).toBeNull()
})

it('what is no note, or comes from a clock set back, is none', () => {
  const store = tab()
  store.setItem('moinha.call.inside', '{')
  expect(readInside(mai, note.at, store)).toBeNull()
  writeInside(note, store)
  expect(readInside(mai, note.at - 60_000, store)).toBeNull()
})
