import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { asStaff, ids, openScreen } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import type { Encounter, EncounterPage } from '../data.ts'

const encounter: Encounter = {
  id: ids.thing,
  patientId: ids.patient,
  facilityId: ids.facility,
  facilityName: 'Trạm Y tế Pờ Y',
  practitionerId: ids.me,
  practitionerName: 'Trần Thị Mai',
  licenceNo: null,
  remoteMode: 'IN_PERSON',
  status: 'in_progress',
  appointmentId: null,
  visitId: null,
  presentReason: null,
  startedAt: '2026-11-25T01:00:00.000Z',
  finishedAt: null,
  closedByName: null,
  cancelReason: null,
  consentAt: null,
  version: 1,
  updatedAt: '2026-11-25T01:00:00.000Z',
  updatedByName: null,
  corrections: 0,
  upperLevelTookPart: false,
  complaint: '',
  findings: '',
  conclusion: '',
  advice: '',
  nextAppointmentOn: null,
  referredUp: false,
  disposition: null,
  channel: 'in_person',
  identityCheck: 'document_seen',
  consentBy: 'patient',
  diagnoses: [],
} as Encounter

const pageOf = (change: Partial<Encounter> = {}): EncounterPage => ({
  encounter: { ...encounter, ...change },
  observations: [],
  patient: { id: ids.patient, fullName: 'Y Lan', sex: 'female', birthDate: '1990-08-03' },
  documents: [],
  may: { write: true },
  gate: { applies: false, allows: ['advice', 'referral'], reason: 'listed', conditions: [] },
})

const measured = {
  id: ids.other,
  system: 'http://loinc.org',
  code: '8310-5',
  display: 'Body temperature',
  unit: 'Cel',
  takenAt: '2026-11-25T01:00:00.000Z',
  device: null,
  authorName: 'Trần Thị Mai',
  implausible: false,
}

let version = 1
beforeEach(() => {
  version = 1
  asStaff('patient.read', 'encounter.write')
  answer('records.readEncounter', pageOf())
  answer('records.listFacts', { items: [], may: { write: true } })
  // what other modules put beside an encounter
  answer('prescriptions.ofEncounter', { items: [], refused: 'NOT_ALLOWED', child: false, last: [], templates: [] })
  answer('referrals.list', { items: [], next: null })
  answer('records.saveEncounter', () => ({ version: ++version, updatedAt: '2026-11-25T01:05:00.000Z' }))
  answer('records.finishEncounter', () => {
    answer('records.readEncounter', pageOf({ status: 'finished', version: 9, conclusion: 'Cảm cúm' }))
    return { done: true } as never
  })
})

const conclusion = () => screen.findByLabelText('Kết luận')

async function opened() {
  const user = openScreen(`/work/encounters/${ids.thing}`)
  await conclusion()
  return user
}

const finishing = async () => within(await screen.findByRole('dialog', { name: 'Kết thúc lượt khám' }))

it('says that it loads', async () => {
  const reading = hold('records.readEncounter')
  openScreen(`/work/encounters/${ids.thing}`)
  expect(await screen.findByRole('status', { name: 'Đang tải…' })).toBeVisible()
  reading.letGo()
  expect(await screen.findByRole('heading', { name: 'Y Lan' })).toBeVisible()
})

it('what is typed is saved by itself, only the pieces that changed, and one sees that it is', async () => {
  const user = await opened()
  await user.type(await conclusion(), 'Cảm cúm')
  expect(screen.getByText('Chưa lưu')).toBeVisible()
  expect(await screen.findByText(/^Đã lưu lúc/)).toBeVisible()
  expect(sentTo('records.saveEncounter').map(({ body }) => body)).toEqual([
    { version: 1, changes: { conclusion: 'Cảm cúm' } },
  ])
})

