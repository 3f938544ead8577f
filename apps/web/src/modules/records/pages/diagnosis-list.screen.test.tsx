import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { asStaff, openPart, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { DiagnosisField } from '../parts/diagnoses.tsx'

const counts = { new: 2, changed: 0, unchanged: 0, gone: 288 }

beforeEach(() => {
  asStaff('tele-list.manage', 'encounter.write')
  answer('records.diagnosisEditions', { items: [{ edition: 'starter', from: null, until: null, codes: 288 }] })
})

async function withFile() {
  const user = openScreen('/work/diagnosis-list')
  await user.type(await screen.findByLabelText('Tên danh mục'), 'Thông tư 06/2026/TT-BYT')
  await user.type(screen.getByLabelText('Có hiệu lực từ ngày'), '01/07/2026')
  await user.upload(await screen.findByLabelText('Chọn tệp…'), new File(['Mã,Tên bệnh\nI10,x'], 'icd.csv'))
  return user
}

it('names the list and its day, shows what changes, and writes what was shown', async () => {
  answer('records.checkDiagnosisList', { errors: [], moreErrors: 0, counts, digest: 'seen' })
  answer('records.applyDiagnosisList', { errors: [], moreErrors: 0, counts, digest: 'seen' })
  const user = await withFile()
  expect(await screen.findByText('288 mã hết hiệu lực')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Ghi danh mục' }))
  expect(await screen.findByText('Đã ghi danh mục')).toBeVisible()
  expect(sentTo('records.applyDiagnosisList').map(({ query }) => Object.fromEntries(query))).toEqual([
    { from: '2026-07-01', edition: 'Thông tư 06/2026/TT-BYT', digest: 'seen' },
  ])
})

it('wrong rows are named and nothing can be written; a refused file is told in words', async () => {
  const errors = [{ row: 5, column: 'code', code: 'BAD_CODE', value: 'XYZ' }]
  answer('records.checkDiagnosisList', { errors, moreErrors: 0, counts, digest: 'seen' })
  const user = await withFile()
  expect(await screen.findByText(/Không phải mã ICD-10/)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Ghi danh mục' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Chọn tệp khác' }))
  expect(screen.getByLabelText('Tên danh mục')).toHaveValue('Thông tư 06/2026/TT-BYT')
  refuse('records.checkDiagnosisList', 'FILE_BROKEN', { status: 422 })
  await user.upload(await screen.findByLabelText('Chọn tệp…'), new File(['?'], 'icd.csv'))
  expect(await screen.findByText('Tệp bị hỏng, không mở được.')).toBeVisible()
})

it('a heading of the list is shown and cannot be chosen, nor made the primary diagnosis', async () => {
  const row = { vi: 'Liên cầu', en: 'Streptococcus', remote: 'no' as const, usable: true, usableAsPrimary: false }
  answer('records.searchDiagnoses', {
    items: [
      { ...row, code: 'B95.0' },
      { ...row, code: 'B95', usable: false },
    ],
  })
  const chosen: string[][] = []
  const diagnoses = [
    { code: 'I10', display: 'Tăng huyết áp' },
    { code: 'B95.0', display: 'Liên cầu' },
  ]
  const user = openPart(
    <DiagnosisField
      diagnoses={diagnoses}
      locked={false}
      onChange={(next) => chosen.push(next.map((one) => one.code))}
    />,
  )
  await user.type(await screen.findByRole('combobox'), 'B95')
  expect(await screen.findByRole('option', { name: /B95 .*Mã nhóm/ })).toHaveAttribute('aria-disabled', 'true')
  expect(screen.getByRole('option', { name: /B95\.0 .*Không làm bệnh chính/ })).not.toHaveAttribute('aria-disabled')
  await user.keyboard('{ArrowDown}{Enter}{Escape}')
  await user.click(screen.getByRole('button', { name: 'Thành bệnh chính' }))
  await waitFor(() => expect(screen.getByText(/Mã B95\.0 không được làm chẩn đoán chính/)).toBeVisible())
  expect(chosen).toEqual([])
})
