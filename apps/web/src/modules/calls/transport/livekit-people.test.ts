import type { Participant } from '@moinha/contracts/calls'
import { beforeEach, describe, expect, it, vi } from 'vitest'
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
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  return () => vi.useRealTimers()
})

const [phone, desk] = [on('phone'), on('desk')]

/** The media server lists these devices of the person; `phone/2`: on another connection. */
function listing(...devices: string[]): Room {
  const remote = devices.map((device) => {
    const identity = `${mai}:${device.split('/')[0] ?? ''}`
    const tracks = { trackPublications: new Map(), audioTrackPublications: new Map() }
    const sid = device.split('/')[1] ?? `connection of ${device}`
    return [identity, { identity, sid, isActive: true, connectionQuality: 'good', ...tracks }] as const
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

  expect(people.left(phone, 'left')).toBeNull()
  people.follow(listing('desk'))
  people.look(new Map(), true)
  expect([shown(), people.sockets()]).toEqual([['desk'], ['line of desk']])

  // the media server is away for a moment: who is still in keeps the tile
  people.follow(null)
  expect(shown()).toEqual(['desk'])
  people.follow(listing('desk'))

  expect(people.left(desk, 'left')).toBe('Trần Thị Mai')
  people.follow(listing())
  expect([shown(), people.sockets()]).toEqual([[], []])
  expect(people.joined(desk)).toBe(true)
})

it('a device that came back on another line is not taken out by the end of its old one', () => {
  const { people } = inOnBoth()
  expect(people.left(desk, 'left')).toBeNull()
  expect(people.left(phone, 'dropped')).toBeNull()
  expect(people.sockets()).toEqual([])
  expect(people.joined(on('phone', 'second line'))).toBe(false)
  expect(people.left(phone, 'dropped')).toBeNull()
  expect(people.sockets()).toEqual(['second line'])
})

it('after a lost line of ours those who went meanwhile are no longer spoken to', () => {
  const { people } = inOnBoth()
  people.inRoom([desk])
  expect(people.sockets()).toEqual(['line of desk'])
})

describe('who was shown out or has gone is off the screen', () => {
  type People = LivekitPeople
  /** The words of one end, each at its time; who goes is on the phone alone. */
  const words = {
    left: (people: People) => people.left({ ...phone, name: '' }, 'left'),
    dropped: (people: People) => people.left(phone, 'dropped'),
    'off the list': (people: People) => {
      people.wentFromMedia(`${mai}:phone`)
      people.follow(listing())
      return null
    },
    'off the list without a reason': (people: People) => {
      people.follow(listing())
      return null
    },
  }
  type Word = keyof typeof words

  function inRoom() {
    const people = new LivekitPeople()
    people.joined(phone)
    people.follow(listing('phone'))
    people.look(new Map(), true)
    return people
  }
  /** A look every half second, as the line takes it, with what the media server lists. */
  function pass(people: People, ms: number, room: Room) {
    for (let passed = 0; passed < ms; passed += 500) {
      vi.advanceTimersByTime(500)
      people.look(new Map(), true)
      people.follow(room)
    }
  }

  const orders: Word[][] = [
    ['left', 'off the list'],
    ['off the list', 'left'],
    ['left', 'off the list without a reason'],
    ['off the list without a reason', 'left'],
    ['left', 'dropped', 'off the list'],
    ['dropped', 'left', 'off the list'],
    ['dropped', 'off the list', 'left'],
    ['off the list', 'dropped', 'left'],
    ['off the list', 'left', 'dropped'],
    ['left', 'off the list', 'dropped'],
    ['dropped', 'off the list'],
    ['off the list', 'dropped'],
    ['off the list'],
    ['left'],
  ]
  it.each(orders.map((order) => ({ order })))('$order', ({ order }) => {
    for (const gap of [0, 500]) {
      const people = inRoom()
      let room = listing('phone')
      const said = order.flatMap((word) => {
        if (word.startsWith('off')) room = listing()
        const name = words[word](people)
        pass(people, gap, room)
        return name ?? []
      })
      pass(people, 1_500, room)
      expect(people.list(true)).toEqual([])
      // said once, and by the name that those in the room know
      expect(said).toEqual(order.includes('left') ? ['Trần Thị Mai'] : [])
      pass(people, 6_000, room)
      expect(people.list(true)).toEqual([])
    }
  })

  it('a line that breaks without a word is waited for, and a second connection is back at once', () => {
    const people = inRoom()
    words.dropped(people)
    pass(people, 3_000, listing())
    expect(people.list(true)).toMatchObject([{ state: 'returning' }])
    people.wentFromMedia(`${mai}:phone`)
    people.follow(listing('phone/2'))
    pass(people, 3_000, listing('phone/2'))
    expect(people.list(true)).toHaveLength(1)
  })

  it('whom the media server goes on listing long after is shown: nobody listens unseen', () => {
    const people = inRoom()
    words.left(people)
    pass(people, 9_000, listing('phone'))
    expect(people.list(true)).toEqual([])
    pass(people, 1_500, listing('phone'))
    expect(people.list(true)).toHaveLength(1)
  })
})
