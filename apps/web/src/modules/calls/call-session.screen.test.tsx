import type { VisitView } from '@moinha/contracts/calls'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { liveSocket } from '../../platform/realtime/index.ts'
import { acknowledge, said, say } from '../../platform/testing/live-line.ts'
import { ids } from '../../platform/testing/screen.tsx'
import { answer } from '../../platform/testing/wire.ts'
import { CallSession } from './call-session.ts'

const visitId = ids.thing
const admit = { ok: true, personId: ids.me, participants: [] }
const NOTE = 'moinha.call.inside'
const microphones: { readyState: string }[] = []

beforeEach(async () => {
  await liveSocket()
  const getUserMedia = async () => {
    const rest = { enabled: true, readyState: 'live', stop: () => void (track.readyState = 'ended') }
    const track = Object.assign(new EventTarget(), rest)
    microphones.push(track)
    return { getTracks: () => [track] }
  }
  const media = Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: async () => [] })
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: media })
  answer('calls.issueTicket', { visitId, transport: 'mesh', iceServers: [], peerLimit: 4 })
  acknowledge('call:enter', () => admit)
})
afterEach(() => void microphones.splice(0))

/** The room's answer waits until the test lets it go. */
function atTheDoor() {
  const gate = Promise.withResolvers<unknown>()
  acknowledge('call:enter', () => gate.promise)
  return { admit: () => gate.resolve(admit) }
}

function newSession(): CallSession {
  const session = new CallSession(visitId)
  session.signs.seed({ self: ids.me, members: [], presenter: null, floorClosed: false } as unknown as VisitView)
  return session
}

/** Does this page think that it is inside? It would note so when it goes away. */
function notesItself(): boolean {
  sessionStorage.removeItem(NOTE)
  window.dispatchEvent(new Event('pagehide'))
  return sessionStorage.getItem(NOTE) !== null
}

async function goingIn() {
  const door = atTheDoor()
  const session = newSession()
  const joining = session.join({ picture: false })
  await vi.waitFor(() => expect(said('call:enter')).toHaveLength(1))
  return {
    session,
    admit: async () => {
      door.admit()
      await joining
    },
  }
}

it('a page that goes away while it is let in is out again, and leaves nothing behind', async () => {
  const { session, admit } = await goingIn()
  session.close()
  const before = said('call:leave').length
  await admit()
  expect(said('call:leave')).toHaveLength(before + 1)
  expect(notesItself()).toBe(false)
  expect(microphones).toMatchObject([{ readyState: 'ended' }])
})

it('a visit that is finished while somebody is let in stays finished', async () => {
  const { session, admit } = await goingIn()
  session.finish()
  await admit()
  expect(session.snapshot()).toMatchObject({ phase: 'finished', call: null })
  expect(notesItself()).toBe(false)
  session.close()
})

it('closed while the microphone opens: it is given back, and nobody knocks', async () => {
  const session = newSession()
  const joining = session.join({ picture: false })
  session.close()
  await joining
  expect(microphones).toMatchObject([{ readyState: 'ended' }])
  expect(said('call:enter')).toEqual([])
})

it('refused when the room goes over to the other engine: in the lobby, and no longer taken to be inside', async () => {
  const session = newSession()
  await session.join({ picture: false })
  expect([session.snapshot().phase, notesItself()]).toEqual(['inside', true])
  const codes = ['CALL_ENGINE_CHANGED', 'CALL_FULL']
  acknowledge('call:enter', () => ({ ok: false, code: codes.shift() }))
  say('disconnect')
  say('connect')
  await vi.waitFor(() => expect(session.snapshot()).toMatchObject({ phase: 'lobby', refusal: 'CALL_FULL' }))
  expect(notesItself()).toBe(false)
  session.close()
})
