import { screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'
import type { PatientPage } from '../data.ts'
import { EditPatient } from './edit-patient.tsx'

const patient: PatientPage['patient'] = {
  id: ids.patient,
  fullName: 'Y Lan',
  sex: 'female',
  birthDate: '1996-03-08',
  phone: '+84912345678',
  address: 'Thôn 1',
  occupation: null,
  ethnicity: null,
  homeFacilityId: ids.facility,
  homeFacilityName: 'Trạm Y tế Pờ Y',
  version: 4,
}

async function typing() {
  const onClose = vi.fn()
  const user = openPart(<EditPatient patient={patient} onClose={onClose} />)
  const address = await screen.findByRole('textbox', { name: /Địa chỉ|Nơi ở/ })
  await user.clear(address)
  await user.type(address, 'Thôn 3')
  const save = (): Promise<void> => user.click(screen.getByRole('button', { name: 'Lưu' }))
  return { user, address, save, onClose }
}

it('a colleague was faster: what they changed is told, nothing typed is lost, and saving again is meant', async () => {
  const current = { ...patient, version: 5, phone: '+84987654321', address: 'Thôn 2' }
  refuse('records.editPatient', 'CHANGED_MEANWHILE', { params: { current } })
  const { address, save, onClose } = await typing()
  await save()
  expect(await screen.findByText(/người kia ghi “Thôn 2”/)).toBeVisible()
  expect(screen.getByText(/nay là “0987 654 321”/)).toBeVisible()
  expect(address).toHaveValue('Thôn 3')
  expect(screen.getByDisplayValue('0987 654 321')).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()

  answer('records.editPatient', { version: 6 })
  await save()
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(sentTo('records.editPatient').map(({ body }) => [body.version, body.address])).toEqual([
    [4, 'Thôn 3'],
    [5, 'Thôn 3'],
  ])
})

it('takes the colleague’s word where one prefers it', async () => {
  const current = { ...patient, version: 5, address: 'Thôn 2' }
  refuse('records.editPatient', 'CHANGED_MEANWHILE', { params: { current } })
  const { user, address, save } = await typing()
  await save()
  await user.click(await screen.findByRole('button', { name: 'Lấy của người kia' }))
  expect(address).toHaveValue('Thôn 2')
  expect(screen.queryByRole('button', { name: 'Lấy của người kia' })).toBeNull()
})

it('what was refused stands already, since its first sending arrived: it is saved', async () => {
  refuse('records.editPatient', 'CHANGED_MEANWHILE', {
    params: { current: { ...patient, version: 5, address: 'Thôn 3' } },
  })
  const { save, onClose } = await typing()
  await save()
  await waitFor(() => expect(onClose).toHaveBeenCalled())
})
