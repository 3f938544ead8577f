import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, sentTo } from '../../../platform/testing/wire.ts'
import type { Rx } from '../data.ts'

const rx: Rx = {
  id: ids.thing,
  encounterId: ids.other,
  patientId: ids.other,
  state: 'issued',
  content: {
    code: '51A07abcdefg-c',
    kind: 'c',
    situation: 'usual',
    facility: { name: 'Trạm y tế', code: '51A07', address: '', phone: '' },
    prescriber: { name: 'BS. Thử', licenceNo: '1' },
    patient: {
      fullName: 'Y Lan',
      sex: 'female',
      birthDate: '1996-03-08',
      months: null,
      address: '',
      phone: '',
      citizenId: '',
      insuranceCard: '',
      weightKg: null,
      broughtBy: null,
    },
    diagnoses: [],
    lines: [],
    advice: '',
    followUpDays: null,
    writtenAt: '2026-11-26T03:00:00.000Z',
    collectUntil: '2026-11-30',
    replaces: null,
    overruled: [],
  },
  replacedAt: null,
  withdrawn: null,
  issuedAt: '2026-11-26T03:01:00.000Z',
  attempts: 1,
  failure: null,
  errors: [],
  checksum: 'abc',
  given: [],
  may: { replace: true, withdraw: true, dispense: false, send: false },
}

beforeEach(() => {
  asStaff('patient.read', 'prescription.write')
  answer('prescriptions.read', rx)
})

it('says that it is not signed; taking it back asks why, and what the national system has must be cancelled there', async () => {
  const user = openScreen(`/work/prescriptions/${ids.thing}`)
  expect(await screen.findByText('Đơn này chưa ký số.')).toBeVisible()
  const go = screen.getByRole('button', { name: 'Thu hồi đơn' })
  expect(go).toBeDisabled()
  await user.type(screen.getByLabelText('Lý do thu hồi'), 'Kê nhầm người')
  answer('prescriptions.withdraw', { done: true })
  const withdrawn = { at: '2026-11-26T04:00:00.000Z', reason: 'Kê nhầm người' }
  answer('prescriptions.read', { ...rx, withdrawn, may: { ...rx.may, replace: false, withdraw: false } })
  await user.click(go)
  expect(await screen.findByText(/Đã thu hồi lúc .*: Kê nhầm người/)).toBeVisible()
  expect(screen.getByText('Hệ thống quốc gia đã nhận đơn này: cần báo hủy ở đó.')).toBeVisible()
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Thu hồi đơn' })).toBeNull())
  expect(sentTo('prescriptions.withdraw').at(-1)?.body).toEqual({ reason: 'Kê nhầm người' })
})
