import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, hold, refuse, sentTo } from '../../../platform/testing/wire.ts'

type Row = ReplyOf<'identity.listStaff'>['items'][number]

const person = (fullName: string, personId: string, change: Partial<Row> = {}): Row => ({
  practitionerRoleId: personId,
  personId,
  fullName,
  facilityId: ids.facility,
  facilityName: 'Trạm Y tế Pờ Y',
  qualification: { system: 'x', code: 'nurse', display: 'Điều dưỡng' },
  title: 'Điều dưỡng',
  degree: '',
  specialties: [],
  licenceNo: '',
  licenceIssuer: '',
  licenceDate: null,
  licenceScope: '',
  weeklyHours: null,
  isPublic: true,
  grants: [],
  waitsForVouch: true,
  mayVouch: true,
  signsInFirst: false,
  account: null,
  ...change,
})

function staff(...items: Row[]): void {
  answer('identity.listStaff', { items, next: null })
}

beforeEach(() => {
  asStaff('staff.read', 'staff.vouch', 'facility.read')
  answer('facilities.specialties', { items: [] })
  answer('facilities.unit', {
    id: ids.facility,
    name: 'Trạm Y tế Pờ Y',
    type: 'commune_station',
    parents: [],
    successors: [],
    validFrom: '2020-01-01',
    validTo: null,
    pending: false,
    mayManage: false,
    beneath: 0,
  } as never)
  answer('identity.vouchForMany', { done: true })
  staff(
    person('Y Na', ids.other),
    person('A Bình', ids.thing),
    person('Chưa Vào', ids.patient, { signsInFirst: true }),
    person('Đã Xong', ids.me, { waitsForVouch: false, mayVouch: false }),
  )
})

const open = () => openScreen(`/work/units/${ids.facility}/staff`)

it('several are vouched for by one confirmation; only those who may be are listed, and nobody is chosen at first', async () => {
  const user = open()
  await user.click(await screen.findByRole('button', { name: 'Xác nhận nhiều người cùng lúc (2)' }))
  const dialog = within(screen.getByRole('dialog'))
  expect(dialog.getAllByRole('checkbox')).toHaveLength(2)
  const go = dialog.getByRole('button', { name: 'Xác nhận 0 người' })
  expect(go).toBeDisabled()
  await user.click(dialog.getByLabelText(/Y Na/))
  await user.click(dialog.getByLabelText(/A Bình/))
  const sending = hold('identity.vouchForMany')
  await user.dblClick(dialog.getByRole('button', { name: 'Xác nhận 2 người' }))
  staff(person('Y Na', ids.other, { waitsForVouch: false, mayVouch: false }))
  sending.letGo()
  expect(await screen.findByText('Đã xác nhận 2 người')).toBeVisible()
  expect(sentTo('identity.vouchForMany').map(({ body }) => body)).toEqual([{ personIds: [ids.other, ids.thing] }])
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Xác nhận nhiều/ })).toBeNull())
})

it('refused: said in the dialog, and the choice stays', async () => {
  refuse('identity.vouchForMany', 'OTHER_EYES_NEEDED', { status: 403 })
  const user = open()
  await user.click(await screen.findByRole('button', { name: /^Xác nhận nhiều người/ }))
  const dialog = within(screen.getByRole('dialog'))
  await user.click(dialog.getByLabelText(/Y Na/))
  await user.click(dialog.getByRole('button', { name: 'Xác nhận 1 người' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('phải là một đồng nghiệp khác')
  expect(dialog.getByLabelText(/Y Na/)).toBeChecked()
})

it('with one to vouch for there is no list to choose from', async () => {
  staff(person('Y Na', ids.other))
  open()
  expect(await screen.findByText('Y Na')).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Xác nhận nhiều/ })).toBeNull()
})
