import type { Consult } from '@moinha/contracts/consults'
import type { Fact } from '@moinha/contracts/records'
import { screen } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { liveSocket } from '../../../platform/realtime/index.ts'
import { say } from '../../../platform/testing/live-line.ts'
import { asStaff, ids, openPart } from '../../../platform/testing/screen.tsx'
import { answer } from '../../../platform/testing/wire.ts'
import { CaseFacts } from './case-facts.tsx'

const consult = {
  status: 'in_session',
  patient: { id: ids.patient, fullName: 'Y Lan', sex: 'female', birthDate: null },
  questions: [{ no: 1, text: 'Dùng kháng sinh nào?' }],
  vitals: [],
  diagnosis: 'Viêm phổi',
  icd10: 'J18',
  history: '',
  treatment: '',
  allergies: '',
  requester: { id: ids.me, name: 'Trần Thị Mai' },
  requesterCard: { title: 'Bác sĩ' },
  requestingFacility: { id: ids.facility, name: 'Trạm Y tế Pờ Y' },
  consultant: null,
  supportingFacility: null,
  patientInformed: null,
} as unknown as Consult

beforeEach(() => {
  asStaff('patient.read', 'consult.read')
  answer('records.listFacts', { items: [], may: { write: false } })
})

it('the consultant sees an allergy as soon as the station writes it', async () => {
  await liveSocket()
  openPart(<CaseFacts consult={consult} />)
  expect(await screen.findByText('Chưa hỏi về dị ứng')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Thêm' })).toBeNull()
  const fact = {
    id: ids.thing,
    kind: 'allergy',
    status: 'active',
    display: 'Penicilin',
    criticality: 'high',
    reaction: '',
    dosage: '',
    note: '',
    startedOn: null,
    endedOn: null,
    dueOn: null,
    outcome: null,
    updatedByName: 'Trần Thị Mai',
    updatedAt: '2026-11-25T01:00:00.000Z',
  } as Partial<Fact> as Fact
  answer('records.listFacts', { items: [fact], may: { write: false } })
  say('records.factsChanged', { patientId: ids.patient })
  expect(await screen.findByText('Dị ứng: Penicilin')).toBeVisible()
})

it('a case that is over shows nothing more of the patient than it held', async () => {
  openPart(<CaseFacts consult={{ ...consult, status: 'closed' }} />)
  expect(await screen.findByText('Dùng kháng sinh nào?')).toBeVisible()
  expect(screen.queryByRole('heading', { name: 'Tiền sử và dị ứng' })).toBeNull()
})
