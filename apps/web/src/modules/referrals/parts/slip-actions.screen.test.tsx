import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'

const slip = {
  id: ids.thing,
  kind: 'transfer',
  number: '12/2026',
  state: 'issued',
  patientId: ids.patient,
  patientName: 'Y Lan',
  birthDate: null,
  encounterId: ids.other,
  facilityName: 'TYT Pờ Y',
  toFacilityName: 'BVĐKKV Ngọc Hồi',
  diagnosis: 'I10 Tăng huyết áp',
  issuedAt: '2026-11-26T02:00:00.000Z',
  issuerName: 'Trần Thị Mai',
  validUntil: '2026-12-10',
  revisitOn: null,
  arrivedAt: null,
  outcome: null,
  note: '',
  may: { arrive: true, notArrived: true, tellOutcome: false, cancel: false },
}
const arrived = {
  ...slip,
  state: 'arrived',
  arrivedAt: '2026-11-26T05:00:00.000Z',
  may: { arrive: false, notArrived: false, tellOutcome: true, cancel: false },
}

beforeEach(async () => {
  await liveSocket()
})

function open() {
  asStaff('patient.read', 'encounter.write')
  answer('referrals.read', slip as never)
  return openScreen(`/work/referrals/${ids.thing}`)
}

it('whoever comes second is told when and where the slip was used', async () => {
  const user = open()
  refuse('referrals.confirmArrival', 'SLIP_USED', {
    params: { unit: 'BVĐKKV Ngọc Hồi', at: '2026-11-26T05:00:00.000Z' },
  })
  await user.click(await screen.findByRole('button', { name: 'Đã đến' }))
  expect(await screen.findByText(/đã được dùng tại BVĐKKV Ngọc Hồi lúc.*26\/11\/2026/)).toBeVisible()
})

it('two taps are one arrival', async () => {
  const user = open()
  answer('referrals.confirmArrival', arrived as never)
  await user.dblClick(await screen.findByRole('button', { name: 'Đã đến' }))
  await waitFor(() => expect(sentTo('referrals.confirmArrival').length).toBeGreaterThan(0))
  const sent = sentTo('referrals.confirmArrival') as { body: { arrivalId: string } }[]
  expect(new Set(sent.map((one) => one.body.arrivalId)).size).toBe(1)
})

it('asks for a result and a few lines before it tells the other unit', async () => {
  const user = open()
  await screen.findByRole('button', { name: 'Đã đến' })
  answer('referrals.read', arrived as never)
  say('referrals.changed', { slipId: ids.thing })
  await user.click(await screen.findByRole('button', { name: 'Báo cho TYT Pờ Y' }))
  expect(screen.getByText('Hãy chọn kết quả')).toBeVisible()
  expect(screen.getByText('Hãy ghi vài dòng cho nơi chuyển')).toBeVisible()
  expect(sentTo('referrals.tellOutcome')).toHaveLength(0)
  answer('referrals.tellOutcome', { ...arrived, state: 'completed', outcome: 'admitted' } as never)
  await user.click(screen.getByRole('radio', { name: 'Nhập viện' }))
  await user.type(screen.getByRole('textbox', { name: /Ghi cho nơi chuyển/ }), 'Nằm khoa Nội')
  await user.click(screen.getByRole('button', { name: 'Báo cho TYT Pờ Y' }))
  await waitFor(() => expect(sentTo('referrals.tellOutcome')).toHaveLength(1))
})
