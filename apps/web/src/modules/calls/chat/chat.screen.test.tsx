import type { Message, NewMessage } from '@moinha/contracts/calls'
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { newId } from '../../../platform/api/index.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { CallStage } from '../parts/call-stage.tsx'

let visitId = ''
let written: Message[] = []

const messageOf = (sent: NewMessage, mine: boolean): Message => ({
  id: sent.id,
  kind: sent.kind,
  text: sent.kind === 'text' ? sent.text : '',
  author: { personId: ids.other, name: mine ? 'Trần Thị Mai' : 'A Rin', role: mine ? 'nurse' : 'doctor' },
  mine,
  at: new Date().toISOString(),
  seconds: null,
  doneAt: null,
})

/** As the server: what was taken stands in the list, once. */
function takeMessages(): void {
  answer('calls.sendMessage', ({ body }) => {
    const message = messageOf(body, true)
    if (!written.some(({ id }) => id === message.id)) written = [message, ...written]
    return message
  })
}

beforeEach(async () => {
  written = []
  visitId = newId()
  await liveSocket()
  asStaff('call.join')
  answerVisit(1)
  answer('calls.listMessages', () => ({ items: written, next: null, now: 'mark', gone: null }))
  answer('calls.showPhones', { phones: [{ kind: 'patient', name: 'Y Lan', phone: '+84912345678' }] })
  takeMessages()
})

function answerVisit(members: number): void {
  answer('calls.getVisit', {
    visitId,
    kind: 'consult',
    openedAt: '2026-11-25T01:00:00.000Z',
    finishedAt: null,
    mayFinish: false,
    self: ids.me,
    lobby: false,
    waits: false,
    floorClosed: false,
    presenter: null,
    members: Array.from({ length: members }, (_, no) => ({
      personId: no === 0 ? ids.other : newId(),
      name: 'A Rin',
      role: 'doctor',
      mayFinish: false,
      mediaRole: 'speaker' as const,
      present: true,
      handRaisedAt: null,
    })),
  })
}

async function openChat() {
  const user = openPart(<CallStage visitId={visitId} displayName="Trần Thị Mai" />)
  await user.click(await screen.findByRole('button', { name: 'Nhắn tin' }))
  await screen.findByRole('region', { name: 'Nhắn tin' })
  return user
}
const box = () => screen.findByRole('textbox', { name: 'Viết tin nhắn' })
const list = () => screen.getByRole('list', { name: 'Tin nhắn của cuộc gọi' })

/** Somebody writes, and the server says so. */
function hear(text: string): void {
  written = [messageOf({ id: newId(), kind: 'text', text }, false), ...written]
  say('call:message', { visitId })
}
const reads = () => sentTo('calls.listMessages').length

it('a line is read once by a page, at once in a small room', async () => {
  await openChat()
  await screen.findByText(/Chưa có tin nhắn nào/)
  const before = reads()
  hear('Chị ơi')
  expect(await within(list()).findByText('Chị ơi')).toBeVisible()
  expect(reads() - before).toBe(1)
})

it('in a room of a hundred lines are gathered into one read, a moment later', async () => {
  answerVisit(100)
  await openChat()
  await screen.findByText(/Chưa có tin nhắn nào/)
  const before = reads()
  hear('Một')
  hear('Hai')
  await new Promise((done) => setTimeout(done, 300))
  expect(reads() - before).toBe(0)
  hear('Ba')
  expect(await within(list()).findByText('Ba', {}, { timeout: 2_500 })).toBeVisible()
  expect(reads() - before).toBe(1)
})

it('what stood there when the page opened is no news, only counted', async () => {
  written = [messageOf({ id: ids.other, kind: 'text', text: 'Chị ơi' }, false)]
  openPart(<CallStage visitId={visitId} displayName="Trần Thị Mai" />)
  expect(await screen.findByRole('button', { name: 'Nhắn tin 1 mục chưa xem' })).toBeVisible()
  expect(screen.queryByText('Tin nhắn mới từ A Rin')).toBeNull()
})

it('is there before the call: written, sent with the keyboard, and nothing in it is a link or a tag', async () => {
  const user = await openChat()
  expect(await screen.findByText(/Chưa có tin nhắn nào/)).toBeVisible()
  await user.type(await box(), 'Xem http://x.vn <b>nhé</b>')
  await user.tab()
  expect(screen.getByRole('button', { name: 'Gửi' })).toHaveFocus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(within(list()).getByText('Xem http://x.vn <b>nhé</b>')).toBeVisible())
  expect(within(list()).queryByRole('link')).toBeNull()
  expect(await box()).toHaveValue('')
})