it('network lost and back: said, nothing typed is lost, sent by itself or at a tap', async () => {
  const user = await opened()
  cutNetwork()
  await user.type(await conclusion(), 'Cảm cúm')
  expect(await screen.findByText('Chưa gửi được, sẽ tự thử lại')).toBeVisible()
  expect(screen.getByRole('alert')).toHaveTextContent('Điều bạn đã nhập vẫn còn đây')
  expect(await conclusion()).toHaveValue('Cảm cúm')
  mendNetwork()
  await user.click(screen.getByRole('button', { name: 'Thử lại' }))
  expect(await screen.findByText(/^Đã lưu lúc/)).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
})

it('two people wrote the same piece: both texts are shown, and a choice settles it', async () => {
  const user = await opened()
  refuse('records.saveEncounter', 'CHANGED_MEANWHILE', {
    params: { current: { ...encounter, version: 5, conclusion: 'Viêm họng' } },
  })
  await user.type(await conclusion(), 'Cảm cúm')
  expect(await screen.findByText('Cần chọn một trong hai bản')).toBeVisible()
  expect(screen.getByText(/Viêm họng/)).toBeVisible()
  expect(await conclusion()).toHaveValue('Cảm cúm')
  expect(screen.getByRole('button', { name: 'Kết thúc khám' })).toBeDisabled()
})

it('a measurement that a colleague corrected meanwhile is not overwritten: both are shown, and a tap decides', async () => {
  const seen = { ...measured, value: 36.6, recordedAt: '2026-11-25T01:01:00.000Z' }
  const newer = { ...measured, value: 39.2, authorName: 'Bs. A Hùng', recordedAt: '2026-11-25T01:09:00.000Z' }
  answer('records.readEncounter', { ...pageOf(), observations: [seen] })
  const user = await opened()
  refuse('records.saveObservations', 'CHANGED_MEANWHILE', { params: { current: [newer] } })
  const field = await screen.findByLabelText('Nhiệt độ')
  await user.clear(field)
  await user.type(field, '36,8{Enter}')
  expect(await screen.findByText('Nhiệt độ: Bs. A Hùng vừa ghi 39,2')).toBeVisible()
  expect(field).toHaveValue('36,8')
  answer('records.saveObservations', { items: [], warnings: [] })
  await user.click(screen.getByRole('button', { name: 'Ghi 36,8' }))
  await waitFor(() => expect(screen.queryByText(/vừa ghi 39,2/)).toBeNull())
  expect(sentTo('records.saveObservations').map(({ body }) => body)).toEqual([
    { items: [expect.objectContaining({ id: seen.id, value: 36.8, basedOn: seen.recordedAt })] },
    { items: [expect.objectContaining({ id: seen.id, value: 36.8, basedOn: newer.recordedAt })] },
  ])
})

it('leaving with something unsaved asks first', async () => {
  const asked = vi.fn(() => false)
  vi.stubGlobal('confirm', asked)
  const user = await opened()
  cutNetwork()
  await user.type(await conclusion(), 'Cảm cúm')
  await user.click(screen.getByRole('link', { name: 'Y Lan' }))
  expect(asked).toHaveBeenCalledWith('Có điều chưa lưu xong. Rời trang này?')
  expect(location.pathname).toBe(`/work/encounters/${ids.thing}`)
})

it('it cannot end without a conclusion: what is missing is named', async () => {
  const user = await opened()
  await user.click(screen.getByRole('button', { name: 'Kết thúc khám' }))
  const dialog = await finishing()
  expect(dialog.getByText('Chưa có kết luận')).toBeVisible()
  expect(dialog.getByRole('button', { name: 'Kết thúc và khóa' })).toBeDisabled()
  expect(dialog.getByRole('radio', { name: /^Điều trị/ })).toBeDisabled()
})

it('two taps finish once; until the locked page is here no tap counts', async () => {
  const user = await opened()
  await user.type(await conclusion(), 'Cảm cúm')
  await user.click(screen.getByRole('button', { name: 'Kết thúc khám' }))
  const go = (await finishing()).getByRole('button', { name: 'Kết thúc và khóa' })
  const ending = hold('records.finishEncounter')
  await user.dblClick(go)
  const reading = hold('records.readEncounter')
  ending.letGo()
  await waitFor(() => expect(sentTo('records.readEncounter').length).toBeGreaterThan(1))
  await user.click(go)
  expect(go).toHaveAttribute('aria-busy', 'true')
  reading.letGo()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('records.finishEncounter')).toHaveLength(1)
  expect(sentTo('records.finishEncounter')[0]?.body).toEqual({ version: 2, disposition: 'advice' })
})

