import type { Fact } from '@moinha/contracts/records'
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer, cutNetwork, hold, mendNetwork, refuse, sentTo } from '../../../platform/testing/wire.ts'
import { say } from '../../../platform/testing/live-line.ts'
import { FactsPanel } from './facts-panel.tsx'

const penicillin: Fact = {
  id: ids.thing,
  patientId: ids.patient,
  kind: 'allergy',
  status: 'active',
  version: 1,
  system: 'http://www.whocc.no/atc',
  code: 'J01C',
  display: 'Penicilin',
  inn: '',
  atc: 'J01C',
  reaction: 'Sốc',
  criticality: 'high',
  dosage: '',
  startedOn: null,
  endedOn: null,
  lastPeriodOn: null,
  dueOn: null,
  outcome: null,
  note: '',
  encounterId: null,
  authorName: 'Trần Thị Mai',
  recordedAt: '2026-11-25T01:00:00.000Z',
  updatedByName: 'Trần Thị Mai',
  updatedAt: '2026-11-25T01:00:00.000Z',
}
const known = (items: Fact[], write = true): void => answer('records.listFacts', { items, may: { write } })

beforeEach(() => known([]))

async function opened() {
  const user = openPart(<FactsPanel patientId={ids.patient} encounterId={ids.other} />)
  await screen.findByRole('heading', { name: 'Tiền sử và dị ứng' })
  return user
}

it('says that it loads, then that nobody asked about allergies', async () => {
  const reading = hold('records.listFacts')
  openPart(<FactsPanel patientId={ids.patient} />)
  expect(await screen.findByRole('status', { name: 'Đang tải…' })).toBeVisible()
  reading.letGo()
  expect(await screen.findByText('Chưa hỏi về dị ứng')).toBeVisible()
})

it('an allergy is said in words, with how bad it is, and appears as soon as a colleague writes it', async () => {
  await liveSocket()
  await opened()
  known([penicillin])
  say('records.factsChanged', { patientId: ids.patient })
  const list = await screen.findByRole('list', { name: 'Dị ứng' })
  expect(within(list).getByText('Dị ứng: Penicilin')).toBeVisible()
  expect(within(list).getByText('Nguy hiểm')).toBeVisible()
})

it('one tap takes a common substance with its code; a second tap sends nothing more', async () => {
  const user = await opened()
  answer('records.recordFact', { fact: penicillin, warnings: [] })
  await user.click(screen.getByRole('button', { name: 'Thêm' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Thêm tiền sử' }))
  expect(dialog.getByRole('button', { name: 'Lưu' })).toBeDisabled()
  await user.click(dialog.getByRole('button', { name: 'Penicilin' }))
  await user.dblClick(dialog.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('records.recordFact').map(({ body }) => [body.encounterId, body.fact])).toEqual([
    [ids.other, expect.objectContaining({ kind: 'allergy', display: 'Penicilin', atc: 'J01C' })],
  ])
})

it('known already, or the network gone: said, and what was typed is still there', async () => {
  const user = await opened()
  refuse('records.recordFact', 'FACT_ALREADY_KNOWN', { params: { id: ids.thing, display: 'Tôm' } })
  await user.click(screen.getByRole('button', { name: 'Thêm' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Thêm tiền sử' }))
  await user.type(dialog.getByLabelText('Dị ứng với'), 'tôm')
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  expect(await dialog.findByText(/Đã có trong hồ sơ: Tôm/)).toBeVisible()
  cutNetwork()
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  expect(await dialog.findByRole('alert')).toBeVisible()
  expect(dialog.getByLabelText('Dị ứng với')).toHaveValue('tôm')
  mendNetwork()
  answer('records.recordFact', { fact: penicillin, warnings: [] })
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  // one id for all tries
  expect(new Set(sentTo('records.recordFact').map(({ body }) => body.id)).size).toBe(1)
})

it('“no known allergies” is one tap with a way back', async () => {
  const none: Fact = { ...penicillin, kind: 'no_known_allergies', display: '', criticality: null }
  const user = await opened()
  answer('records.recordFact', { fact: none, warnings: [] })
  answer('records.changeFact', { fact: { ...none, version: 2 }, warnings: [] })
  await user.click(screen.getByRole('button', { name: 'Không có dị ứng' }))
  await user.click(await screen.findByRole('button', { name: 'Hoàn tác' }))
  await waitFor(() => expect(sentTo('records.changeFact')).toHaveLength(1))
  expect(sentTo('records.changeFact')[0]?.body).toMatchObject({ version: 1, status: 'entered_in_error' })
})

it('a change asks its reason; what a colleague wrote meanwhile is shown and not overwritten', async () => {
  known([penicillin])
  answer('records.factVersions', { items: [] })
  const current = { ...penicillin, version: 2, reaction: 'Nổi mề đay' }
  refuse('records.changeFact', 'CHANGED_MEANWHILE', { params: { current } })
  const user = await opened()
  await user.click(await screen.findByRole('button', { name: 'Sửa: Penicilin' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Sửa: Penicilin' }))
  await user.selectOptions(dialog.getByLabelText('Hiện nay'), 'resolved')
  expect(dialog.getByRole('button', { name: 'Lưu' })).toBeDisabled()
  await user.type(dialog.getByLabelText('Lý do sửa'), 'Thử lại không sao')
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  expect(await dialog.findByText(/nay là “Nổi mề đay”/)).toBeVisible()
  answer('records.changeFact', { fact: { ...current, version: 3, status: 'resolved' }, warnings: [] })
  await user.click(dialog.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sentTo('records.changeFact').map(({ body }) => [body.version, body.status])).toEqual([
    [1, 'resolved'],
    [2, 'resolved'],
  ])
})

it('whoever only reads is offered no way to write', async () => {
  known([penicillin], false)
  await opened()
  expect(await screen.findByText('Dị ứng: Penicilin')).toBeVisible()
  expect(screen.queryByRole('button', { name: /Sửa|Thêm/ })).toBeNull()
})
