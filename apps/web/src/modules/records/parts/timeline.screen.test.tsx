import type { TimelineEntry } from '@moinha/contracts/records'
import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, hold, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { ReadingsCard } from '../charts/readings-card.tsx'
import { Timeline } from './timeline.tsx'

const measured: TimelineEntry = {
  kind: 'measurements',
  id: ids.other,
  at: '2026-11-25T01:00:00.000Z',
  encounterId: ids.thing,
  values: [
    { code: '8867-4', display: 'Heart rate', value: 80, unit: '/min' },
    { code: '8462-4', display: 'Diastolic blood pressure', value: 91, unit: 'mm[Hg]' },
    { code: '8480-6', display: 'Systolic blood pressure', value: 142, unit: 'mm[Hg]' },
  ],
}
const stopped: TimelineEntry = {
  kind: 'fact',
  id: ids.thing,
  at: '2026-11-20T01:00:00.000Z',
  fact: {
    kind: 'medicine',
    status: 'resolved',
    display: 'Amlodipin 5 mg',
    no: 2,
    reason: 'Đổi thuốc',
    authorName: 'Trần Thị Mai',
  },
}

it('tells measurements and changes of the history along one line, older ones on demand', async () => {
  answer('records.patientTimeline', ({ query }) =>
    query.get('after') === 'mark' ? { items: [stopped], next: null } : { items: [measured], next: 'mark' },
  )
  const reading = hold('records.patientTimeline')
  const user = openPart(<Timeline patientId={ids.patient} />)
  expect(await screen.findByRole('status', { name: 'Đang tải…' })).toBeVisible()
  reading.letGo()
  expect(await screen.findByText('Huyết áp 142/91 mmHg · Mạch 80 lần/phút')).toBeVisible()
  expect(screen.getByRole('link')).toHaveAttribute('href', `/work/encounters/${ids.thing}`)
  await user.click(screen.getByRole('button', { name: 'Xem thêm' }))
  expect(await screen.findByText('Đã hết hoặc ngừng: Amlodipin 5 mg')).toBeVisible()
  expect(screen.getByText('Trần Thị Mai · Đổi thuốc')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Xem thêm' })).toBeNull()
  expect(sentTo('records.patientTimeline').map(({ query }) => query.get('after'))).toEqual([null, 'mark'])
})

it('says when it could not be read, and reads again at a tap', async () => {
  refuse('records.patientTimeline', 'INTERNAL', { status: 500 })
  const user = openPart(<Timeline patientId={ids.patient} />)
  expect(await screen.findByRole('alert')).toBeVisible()
  answer('records.patientTimeline', { items: [measured], next: null })
  await user.click(screen.getByRole('button', { name: 'Thử lại' }))
  expect(await screen.findByText('Huyết áp 142/91 mmHg · Mạch 80 lần/phút')).toBeVisible()
})

it('draws both pressures as one picture that is also told in words and numbers', async () => {
  const at = (day: string, code: string, value: number) => ({
    code,
    value,
    takenAt: `2026-${day}T02:00:00.000Z`,
    encounterId: ids.thing,
  })
  answer('records.patientReadings', {
    items: [
      at('10-01', '8480-6', 150),
      at('10-01', '8462-4', 95),
      at('11-01', '8480-6', 142),
      at('11-01', '8462-4', 91),
    ],
  })
  const user = openPart(<ReadingsCard patientId={ids.patient} />)
  const picture = await screen.findByRole('img', { name: 'Huyết áp. 2 lần đo. Mới nhất 142/91 mmHg, 01/11/2026' })
  expect(picture.querySelectorAll('circle')).toHaveLength(2)
  expect(picture.querySelectorAll('rect')).toHaveLength(2)
  expect(screen.queryByRole('img', { name: /Cân nặng/ })).toBeNull()
  await user.click(screen.getByText('Xem các số (2)'))
  const rows = within(screen.getByRole('table', { name: 'Huyết áp' })).getAllByRole('row')
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining('mmHg'),
    expect.stringContaining('142/91'),
    expect.stringContaining('150/95'),
  ])
})