it('a refused end is told in the dialog, and all stays', async () => {
  const user = await opened()
  await user.type(await conclusion(), 'Cảm cúm')
  await user.click(screen.getByRole('button', { name: 'Kết thúc khám' }))
  const dialog = await finishing()
  refuse('records.finishEncounter', 'REMOTE_TREATMENT_NOT_LISTED')
  await user.click(dialog.getByRole('button', { name: 'Kết thúc và khóa' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('Bệnh này chưa được phép điều trị từ xa.')
  expect(await conclusion()).toHaveValue('Cảm cúm')
})

it('every condition of remote care that is missing is said, what closes treatment apart from what only warns', async () => {
  const page = pageOf({ remoteMode: 'DIRECT_TO_PATIENT' })
  answer('records.readEncounter', {
    ...page,
    gate: {
      applies: true,
      allows: ['advice', 'referral'],
      reason: 'not_listed',
      conditions: [
        { condition: 'disease', binding: 'bind', met: false, reason: 'not_listed' },
        { condition: 'announcement', binding: 'bind', met: false, reason: 'not_announced' },
        { condition: 'registration', binding: 'warn', met: false, reason: 'outside_hours' },
      ],
    },
  })
  const user = await opened()
  await user.click(screen.getByRole('button', { name: 'Kết thúc khám' }))
  const dialog = await finishing()
  expect(dialog.getByText('Chưa được kết thúc bằng điều trị, vì:')).toBeVisible()
  expect(dialog.getByText(/ngoài danh mục được chữa từ xa/)).toBeVisible()
  expect(dialog.getByText(/chưa công bố dịch vụ khám từ xa/)).toBeVisible()
  expect(dialog.getByText('Lưu ý, cần bổ sung:')).toBeVisible()
  expect(dialog.getByText(/ngoài giờ đăng ký hành nghề/)).toBeVisible()
  expect(dialog.getByRole('radio', { name: /^Điều trị/ })).toBeDisabled()
  expect(dialog.getByRole('radio', { name: /^Tư vấn/ })).toBeEnabled()
})

it('the network goes before the end: the dialog stays and says it, and ends once the network is back', async () => {
  const user = await opened()
  await user.click(screen.getByRole('button', { name: 'Kết thúc khám' }))
  await user.click((await finishing()).getByRole('button', { name: 'Đóng' }))
  await user.type(await conclusion(), 'Cảm cúm')
  cutNetwork()
  await user.click(screen.getByRole('button', { name: 'Kết thúc khám' }))
  const dialog = await finishing()
  expect(await dialog.findByRole('alert')).toHaveTextContent('mất mạng')
  await user.click(dialog.getByRole('button', { name: 'Kết thúc và khóa' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('mất mạng')
  expect(sentTo('records.finishEncounter')).toHaveLength(0)
  mendNetwork()
  await user.click(dialog.getByRole('button', { name: 'Kết thúc và khóa' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('records.finishEncounter')).toHaveLength(1)
})

it('a finished encounter shows what was recorded and written in its visit', async () => {
  answer('records.readEncounter', pageOf({ status: 'finished', visitId: ids.other }))
  answer('calls.listMessages', { items: [], next: null, now: 'mark', gone: null })
  answer('calls.listRecordings', {
    items: [
      {
        spanId: ids.thing,
        recordedByName: 'Trần Thị Mai',
        openedAt: '2026-11-25T01:10:00.000Z',
        seconds: 65,
        bytes: 1,
        mediaType: 'video/webm',
      },
    ],
  })
  openScreen(`/work/encounters/${ids.thing}`)
  expect(await screen.findByRole('list', { name: 'Bản ghi hình của buổi này' })).toHaveTextContent('Dài 1:05')
})
