import * as contract from '@moinha/contracts/consults'
import type { MinutesContent } from '@moinha/contracts/consults'
import { openEncounter, registerPatient } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember, demoPersonId, type castStaff } from '../../identity/index.ts'
import { facilityIdOf } from '../../facilities/index.ts'

type StaffKey = (typeof castStaff)[number]['castKey']

/** Person id of a member of the cast. */
export const idOf = (key: StaffKey): string => demoPersonId(castStaffMember(key).key)
export const poY = facilityIdOf('kt-tyt-po-y')
export const ngocHoi = facilityIdOf('kt-bvdkkv-ngoc-hoi')
export const tinh = facilityIdOf('kt-bvdk-tinh')

/** A patient registered at Trạm Pờ Y with an open encounter. */
export async function openCase(nurse: TestClient): Promise<{ patientId: string; encounterId: string }> {
  const [patientId, encounterId] = [randomUUID(), randomUUID()]
  await nurse.call(registerPatient, {
    body: { id: patientId, facilityId: poY, fullName: 'Y Blui', sex: 'female', birthDate: '1961-02-03', force: true },
  })
  await nurse.call(openEncounter, {
    body: { id: encounterId, patientId, facilityId: poY, remoteMode: 'IN_PERSON', reason: 'Đau ngực từ sáng' },
  })
  return { patientId, encounterId }
}

export const request = (encounterId: string, change: Partial<Parameters<typeof draftOf>[1]> = {}) =>
  draftOf(encounterId, change)

function draftOf(
  encounterId: string,
  change: { specialty?: string; urgency?: 'urgent' | 'scheduled'; questions?: string[]; patientInformed?: null },
) {
  return {
    encounterId,
    specialty: 'internal',
    urgency: 'urgent' as const,
    questions: ['Có phải cơn đau thắt ngực không?', 'Có cần chuyển tuyến không?'],
    history: 'Tăng huyết áp 10 năm',
    treatment: 'Amlodipin 5 mg',
    allergies: 'Không',
    diagnosis: 'Đau ngực',
    icd10: 'R07',
    patientInformed: { at: new Date().toISOString(), how: 'in_person' as const },
    preferredAt: null,
    ...change,
  }
}

/** A request on its way. */
export async function submitted(nurse: TestClient, change: Parameters<typeof draftOf>[1] = {}) {
  const { patientId, encounterId } = await openCase(nurse)
  const id = randomUUID()
  await nurse.call(contract.saveDraft, { params: { id }, body: request(encounterId, change) })
  const consult = await nurse.call(contract.submit, { params: { id }, body: {} })
  return { id, patientId, encounterId, consult }
}

/** Complete minutes of a case. */
export function wholeMinutes(consult: contract.Consult, change: Partial<MinutesContent> = {}): MinutesContent {
  const members = consult.people.filter((person) => person.role !== 'member')
  return {
    treatedFrom: '2026-11-20',
    treatedTo: null,
    startedAt: '2026-11-22T08:00:00.000Z',
    endedAt: '2026-11-22T08:20:00.000Z',
    place: 'Trạm Y tế Pờ Y – BVĐKKV Ngọc Hồi',
    members,
    course: 'Đau ngực từ sáng, đã dùng thuốc hạ áp',
    answers: consult.questions.map(({ no }) => ({ no, text: `Trả lời câu ${no}` })),
    diagnosis: 'Cơn đau thắt ngực ổn định',
    icd10: 'I20.8',
    treatment: 'Aspirin 81 mg',
    plan: 'Theo dõi tại trạm, hẹn khám sau 3 ngày',
    transferTo: '',
    followUpOn: '2026-11-25',
    informedAt: '2026-11-22T08:21:00.000Z',
    informedBy: 'Nàng Phương',
    ...change,
  }
}

/** Rows past every wall, for asserting. */
export async function rowsOf<T>(bed: TestBed, sql: string, values: unknown[]): Promise<T[]> {
  return (await bed.owner.query(sql, values)).rows as T[]
}
