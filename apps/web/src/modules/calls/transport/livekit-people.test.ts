import type { Participant } from '@moinha/contracts/calls'
import { expect, it, vi } from 'vitest'
import { LivekitPeople } from './livekit-people.ts'

// node has none; these people neither speak nor show anything
vi.hoisted(() =>
  vi.stubGlobal(
    'MediaStream',
    class {
      readonly getTracks = (): never[] => []
    },
  ),
)

const mai = '01920000-0000-7000-8000-000000000001'

type Room = Parameters<LivekitPeople['follow']>[0]

/** One device of somebody, on its present line. */
const on = (device: string, socketId = `line of ${device}`): Participant => ({
  socketId,
  peer: mai,
  device,
  personId: mai,
  name: 'Trần Thị Mai',
  role: 'nurse',
  transport: 'livekit',
})
const [phone, desk] = [on('phone'), on('desk')]

/** The media server lists these devices of the person. */
function listing(...devices: string[]): Room {
  const remote = devices.map((device) => {
    const identity = `${mai}:${device}`
    const tracks = { trackPublications: new Map(), audioTrackPublications: new Map() }
    return [identity, { identity, isActive: true, connectionQuality: 'good', ...tracks }] as const
  })
  return { remoteParticipants: new Map(remote) } as unknown as Room
}

function inOnBoth() {
  const people = new LivekitPeople()
  const entered = [phone, desk].map((device) => people.joined(device))
  people.follow(listing('phone', 'desk'))
  return { people, entered, shown: () => people.list(true).map(({ key }) => key.split(':')[1]) }
}

it('in on two devices: one that goes says nothing, and the other keeps its tile; the last one has gone', () => {
  const { people, entered, shown } = inOnBoth()
  expect(entered).toEqual([true, false])
  expect(people.sockets()).toEqual(['line of phone', 'line of desk'])

  expect(people.left(phone, 'left')).toBe(false)
  people.follow(listing('desk'))
  people.look(new Map(), true)
  expect([shown(), people.sockets()]).toEqual([['desk'], ['line of desk']])

  // the media server is away for a moment: who is still in keeps the tile
  people.follow(null)
  expect(shown()).toEqual(['desk'])
  people.follow(listing('desk'))

  expect(people.left(desk, 'left')).toBe(true)
  people.follow(listing())
  expect([shown(), people.sockets()]).toEqual([[], []])
  expect(people.joined(desk)).toBe(true)
})

it('a device that came back on another line is not taken out by the end of its old one', () => {
  const { people } = inOnBoth()
  expect(people.left(desk, 'left')).toBe(false)
  expect(people.left(phone, 'dropped')).toBe(false)
  expect(people.sockets()).toEqual([])
  expect(people.joined(on('phone', 'second line'))).toBe(false)
  expect(people.left(phone, 'dropped')).toBe(false)
  expect(people.sockets()).toEqual(['second line'])
})

it('after a lost line of ours those who went meanwhile are no longer spoken to', () => {
  const { people } = inOnBoth()
  people.inRoom([desk])
  expect(people.sockets()).toEqual(['line of desk'])
})
