import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'
import UnitPilots from './unit-pilots.tsx'

const pilot = {
  id: ids.thing,
  documentNo: '12/QĐ-SYT',
  title: 'Thí điểm tuyến giáp',
  icd10: ['E05'],
  from: '2026-01-01',
  until: '2099-01-01',
  quota: 30,
  used: 28,
  ended: false,
}

it('says how many cases are left, and what was counted without naming a patient', async () => {
  answer('records.listPilots', { items: [pilot], next: null, mayManage: true })
  answer('records.pilotUses', {
    items: [{ id: ids.other, takenAt: '2026-11-02T01:00:00.000Z', givenBackAt: null, practitionerName: 'A Bảo' }],
  })
  const user = openPart(<UnitPilots unitId={ids.facility} />)
  expect(await screen.findByText('Còn 2 trong 30 ca')).toBeVisible()
  expect(screen.getByText('ICD-10: E05. Đến hết ngày 31/12/2098.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Các ca đã tính' }))
  expect(await screen.findByText(/08:00.*A Bảo/)).toBeVisible()
})

it('whoever does not manage the unit reads, and changes nothing', async () => {
  answer('records.listPilots', { items: [pilot], next: null, mayManage: false })
  openPart(<UnitPilots unitId={ids.facility} />)
  await screen.findByText('Thí điểm tuyến giáp')
  expect(screen.queryByRole('button')).toBeNull()
})

it('a new one is sent with its codes apart and the day after its last; a refusal keeps what was typed', async () => {
  answer('records.listPilots', { items: [], next: null, mayManage: true })
  refuse('records.addPilot', 'PILOT_DATES_BACKWARDS')
  const user = openPart(<UnitPilots unitId={ids.facility} />)
  await user.click(await screen.findByRole('button', { name: 'Thêm văn bản thí điểm' }))
  const form = within(await screen.findByRole('dialog'))
  await user.type(form.getByLabelText('Số văn bản'), '1/QĐ')
  await user.type(form.getByLabelText('Tên thí điểm'), 'Thử')
  await user.type(form.getByLabelText('Mã ICD-10'), 'E05; J30 - J39')
  await user.type(form.getByLabelText('Đến hết ngày'), '31122099')
  await user.type(form.getByLabelText('Số ca được phép'), '30')
  await user.click(form.getByRole('button', { name: 'Lưu' }))
  expect(await form.findByRole('alert')).toHaveTextContent('phải sau ngày bắt đầu')
  expect(form.getByLabelText('Mã ICD-10')).toHaveValue('E05; J30 - J39')
  answer('records.addPilot', { done: true })
  await user.click(form.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('records.addPilot').at(-1)?.body).toMatchObject({
    icd10: ['E05', 'J30 - J39'],
    until: '2100-01-01',
    quota: 30,
  })
})
