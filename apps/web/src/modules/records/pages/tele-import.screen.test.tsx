import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { asStaff, openScreen } from '../../../platform/testing/screen.tsx'

const row = {
  row: 2,
  no: 1,
  nameVi: 'Béo phì',
  icd10: ['E66'],
  specialty: '',
  status: 'verified',
  note: '',
  errors: [] as string[],
}
afterEach(() => vi.unstubAllGlobals())

async function chosen(reply: object) {
  asStaff('facility.read', 'tele-list.manage')
  const user = openScreen('/work/tele-list/import')
  const input = await screen.findByLabelText('Chọn tệp', { selector: 'input' })
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(JSON.stringify(reply))),
  )
  await user.upload(input, new File(['x'], 'danh-muc.csv', { type: 'text/csv' }))
  return user
}

it('a file without mistakes asks for its day', async () => {
  await chosen({ rows: [row], wrong: 0 })
  expect(await screen.findByText('Béo phì')).toBeVisible()
  expect(screen.getByRole('button', { name: /^Dùng danh mục này từ/ })).toBeEnabled()
})

it('a mistake is named at its row, and nothing can be put in force', async () => {
  await chosen({ rows: [{ ...row, errors: ['BAD_CODE'] }], wrong: 1 })
  expect(await screen.findByText('Mã ICD-10 không đúng dạng')).toBeVisible()
  expect(screen.getByText(/1 dòng có lỗi/)).toBeVisible()
  expect(screen.queryByRole('button', { name: /^Dùng danh mục này từ/ })).toBeNull()
})
