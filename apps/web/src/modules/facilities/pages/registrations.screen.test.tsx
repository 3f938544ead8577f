import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'

const unit = { id: ids.facility, name: 'Trạm Y tế Pờ Y', type: 'commune_station', mayManage: true, parents: [] }
const kept = {
  id: ids.other,
  personId: ids.patient,
  fullName: 'Y Lan',
  licenceNo: '000123/KT-GPHN',
  scope: 'Điều dưỡng',
  hours: [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, from: '07:00', to: '11:30' },
    { weekday, from: '13:30', to: '17:00' },
  ]),
  from: '2026-01-01',
  until: null,
}

beforeEach(() => {
  asStaff('facility.read', 'staff.read', 'staff.manage')
  answer('facilities.unit', { ...unit, validFrom: '1900-01-01', validTo: null, successors: [] } as never)
  answer('identity.listRegistrations', { items: [kept], next: null })
  answer('identity.listStaff', {
    items: [{ personId: ids.me, fullName: 'Trần Thị Mai', title: 'Bác sĩ', licenceNo: '7/KT' }],
    next: null,
  } as unknown as ReplyOf<'identity.listStaff'>)
})

const opened = () => openScreen(`/work/units/${ids.facility}/registrations`)
const dialog = async () => within(await screen.findByRole('dialog'))

it('hours are said as people say them', async () => {
  opened()
  expect(await screen.findByText('Thứ Hai – Thứ Sáu: 07:00–11:30, 13:30–17:00')).toBeVisible()
  expect(screen.getByText('Còn hiệu lực, từ 01/01/2026')).toBeVisible()
})

it('a registration is written with office hours proposed; overlapping hours are told and nothing typed is lost', async () => {
  refuse('identity.addRegistration', 'REGISTERED_HOURS_OVERLAP')
  const user = opened()
  await user.click(await screen.findByRole('button', { name: 'Thêm đăng ký' }))
  const form = await dialog()
  await user.click(await form.findByRole('radio', { name: /Trần Thị Mai/ }))
  expect(form.getByLabelText('Số giấy phép hành nghề')).toHaveValue('7/KT')
  await user.type(form.getByLabelText('Phạm vi hành nghề'), 'Đa khoa')
  await user.click(form.getByRole('button', { name: 'Lưu' }))
  expect(await form.findByRole('alert')).toHaveTextContent('trùng với giờ đã đăng ký')
  expect(form.getByLabelText('Phạm vi hành nghề')).toHaveValue('Đa khoa')
  answer('identity.addRegistration', { done: true })
  await user.click(form.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const [first, second] = sentTo('identity.addRegistration')
  expect(first?.params).toEqual(second?.params)
  expect(second?.body.hours).toHaveLength(10)
})

it('ending asks for the day and sends it', async () => {
  answer('identity.endRegistration', { done: true })
  const user = opened()
  await user.click(await screen.findByRole('button', { name: 'Kết thúc' }))
  const form = await dialog()
  await user.click(form.getByRole('button', { name: 'Kết thúc' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('identity.endRegistration')[0]?.params).toEqual({ id: ids.other })
})
