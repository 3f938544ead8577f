import { expect, it } from 'vitest'
import { newPresence, type PersonReading, stepPresence } from './presence.ts'

const there: PersonReading = { heard: 0, speaks: true, listed: true, hinted: false }

/** One person watched twice a second. */
function watch() {
  let at = 5_000_000
  let presence = newPresence(at)
  let heard = 0
  const said: string[] = []
  return {
    said: () => said.splice(0),
    state: () => presence.state,
    lostSince: () => presence.lostSince,
    now: () => at,
    pass(ms: number, flows: boolean, reading: Partial<PersonReading> = {}, ownLink = true) {
      for (const end = at + ms; at < end;) {
        at += 500
        if (flows) heard += 10
        const step = stepPresence(presence, { ...there, ...reading, heard }, { at, ownLink })
        presence = step.presence
        if (step.say !== null) said.push(step.say)
      }
    },
  }
}

it('whose voice stops arriving is shown as returning within three seconds, and as away after the grace', () => {
  const person = watch()
  person.pass(3_000, true)
  const cut = person.now()
  person.pass(2_500, false)
  expect(person.state()).toBe('returning')
  expect(person.lostSince()).toBe(cut)
  person.pass(15_000, false)
  expect(person.state()).toBe('returning')
  person.pass(5_000, false)
  expect(person.state()).toBe('away')
  person.pass(500, true)
  expect(person.state()).toBe('connected')
})

it('whom the media server put out, but who did not leave, is returning at once', () => {
  const person = watch()
  person.pass(1_000, true)
  person.pass(500, false, { listed: false })
  expect(person.state()).toBe('returning')
})

it('who is silent by choice is not lost, unless somebody says so', () => {
  const person = watch()
  person.pass(60_000, false, { speaks: false })
  expect(person.state()).toBe('connected')
  person.pass(500, false, { speaks: false, hinted: true })
  expect(person.state()).toBe('returning')
})

it('while media flows, a broken line to our own server is no loss', () => {
  const person = watch()
  person.pass(10_000, true, { hinted: true })
  expect(person.state()).toBe('connected')
})

it('nothing is said about others while our own line is down, nor right after', () => {
  const person = watch()
  person.pass(3_000, true)
  person.pass(60_000, false, {}, false)
  expect(person.state()).toBe('connected')
  person.pass(1_500, false)
  expect(person.state()).toBe('connected')
})

it('loss and return are said once each, and a flapping link is not read aloud', () => {
  const person = watch()
  person.pass(3_000, true)
  person.pass(5_000, false)
  expect(person.said()).toEqual(['lost'])
  for (let flaps = 0; flaps < 5; flaps++) {
    person.pass(500, true)
    person.pass(3_000, false)
  }
  expect(person.said()).toEqual([])
  person.pass(4_000, true)
  expect(person.said()).toEqual(['back'])
})

it('a room changed in a blink is not said at all', () => {
  const person = watch()
  person.pass(3_000, true)
  person.pass(1_000, false, { listed: false })
  person.pass(3_000, true)
  expect(person.said()).toEqual([])
})
