import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import type { Checked, EncounterRx, Medicine } from '../data.ts'

const medicine: Medicine = {
  id: ids.other,
  code: 'enalapril-5-mg-vien-nen',
  inn: 'Enalapril',
  nameVi: 'Enalapril',
  strength: '5 mg',
  form: 'viên nén',
  route: 'uống',
  doseUnit: 'viên',
  unit: 'viên',
  atc: 'C09AA02',
  class: 'ordinary',
  computes: true,
  byWeight: true,
}
const page: EncounterRx = { items: [], refused: null, child: false, last: [], templates: [] }
const { id: medicineId, code: _code, computes: _computes, byWeight: _byWeight, ...printed } = medicine
const line: Checked['lines'][number] = {
  ...printed,
  no: 1,
  medicineId,
  dose: '1',
  moments: ['morning', 'evening'],
  meal: 'any',
  days: 5,
  quantity: '10',
  note: '',
}
const allergy: Checked['findings'][number] = {
  key: 'allergy:1:c09',
  code: 'allergy',
  level: 'warn',
  lines: [1],
  params: { allergy: 'Enalapril' },
  why: null,
}

beforeEach(() => {
  asStaff('patient.read', 'prescription.write')
  answer('prescriptions.ofEncounter', page)
  answer('prescriptions.searchMedicines', { items: [medicine] })
  answer('prescriptions.check', { lines: [line], findings: [] })
})

async function withMedicine() {
  const user = openScreen(`/work/encounters/${ids.thing}/prescribe`)
  await user.type(await screen.findByRole('combobox', { name: /Tìm thuốc/ }), 'enala')
  expect(await screen.findByRole('option', { name: /Enalapril 5 mg/ })).toBeVisible()
  await user.keyboard('{Enter}')
  expect(await screen.findByText('Máy tính: 10')).toBeVisible()
  return user
}
const review = () => screen.findByRole('button', { name: 'Xem lại và phát hành' })
const dialog = async () => within(await screen.findByRole('dialog', { name: 'Xem lại đơn thuốc' }))

it('a medicine is found and taken with the keyboard alone; its quantity is computed', async () => {
  await withMedicine()
  expect(sentTo('prescriptions.check').at(-1)?.body).toMatchObject({
    lines: [{ medicineId: ids.other, dose: '1', moments: ['morning', 'evening'], days: 5, quantity: null }],
  })
  await waitFor(async () => expect(await review()).toBeEnabled())
})

it('mg per kg takes the place of the dose that stood there, and the other way round', async () => {
  answer('prescriptions.ofEncounter', { ...page, child: true })
  const user = await withMedicine()
  const lineSent = () => sentTo('prescriptions.check').at(-1)?.body
  await user.type(screen.getByLabelText('mg/kg/ngày'), '50')
  expect(screen.getByLabelText('Mỗi lần (viên)')).toHaveValue('')
  await waitFor(() => expect(lineSent()).toMatchObject({ lines: [{ dose: null, mgPerKgDay: '50' }] }))
  await user.type(screen.getByLabelText('Mỗi lần (viên)'), '2')
  expect(screen.getByLabelText('mg/kg/ngày')).toHaveValue('')
  await waitFor(() => expect(lineSent()).toMatchObject({ lines: [{ dose: '2', mgPerKgDay: null }] }))
})

it('a warning waits for its reason, a block cannot be overruled', async () => {
  answer('prescriptions.check', { lines: [line], findings: [allergy] })
  const user = await withMedicine()
  expect(await screen.findByText('Người bệnh dị ứng Enalapril')).toBeVisible()
  expect(await review()).toBeDisabled()
  await user.type(screen.getByLabelText('Lý do vẫn kê'), 'Chỉ nổi mẩn nhẹ')
  await waitFor(async () => expect(await review()).toBeEnabled())
  answer('prescriptions.check', { lines: [line], findings: [{ ...allergy, level: 'block' }] })
  await user.type(screen.getByLabelText('Số ngày'), '0')
  expect(await screen.findByText('Chưa phát hành được')).toBeVisible()
  expect(await review()).toBeDisabled()
  expect(screen.queryByLabelText('Lý do vẫn kê')).toBeNull()
})

it('two taps issue once; what is refused or lost keeps all that was typed', async () => {
  const user = await withMedicine()
  await waitFor(async () => expect(await review()).toBeEnabled())
  await user.click(await review())
  const go = (await dialog()).getByRole('button', { name: 'Phát hành đơn' })
  cutNetwork()
  await user.click(go)
  expect(await (await dialog()).findByRole('alert')).toHaveTextContent('mất mạng')
  mendNetwork()
  refuse('prescriptions.issue', 'RX_NOT_ALLOWED_HERE')
  await user.click(go)
  await waitFor(async () => expect((await dialog()).getByRole('alert')).toHaveTextContent('chưa được phép điều trị'))
  const sending = hold('prescriptions.issue')
  const before = sentTo('prescriptions.issue').length
  await user.dblClick(go)
  expect(sentTo('prescriptions.issue')).toHaveLength(before + 1)
  // the same id each time: sent again, it is the same prescription
  expect(new Set(sentTo('prescriptions.issue').map(({ body }) => (body as { id: string }).id)).size).toBe(1)
  expect(screen.getByLabelText('Số ngày')).toHaveValue('5')
  sending.letGo()
})

it('who may not prescribe reads why', async () => {
  answer('prescriptions.ofEncounter', { ...page, refused: 'RX_NOT_A_PRESCRIBER' })
  openScreen(`/work/encounters/${ids.thing}/prescribe`)
  expect(await screen.findByText('Chỉ bác sĩ, y sĩ được kê đơn.')).toBeVisible()
})
