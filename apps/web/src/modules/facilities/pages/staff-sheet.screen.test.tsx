import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { asStaff, ids, openPart, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { AddStaff } from '../parts/staff-form.tsx'
import type { StaffRow } from '../parts/practitioner-role-inputs.tsx'
import { StaffRoles } from '../parts/staff-roles.tsx'

type Report = ReplyOf<'identity.checkStaffSheet'>

const row: Report['rows'][number] = {
  row: 2,
  fullName: 'Y Na',
  phone: '+84912345678',
  username: 'na.poy',
  facilityName: 'Trạm Y tế Pờ Y',
  qualification: 'nurse',
  roles: ['nurse'],
  verdict: 'new',
  errors: [],
  rolesDiffer: false,
  heldQualification: null,
}
const report: Report = { rows: [row], counts: { new: 1, known: 0, wrong: 0 }, digest: 'd1' }
const slips = [
  {
    personId: ids.other,
    fullName: 'Y Na',
    username: 'na.poy',
    facilityName: 'Trạm Y tế Pờ Y',
    code: 'ABCD-EFGH',
    expiresAt: '2026-12-01T00:00:00.000Z',
  },
]
const sheet = new File(['x'], 'nhan-vien.csv', { type: 'text/csv' })

beforeEach(() => {
  asStaff('staff.manage')
  answer('identity.listAwaitedStaff', { items: [], next: null })
  answer('identity.listRoles', { items: [{ key: 'nurse', vi: 'Điều dưỡng', en: 'Nurse', grantable: true }] } as never)
  answer('identity.checkStaffSheet', report)
  answer('identity.applyStaffSheet', { report, slips })
})

async function choosing() {
  const user = openScreen(`/work/units/${ids.facility}/staff/sheet`)
  const input = await screen.findByLabelText('Chọn tệp…', { selector: 'input' })
  return { user, choose: () => user.upload(input, sheet) }
}

it('nobody is waited for: said', async () => {
  await choosing()
  expect(await screen.findByText('Ai cũng đã đăng nhập lần đầu.')).toBeVisible()
})

it('wrong lines are named one by one, and nothing can be written', async () => {
  answer('identity.checkStaffSheet', {
    rows: [{ ...row, verdict: 'wrong', errors: [{ column: 'phone', code: 'PHONE_TWICE' }] }],
    counts: { new: 0, known: 0, wrong: 1 },
    digest: 'd1',
  })
  const { choose } = await choosing()
  await choose()
  expect(await screen.findByText('Số điện thoại: hai người chung một số trong tệp')).toBeVisible()
  expect(screen.getByText(/Chưa ghi gì cả/)).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Tạo/ })).toBeNull()
})

it('somebody who is here as something else is flagged, with what they are here', async () => {
  answer('identity.checkStaffSheet', {
    rows: [{ ...row, verdict: 'known', qualification: 'doctor', heldQualification: 'nurse' }],
    counts: { new: 0, known: 1, wrong: 0 },
    digest: 'd1',
  })
  const { choose } = await choosing()
  await choose()
  expect(await screen.findByText('Chức danh khác')).toBeVisible()
  expect(screen.getByText(/Hiện là Điều dưỡng/)).toBeVisible()
})

it('a file that cannot be read is told, and another can be chosen at once', async () => {
  refuse('identity.checkStaffSheet', 'FILE_BROKEN', { status: 400 })
  const { choose } = await choosing()
  await choose()
  expect(await screen.findByRole('alert')).toHaveTextContent('Tệp bị hỏng, không mở được.')
  answer('identity.checkStaffSheet', report)
  await choose()
  expect(await screen.findByRole('button', { name: 'Tạo 1 tài khoản' })).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
})

it('two taps write once; the slips show though no list can be read behind them', async () => {
  const { user, choose } = await choosing()
  await choose()
  const writing = hold('identity.applyStaffSheet')
  await user.dblClick(await screen.findByRole('button', { name: 'Tạo 1 tài khoản' }))
  const lists = hold('identity.listRoles')
  writing.letGo()
  expect(await screen.findByText('ABCD-EFGH')).toBeVisible()
  expect(sentTo('identity.applyStaffSheet')).toHaveLength(1)
  expect(sentTo('identity.applyStaffSheet')[0]?.query.get('digest')).toBe('d1')
  lists.letGo()
})

it('network lost while writing: the read sheet stays and is sent again', async () => {
  const { user, choose } = await choosing()
  await choose()
  const go = await screen.findByRole('button', { name: 'Tạo 1 tài khoản' })
  cutNetwork()
  await user.click(go)
  expect(await screen.findByRole('alert')).toHaveTextContent('mất mạng')
  mendNetwork()
  await user.click(go)
  expect(await screen.findByText('ABCD-EFGH')).toBeVisible()
})

it('the temporary password, shown once, waits for no list; a second tap cannot take its place', async () => {
  const made: [string, string | null][] = []
  answer('facilities.specialties', { items: [] })
  answer('identity.createStaff', { personId: ids.other, temporaryPassword: 'mật khẩu 1' } as never)
  const user = openPart(
    <AddStaff facilityId={ids.facility} onClose={() => undefined} onMade={(...one) => void made.push(one)} />,
  )
  await user.type(screen.getByLabelText('Họ và tên'), 'Y Na')
  await user.type(screen.getByLabelText('Tên đăng nhập'), 'na.poy')
  await user.selectOptions(screen.getByLabelText('Chức danh chuyên môn'), 'nurse')
  refuse('identity.createStaff', 'USERNAME_TAKEN')
  await user.click(screen.getByRole('button', { name: 'Tạo tài khoản' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Tên đăng nhập này đã có người dùng.')
  expect(screen.getByLabelText('Họ và tên')).toHaveValue('Y Na')
  answer('identity.createStaff', { personId: ids.other, temporaryPassword: 'mật khẩu 1' } as never)
  const making = hold('identity.createStaff')
  await user.dblClick(screen.getByRole('button', { name: 'Tạo tài khoản' }))
  making.letGo()
  await waitFor(() => expect(made).toEqual([['Y Na', 'mật khẩu 1']]))
})

const person = {
  practitionerRoleId: ids.thing,
  personId: ids.other,
  fullName: 'Y Na',
  facilityId: ids.facility,
  grants: [],
} as unknown as StaffRow

it('a role given again after a lost answer is the same grant; another choice is another', async () => {
  answer('identity.grantRole', { id: ids.thing } as never)
  const user = openPart(<StaffRoles row={person} facilityId={ids.facility} onClose={() => undefined} />)
  await screen.findByRole('option', { name: 'Điều dưỡng' })
  const give = screen.getByRole('button', { name: 'Cấp vai trò' })
  expect(give).toBeDisabled()
  await user.selectOptions(screen.getByLabelText('Cấp thêm vai trò'), 'nurse')
  refuse('identity.grantRole', 'UNAVAILABLE', { status: 500 })
  await user.click(give)
  expect(await screen.findByRole('alert')).toHaveTextContent('Máy chủ đang bận.')
  answer('identity.grantRole', { id: ids.thing } as never)
  await user.click(give)
  await waitFor(() => expect(give).toBeDisabled())
  const sent = sentTo('identity.grantRole').map(({ body }) => body.id)
  expect(new Set(sent).size).toBe(1)
})