it('the line is cut: said on the message, which goes once by itself when the line is back', async () => {
  const user = await openChat()
  await screen.findByText(/Chưa có tin nhắn nào/)
  cutNetwork()
  await user.type(await box(), 'Em nghe không rõ')
  await user.click(screen.getByRole('button', { name: 'Gửi' }))
  expect(await screen.findByText('Chưa gửi. Có mạng sẽ tự gửi.', {}, { timeout: 4000 })).toBeVisible()
  mendNetwork()
  window.dispatchEvent(new Event('online'))
  await waitFor(() => expect(screen.queryByText('Chưa gửi. Có mạng sẽ tự gửi.')).toBeNull())
  await waitFor(() => expect(within(list()).getAllByText('Em nghe không rõ')).toHaveLength(1))
  expect(new Set(sentTo('calls.sendMessage').map(({ body }) => body.id)).size).toBe(1)
})

it('two taps send once; what is typed meanwhile stays', async () => {
  const user = await openChat()
  const sending = hold('calls.sendMessage')
  await user.type(await box(), 'Một')
  await user.dblClick(screen.getByRole('button', { name: 'Gửi' }))
  await user.type(await box(), 'Hai')
  sending.letGo()
  await waitFor(() => expect(screen.queryByText('Đang gửi…')).toBeNull())
  expect(sentTo('calls.sendMessage')).toHaveLength(1)
  expect(await box()).toHaveValue('Hai')
})

it('refused: said why, and its text goes back to where it was typed', async () => {
  refuse('calls.sendMessage', 'VISIT_FINISHED')
  const user = await openChat()
  await user.type(await box(), 'Còn một câu')
  await user.click(screen.getByRole('button', { name: 'Gửi' }))
  expect(await screen.findByText(/Cuộc gọi này đã kết thúc/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Sửa lại' }))
  expect(await box()).toHaveValue('Còn một câu')
})

it('a megabyte of text is not sent, is told, and stays', async () => {
  const user = await openChat()
  const text = 'a'.repeat(1_000_000)
  ;(await box()).focus()
  await user.paste(text)
  expect(await screen.findByRole('alert')).toHaveTextContent('Tin dài 1.000.000 chữ, tối đa 4.000.')
  expect(screen.getByRole('button', { name: 'Gửi' })).toBeDisabled()
  expect(await box()).toHaveValue(text)
  expect(sentTo('calls.sendMessage')).toHaveLength(0)
})

it('somebody writes while the panel is closed: told once, and counted at the button until it is opened', async () => {
  const user = openPart(<CallStage visitId={visitId} displayName="Trần Thị Mai" />)
  await screen.findByRole('button', { name: 'Nhắn tin' })
  await waitFor(() => expect(sentTo('calls.listMessages').length).toBeGreaterThan(0))
  written = [messageOf({ id: ids.other, kind: 'text', text: 'Chị ơi' }, false)]
  expect(screen.queryByText('Tin nhắn mới từ A Rin')).toBeNull()
  say('call:message', { visitId })
  expect(await screen.findByText('Tin nhắn mới từ A Rin')).toBeVisible()
  await user.click(await screen.findByRole('button', { name: 'Nhắn tin 1 mục chưa xem' }))
  expect(await screen.findByText('Chị ơi')).toBeVisible()
  expect(await screen.findByRole('button', { name: 'Nhắn tin' })).toHaveAttribute('aria-expanded', 'true')
})

it('by telephone: the numbers that may be shown, and one wish to be called that stays until settled', async () => {
  const user = openPart(<CallStage visitId={visitId} displayName="Trần Thị Mai" />)
  await user.click(await screen.findByRole('button', { name: 'Gọi điện thoại' }))
  const number = await screen.findByRole('link', { name: /091 234 5678/ })
  expect(number).toHaveAttribute('href', 'tel:+84912345678')
  await user.click(screen.getByRole('button', { name: 'Nhờ gọi lại cho tôi' }))
  expect(await screen.findByText('Đã báo cho người bên kia')).toBeVisible()
  expect(sentTo('calls.sendMessage')[0]?.body.kind).toBe('call_back')
  answer('calls.settleCallBack', ({ params }) => {
    written = written.map((one) => ({ ...one, doneAt: new Date().toISOString() }))
    return { ...(written[0] as Message), id: params['messageId'] ?? '' }
  })
  await user.click(screen.getByRole('button', { name: 'Không cần nữa' }))
  expect(await screen.findByRole('button', { name: 'Nhờ gọi lại cho tôi' })).toBeVisible()
})
