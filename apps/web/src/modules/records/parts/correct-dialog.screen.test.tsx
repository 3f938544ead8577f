import { screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { queryClient } from '../../../platform/api/index.ts'
import { ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { type Encounter, useEncounter } from '../data.ts'
import { CancelDialog, CorrectDialog } from './correct-dialog.tsx'

const encounter = {
  id: ids.thing,
  patientId: ids.patient,
  remoteMode: 'IN_PERSON',
  status: 'finished',
  version: 4,
  findings: 'Phổi trong',
  conclusion: 'Cảm cúm',
  advice: '',
  referredUp: true,
  channel: 'in_person',
  diagnoses: [{ code: 'J11', display: 'Cúm' }],
} as unknown as Encounter
const doctors = {
  ...encounter,
  version: 5,
  conclusion: 'Viêm phổi',
  referredUp: false,
  diagnoses: [{ code: 'J18.9', display: 'Viêm phổi' }],
} as Encounter

/** The page reads again what a colleague wrote, beneath the open dialog. */
function Page({ onClose }: { onClose: () => void }) {
  const { data } = useEncounter(ids.thing)
  return data ? <CorrectDialog encounter={data.encounter} onClose={onClose} /> : null
}

async function typing() {
  const onClose = vi.fn()
  answer('records.readEncounter', { encounter } as never)
  const user = openPart(<Page onClose={onClose} />)
  await user.type(await screen.findByRole('textbox', { name: 'Dặn dò' }), 'Nghỉ ngơi')
  await user.type(screen.getByRole('textbox', { name: /Lý do/ }), 'Ghi thiếu')
  const save = (): Promise<void> => user.click(screen.getByRole('button', { name: /^Lưu/ }))
  return { user, save, onClose }
}

it('a colleague’s correction heard of meanwhile is not taken back, and what was typed stays', async () => {
  const { save, onClose } = await typing()
  answer('records.readEncounter', { encounter: doctors } as never)
  await queryClient.invalidateQueries()
  await waitFor(() => expect(sentTo('records.readEncounter')).toHaveLength(2))
  refuse('records.correctEncounter', 'CHANGED_MEANWHILE', { params: { current: doctors } })
  await save()
  expect(await screen.findByText(/nay là “Viêm phổi”/)).toBeVisible()
  expect(screen.getByText(/nay là “J18.9 Viêm phổi”/)).toBeVisible()
  expect(screen.getByRole('textbox', { name: 'Dặn dò' })).toHaveValue('Nghỉ ngơi')
  expect(screen.getByRole('textbox', { name: 'Kết luận' })).toHaveValue('Viêm phổi')

  answer('records.correctEncounter', { version: 6 })
  await save()
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(sentTo('records.correctEncounter').map(({ body }) => [body.version, body.changes])).toEqual([
    [4, { advice: 'Nghỉ ngơi' }],
    [5, { advice: 'Nghỉ ngơi' }],
  ])
})

it('both corrected the same words: one chooses', async () => {
  const { user, save } = await typing()
  refuse('records.correctEncounter', 'CHANGED_MEANWHILE', {
    params: { current: { ...encounter, version: 5, advice: 'Uống nước ấm' } },
  })
  await save()
  expect(await screen.findByText(/người kia ghi “Uống nước ấm”/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Lấy của người kia' }))
  expect(screen.getByRole('textbox', { name: 'Dặn dò' })).toHaveValue('Uống nước ấm')
  expect(screen.getByRole('button', { name: /^Lưu/ })).toBeDisabled()
})

it('a cancellation refused for what a colleague wrote: it is read, and the next tap is meant for it', async () => {
  function Open() {
    const { data } = useEncounter(ids.thing)
    return data ? <CancelDialog encounterId={ids.thing} version={data.encounter.version} onClose={vi.fn()} /> : null
  }
  answer('records.readEncounter', { encounter } as never)
  const user = openPart(<Open />)
  await user.type(await screen.findByRole('textbox'), 'Mở nhầm')
  refuse('records.cancelEncounter', 'CHANGED_MEANWHILE')
  answer('records.readEncounter', { encounter: doctors } as never)
  const go = screen.getAllByRole('button').at(-1) as HTMLElement
  await user.click(go)
  await waitFor(() => expect(sentTo('records.readEncounter')).toHaveLength(2))
  expect(screen.getByRole('textbox')).toHaveValue('Mở nhầm')
  answer('records.cancelEncounter', { done: true })
  await user.click(go)
  expect(sentTo('records.cancelEncounter').map(({ body }) => body.version)).toEqual([4, 5])
})
