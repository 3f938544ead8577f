import { act, screen, within } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { asStaff, openPart } from '../../../platform/testing/screen.tsx'
import { CallSession } from '../call-session.ts'
import type { CallParticipant, CallSnapshot } from '../transport/call-transport.ts'
import { CallTiles } from './call-tiles.tsx'

beforeEach(() => {
  asStaff('call.join')
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: Object.assign(new EventTarget(), { enumerateDevices: async () => [] }),
  })
  HTMLMediaElement.prototype.play = async () => undefined
  // a desk: the drawn page has no sizes of its own here
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1300 })
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 })
  vi.stubGlobal('ResizeObserver', MeasuresAtOnce)
})

class MeasuresAtOnce {
  readonly #measured: () => void
  constructor(measured: () => void) {
    this.#measured = measured
  }
  observe = () => this.#measured()
  disconnect = () => undefined
}

const person = (n: number, over: Partial<CallParticipant> = {}): CallParticipant => ({
  key: `key${n}`,
  personId: `person${n}`,
  name: `Người ${n}`,
  role: 'nurse',
  stream: new MediaStream(),
  microphone: true,
  camera: true,
  audioLevel: 0,
  quality: 'good',
  state: 'connected',
  pictures: [],
  guest: false,
  ...over,
})
const people = (count: number, over: Record<number, Partial<CallParticipant>> = {}) =>
  Array.from({ length: count }, (_, n) => person(n, over[n]))

/** A session that stands in a room of these people. */
class Standing extends CallSession {
  #call: CallSnapshot
  readonly #told = new Set<() => void>()
  constructor(participants: readonly CallParticipant[]) {
    super('visit')
    this.#call = callOf(participants)
    Object.assign(this, {
      snapshot: () => ({ phase: 'inside' as const, call: this.#call, refusal: null }),
      subscribe: (listener: () => void) => {
        this.#told.add(listener)
        return () => this.#told.delete(listener)
      },
    })
  }
  become(participants: readonly CallParticipant[]): void {
    this.#call = callOf(participants)
    for (const listener of this.#told) listener()
  }
}

const callOf = (participants: readonly CallParticipant[]) =>
  ({ state: 'connected', microphone: true, camera: true, participants }) as CallSnapshot

function draw(participants: readonly CallParticipant[], onPeople = () => undefined) {
  const session = new Standing(participants)
  const tiles = () => <CallTiles session={session} call={callOf(participants)} name="Mai" onPeople={onPeople} />
  return { session, user: openPart(tiles()) }
}

const shown = () => [...document.querySelectorAll('[data-person]')].map((tile) => tile.getAttribute('data-person'))
const voices = () => document.querySelectorAll('audio').length

const inGrid = () => document.querySelectorAll('[data-layout] figure').length

it.each([1, 2])('a room of %i others: each has a tile and a voice, we lie small in the corner', (count) => {
  draw(people(count))
  expect(shown()).toHaveLength(count)
  expect(inGrid()).toBe(count)
  expect(voices()).toBe(count)
  expect(screen.queryByText(/người khác/)).toBeNull()
})

it('with three tiles ours is the fourth of the grid, and covers nobody', () => {
  const camera = { key: 'key1#camera:1:', kind: 'camera', label: 'Camera phòng', stream: new MediaStream() } as const
  draw(people(2, { 1: { pictures: [camera] } }))
  expect(inGrid()).toBe(4)
  expect(document.querySelectorAll('figure')).toHaveLength(4)
})

it.each([
  ['beside a panel on a phone so little is left that we are not drawn', 160, 2, 2],
  ['in narrow tiles we are one of them', 300, 3, 3],
])('%s', (_, height, grid, all) => {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 344 })
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => height })
  draw(people(2))
  expect(inGrid()).toBe(grid)
  expect(document.querySelectorAll('figure')).toHaveLength(all)
})

it('a link that bears little takes one moving picture, everybody keeps a tile', () => {
  const session = new Standing(people(4))
  const call = { ...callOf(people(4)), link: { receiving: 'still' } } as CallSnapshot
  openPart(<CallTiles session={session} call={call} name="Mai" onPeople={() => undefined} />)
  expect(shown()).toHaveLength(4)
  expect(document.querySelectorAll('figure[data-person] video')).toHaveLength(1)
  expect(screen.getAllByText('Tạm ẩn hình cho nhẹ')).toHaveLength(3)
})

it('nine people in all: nine tiles, ours among them', () => {
  draw(people(8))
  expect(shown()).toHaveLength(8)
  expect(document.querySelectorAll('figure')).toHaveLength(9)
})

it('forty others: eight and we are shown, all forty are heard, and the rest is one tap away', async () => {
  const onPeople = vi.fn<() => undefined>()
  const { user } = draw(people(40), onPeople)
  expect(document.querySelectorAll('figure')).toHaveLength(9)
  expect(voices()).toBe(40)
  await user.click(screen.getByRole('button', { name: 'và 32 người khác' }))
  expect(onPeople).toHaveBeenCalledOnce()
})

it('what somebody shows is large with its label, their face stays beside it', () => {
  const shownScreen = { key: 'key1#screen:1:', kind: 'screen', label: '', stream: new MediaStream() } as const
  draw(people(3, { 1: { pictures: [shownScreen] } }))
  expect(document.querySelector('[data-layout="focus"]')).not.toBeNull()
  const tile = document.querySelector('[data-picture="screen"]')
  expect(within(tile as HTMLElement).getByText('Màn hình')).toBeVisible()
  expect(shown()).toContain('person1')
})

it('a second camera can be kept large, and let go', async () => {
  const scope = {
    key: 'key0#camera:1:Camera soi da',
    kind: 'camera',
    label: 'Camera soi da',
    stream: new MediaStream(),
  }
  const { user } = draw(people(2, { 0: { pictures: [scope as NonNullable<CallParticipant['pictures']>[number]] } }))
  const pin = screen.getByRole('button', { name: 'Giữ to hình: Camera soi da' })
  expect(document.querySelector('[data-layout="grid"]')).not.toBeNull()
  await user.click(pin)
  expect(document.querySelector('[data-layout="focus"]')).not.toBeNull()
  await user.click(screen.getByRole('button', { name: 'Giữ to hình: Camera soi da', pressed: true }))
  expect(document.querySelector('[data-layout="grid"]')).not.toBeNull()
})

it('who speaks comes onto the stage in the place of one who is silent', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const { session } = draw(people(40))
  expect(shown()).not.toContain('person30')
  for (let look = 0; look < 4; look += 1) {
    vi.setSystemTime(Date.now() + 500)
    act(() => session.become(people(40, { 30: { audioLevel: 0.5 } })))
  }
  expect(shown()).toContain('person30')
  vi.useRealTimers()
})
