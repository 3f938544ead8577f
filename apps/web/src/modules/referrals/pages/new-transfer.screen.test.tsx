import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'

const page = {
  encounter: {
    id: ids.thing,
    facilityId: ids.facility,
    complaint: 'Đau đầu',
    findings: '',
    conclusion: '',
    advice: '',
    diagnoses: [{ code: 'I10', display: 'Tăng huyết áp' }],
  },
  patient: { id: ids.patient, fullName: 'Y Lan' },
  observations: [{ display: 'Mạch', value: 92, unit: 'lần/phút' }],
}
const hospital = { id: ids.other, name: 'Bệnh viện ĐKKV Ngọc Hồi', type: 'regional_hospital', parentName: 'Sở Y tế' }

function open(change: object = {}) {
  asStaff('patient.read', 'encounter.write')
  answer('records.readEncounter', { ...page, encounter: { ...page.encounter, ...change } } as never)
  answer('facilities.search', { items: [hospital], next: null } as never)
  return openScreen(`/work/referrals/new?encounterId=${ids.thing}`)
}
const press = () => screen.findByRole('button', { name: 'Lập phiếu và báo nơi nhận' })

it('begins with what the encounter says, and asks where to', async () => {
  const user = open()
  expect(await screen.findByRole('textbox', { name: 'Dấu hiệu lâm sàng' })).toHaveValue('Đau đầu. Mạch 92 lần/phút')
  await user.click(await press())
  expect(screen.getByText('Hãy chọn nơi chuyển đến')).toBeVisible()
  expect(sentTo('referrals.issueTransfer')).toHaveLength(0)
})

it('a refusal keeps what was typed, and the same slip is sent again', async () => {
  const user = open()
  await user.type(await screen.findByRole('searchbox', { name: /Tìm bệnh viện/ }), 'ngoc')
  await user.click(await screen.findByRole('radio', { name: /Ngọc Hồi/ }))
  await user.type(screen.getByRole('textbox', { name: /Quá trình bệnh lý/ }), 'Ba ngày')
  refuse('referrals.issueTransfer', 'UNAVAILABLE')
  await user.click(await press())
  await waitFor(() => expect(sentTo('referrals.issueTransfer')).not.toHaveLength(0))
  expect(screen.getByRole('textbox', { name: /Quá trình bệnh lý/ })).toHaveValue('Ba ngày')
  const before = (sentTo('referrals.issueTransfer') as { body: { id: string } }[]).length
  await user.click(await press())
  await waitFor(() => expect(sentTo('referrals.issueTransfer').length).toBeGreaterThan(before))
  const sent = sentTo('referrals.issueTransfer') as { body: { id: string } }[]
  expect(new Set(sent.map((one) => one.body.id)).size).toBe(1)
})

it('says that a diagnosis is needed first', async () => {
  open({ diagnoses: [] })
  expect(await screen.findByText(/Phiếu chuyển cần chẩn đoán/)).toBeVisible()
  expect(screen.getByRole('link', { name: 'Ghi chẩn đoán' })).toBeVisible()
})
