import type { VisitView } from '@moinha/contracts/calls'
import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { acknowledge, said, say } from '../../../platform/testing/live-line.ts'
import { ids, openPart } from '../../../platform/testing/screen.tsx'
import type { CallSession } from '../call-session.ts'
import { StillPanel } from '../panels/still-panel.tsx'
import { roomPanels } from '../parts/room-panels.ts'
import type { CallParticipant, CallSnapshot } from '../transport/call-transport.ts'
import { StillWishes } from './still-wishes.tsx'

const visitId = ids.thing
const nothing = (): void => undefined

/** A camera that gives no picture: what is asked and said stays the same. */
const broken = { readyState: 'ended' } as MediaStreamTrack

const person = (change: Partial<CallParticipant>): CallParticipant => ({
  key: 'lan:pass',
  personId: ids.other,
  name: 'Y Lan',
  role: 'patient',
  guest: false,
  stream: {} as MediaStream,
  microphone: true,
  camera: true,
  audioLevel: 0,
  quality: 'good',
  state: 'connected',
  pictures: [],
  ...change,
})

const call = (participants: CallParticipant[]): CallSnapshot => ({
  state: 'connected',
  microphone: true,
  camera: true,
  quiet: false,
  lostSince: null,
  participants,
  link: null,
})

const session = {
  media: { snapshot: () => ({ camera: broken }) },
  transport: { extra: { snapshot: () => [{ no: 1, kind: 'camera', label: 'Camera soi da', track: broken }] } },
} as unknown as CallSession

const context = (snapshot: CallSnapshot) => ({ visitId, visit: undefined, session, call: snapshot })
const openPanel = (people: CallParticipant[]) =>
  openPart(<StillPanel context={context(call(people))} onClose={nothing} />)
const wish = (change: object = {}) => ({
  visitId,
  stillId: ids.other,
  personId: ids.me,
  camera: null,
  from: 'page-of-the-nurse',
  byName: 'Trần Thị Mai',
  byHost: true,
  ...change,
})

beforeEach(() => liveSocket())

it('lists our cameras and those of the others, no screen and no guest', () => {
  const stream = {} as MediaStream
  const pictures = [
    { key: 'lan:pass#camera:2:Camera phòng', kind: 'camera' as const, label: 'Camera phòng', stream },
    { key: 'lan:pass#screen:3:', kind: 'screen' as const, label: '', stream },
  ]
  openPanel([person({ pictures }), person({ key: 'guest', name: 'Khách', guest: true })])
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
    'Chụp ảnh: Bạn, Camera',
    'Chụp ảnh: Bạn, Camera soi da',
    'Chụp ảnh: Y Lan, Camera',
    'Chụp ảnh: Y Lan, Camera phòng',
  ])
})

it('another page is asked once, and what became of it is said', async () => {
  acknowledge('call:still', () => ({ ok: true, pages: 1 }))
  const user = openPanel([person({})])
  await user.dblClick(screen.getByRole('button', { name: 'Chụp ảnh: Y Lan, Camera' }))
  expect(await screen.findByText(/Đã hỏi máy bên kia/)).toBeVisible()
  const [asked, ...more] = said('call:still') as { stillId: string }[]
  expect(more).toEqual([])
  expect(asked).toMatchObject({ visitId, personId: ids.other, camera: null })
  say('call:still-answer', { visitId, stillId: ids.me, outcome: 'taken' })
  say('call:still-answer', { visitId, stillId: asked?.stillId, outcome: 'refused' })
  expect(await screen.findByText('Bên kia không đồng ý chụp.')).toBeVisible()
})

it('of two pages of a person one without a camera does not answer for the other; a refusal of the server is said', async () => {
  acknowledge('call:still', () => ({ ok: true, pages: 2 }))
  const user = openPanel([person({})])
  const button = screen.getByRole('button', { name: 'Chụp ảnh: Y Lan, Camera' })
  await user.click(button)
  await waitFor(() => expect(said('call:still')).toHaveLength(1))
  const [{ stillId } = { stillId: '' }] = said('call:still') as { stillId: string }[]
  say('call:still-answer', { visitId, stillId, outcome: 'no_camera' })
  expect(screen.getByText(/Đã hỏi máy bên kia/)).toBeVisible()
  say('call:still-answer', { visitId, stillId, outcome: 'taken' })
  expect(await screen.findByText(/^Đã chụp\./)).toBeVisible()
  acknowledge('call:still', () => ({ ok: false, code: 'MEMBER_UNKNOWN' }))
  await user.click(button)
  expect(await screen.findByText('Người này không có trong cuộc gọi.')).toBeVisible()
})

it('whose camera is asked reads who asks, and may say no: nothing is taken', async () => {
  const user = openPart(<StillWishes visitId={visitId} session={session} mayRefuse />)
  say('call:still', wish({ visitId: ids.me }))
  expect(screen.queryByRole('button')).toBeNull()
  say('call:still', wish())
  await screen.findByRole('dialog')
  expect(screen.getByText('Trần Thị Mai muốn chụp một ảnh từ camera của bạn')).toBeVisible()
  await user.click(screen.getAllByText('Không chụp').at(-1) as HTMLElement)
  expect(await screen.findByText('Không chụp ảnh nào.')).toBeVisible()
  const answer = { visitId, stillId: ids.other, to: 'page-of-the-nurse', outcome: 'refused' }
  await waitFor(() => expect(said('call:still-answer')).toEqual([answer]))
})

it('who says nothing for twenty seconds has not agreed; a camera that is none says so', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  openPart(<StillWishes visitId={visitId} session={session} mayRefuse />)
  say('call:still', wish())
  await screen.findByRole('dialog')
  await vi.advanceTimersByTimeAsync(18_000)
  expect(screen.getByRole('dialog')).toBeVisible()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await screen.findByText('Không chụp ảnh nào.')).toBeVisible()
  vi.useRealTimers()
  const outcomes = () => (said('call:still-answer') as { outcome: string }[]).map(({ outcome }) => outcome)
  expect(outcomes()).toEqual(['refused'])
  say('call:still', wish({ stillId: ids.me, camera: 'camera:9:Camera phòng' }))
  await waitFor(() => expect(outcomes()).toEqual(['refused', 'no_camera']))
})

it('who leads is told, without a question', async () => {
  openPart(<StillWishes visitId={visitId} session={session} mayRefuse={false} />)
  say('call:still', wish({ camera: 'camera:1:Camera soi da' }))
  expect(await screen.findByText('Camera không chụp được.')).toBeVisible()
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('who leads is asked too where a specialist wishes it', async () => {
  openPart(<StillWishes visitId={visitId} session={session} mayRefuse={false} />)
  say('call:still', wish({ byHost: false }))
  expect(await screen.findByRole('dialog')).toBeVisible()
})

it('stands in the menu of who leads a visit and of the specialist called in, and of nobody else', () => {
  const panel = roomPanels.find(({ code }) => code === 'still')
  const shown = (change: Partial<VisitView>) =>
    panel?.shown({ ...context(call([])), visit: { ...visit, ...change } as VisitView })
  const visit = { kind: 'consult', mayFinish: true, self: ids.me, members: [] as VisitView['members'] }
  const calledIn = (role: string) => ({
    mayFinish: false,
    members: [{ personId: ids.me, role }] as VisitView['members'],
  })
  const changes = [{}, calledIn('specialist'), calledIn('doctor'), { kind: 'meeting' }]
  expect(changes.map(shown)).toEqual([true, true, false, false])
})
