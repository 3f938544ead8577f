import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'

type Program = ReplyOf<'identity.listServiceAccounts'>['items'][number]

const token = `moinha_k7mqx3fh_${'x'.repeat(43)}`
const program: Program = {
  id: ids.thing,
  facilityId: ids.facility,
  facilityName: 'Trạm Y tế Pờ Y',
  name: 'Kho dữ liệu tỉnh',
  role: 'station_nurse',
  scopes: ['roster.read', 'facility.read'],
  prefix: 'moinha_k7mqx3fh',
  createdAt: '2026-11-25T02:00:00.000Z',
  createdByName: 'Trần Thị Mai',
  expiresAt: '2027-02-23T02:00:00.000Z',
  lastUsedAt: null,
  state: 'live',
}
const role = (key: string, scopes: string[], grantable = true) => ({ key, vi: key, en: key, grantable, scopes })

function programs(...items: Program[]): void {
  answer('identity.listServiceAccounts', { items, next: null })
}

beforeEach(() => {
  asStaff('staff.manage', 'facility.read', 'staff.read')
  answer('facilities.unit', {
    id: ids.facility,
    name: 'Trạm Y tế Pờ Y',
    type: 'commune_station',
    parents: [],
    successors: [],
    validFrom: '2020-01-01',
    validTo: null,
    pending: false,
    mayManage: true,
  } as never)
  answer('identity.listRoles', {
    items: [
      role('nurse', ['roster.read', 'facility.read']),
      role('admin', ['roster.read', 'facility.read', 'roster.manage']),
      role('officer', ['report.read'], false),
    ],
  })
  answer('identity.addServiceAccount', { id: ids.thing, prefix: program.prefix, expiresAt: program.expiresAt, token })
  answer('identity.revokeServiceAccount', { done: true })
  programs()
})

const open = () => openScreen(`/work/units/${ids.facility}/programs`)

async function filled() {
  const user = open()
  await user.click(await screen.findByRole('button', { name: 'Tạo mã truy cập' }))
  const dialog = within(screen.getByRole('dialog'))
  await user.type(dialog.getByLabelText('Tên phần mềm'), 'Kho dữ liệu tỉnh')
  await user.click(await dialog.findByLabelText('Xem lịch trực'))
  return { user, dialog, make: dialog.getByRole('button', { name: 'Tạo mã' }) }
}

it('no program yet: said, with the next step', async () => {
  open()
  expect(await screen.findByText('Chưa có phần mềm nào kết nối')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Tạo mã truy cập' })).toBeVisible()
})

it('a program shows what it may do in words, who answers for it, when it was used and when it ends', async () => {
  programs(program, { ...program, id: ids.other, name: 'Cũ', state: 'suspended', lastUsedAt: '2026-11-25T03:00:00Z' })
  open()
  const list = within(await screen.findByRole('list', { name: 'Các mã truy cập, mới nhất trước' }))
  expect(list.getAllByText('Xem lịch trực; Xem cây đơn vị và mạng lưới hỗ trợ')[0]).toBeVisible()
  expect(list.getAllByText('Trần Thị Mai, 25/11/2026')[0]).toBeVisible()
  expect(list.getByText('Chưa dùng lần nào')).toBeVisible()
  expect(list.getByText('Đang dùng được')).toBeVisible()
  expect(list.getByText(/Người tạo mã không còn quyền/)).toBeVisible()
})

it('only what one may give is offered; two taps make one token, under the lowest role that holds it', async () => {
  const { user, dialog, make } = await filled()
  expect(dialog.queryByLabelText('Xem báo cáo')).toBeNull()
  const sending = hold('identity.addServiceAccount')
  await user.dblClick(make)
  sending.letGo()
  expect(await screen.findByText(token)).toBeVisible()
  expect(screen.getByText(/chỉ hiện một lần/)).toBeVisible()
  const sent = sentTo('identity.addServiceAccount')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.body).toMatchObject({ role: 'nurse', scopes: ['roster.read'], days: 90, name: 'Kho dữ liệu tỉnh' })
  await user.click(screen.getByRole('button', { name: 'Chép mã' }))
  expect(await navigator.clipboard.readText()).toBe(token)
  await user.keyboard('{Escape}')
  expect(screen.getByText(token)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Tôi đã cất mã' }))
  expect(screen.queryByText(token)).toBeNull()
})

it('refused: said beside the buttons, and what was chosen stays', async () => {
  const { user, dialog, make } = await filled()
  refuse('identity.addServiceAccount', 'ROLE_ABOVE_YOURS', { status: 403 })
  await user.click(make)
  expect(await dialog.findByRole('alert')).toHaveTextContent('không thể giao vai trò cao hơn')
  expect(dialog.getByLabelText('Tên phần mềm')).toHaveValue('Kho dữ liệu tỉnh')
  expect(dialog.getByLabelText('Xem lịch trực')).toBeChecked()
})

it('an answer that was lost: the same token is asked for, and what cannot be shown again says so', async () => {
  const { user, dialog, make } = await filled()
  cutNetwork()
  await user.click(make)
  expect(await dialog.findByRole('alert')).toHaveTextContent('mất mạng')
  mendNetwork()
  answer('identity.addServiceAccount', { ...program, token: null })
  await user.click(make)
  expect(await screen.findByText(/Hãy thu hồi mã bắt đầu bằng moinha_k7mqx3fh/)).toBeVisible()
})

it('revoking asks first; refused it stays, done it is read again', async () => {
  programs(program)
  const user = open()
  await user.click(await screen.findByRole('button', { name: 'Thu hồi mã của Kho dữ liệu tỉnh' }))
  const [, cancel] = within(screen.getByRole('dialog')).getAllByRole('button', { name: 'Thôi' })
  await user.click(cancel ?? document.body)
  expect(sentTo('identity.revokeServiceAccount')).toHaveLength(0)
  await user.click(screen.getByRole('button', { name: 'Thu hồi mã của Kho dữ liệu tỉnh' }))
  refuse('identity.revokeServiceAccount', 'FOREIGN_UNIT', { status: 403 })
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Thu hồi' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('không thuộc phần bạn quản lý')
  answer('identity.revokeServiceAccount', { done: true })
  programs({ ...program, state: 'revoked' })
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Thu hồi' }))
  expect(await screen.findByText('Đã thu hồi')).toBeVisible()
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Thu hồi mã/ })).toBeNull())
})
