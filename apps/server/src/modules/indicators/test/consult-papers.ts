import type { Consult, MinutesContent } from '@moinha/contracts/consults'

/** A request with one question, as the station's screen sends it. */
export function consultRequest(encounterId: string, urgency: 'urgent' | 'scheduled') {
  return {
    encounterId,
    urgency,
    specialty: 'internal',
    questions: ['Có cần chuyển tuyến không?'],
    history: 'Tăng huyết áp 10 năm',
    treatment: 'Amlodipin 5 mg',
    allergies: '',
    diagnosis: 'Đau ngực',
    icd10: 'R07',
    patientInformed: { at: new Date().toISOString(), how: 'in_person' as const },
    preferredAt: null,
  }
}

/** Minutes that lack nothing. */
export function minutesOf(consult: Consult): MinutesContent {
  return {
    treatedFrom: '2026-11-20',
    treatedTo: null,
    startedAt: '2026-11-22T08:00:00.000Z',
    endedAt: '2026-11-22T08:20:00.000Z',
    place: 'Trạm Y tế Pờ Y',
    members: consult.people.filter((person) => person.role !== 'member'),
    course: 'Đau ngực từ sáng',
    answers: consult.questions.map(({ no }) => ({ no, text: 'Không cần' })),
    diagnosis: 'Cơn đau thắt ngực ổn định',
    icd10: 'I20.8',
    treatment: 'Aspirin 81 mg',
    plan: 'Theo dõi tại trạm',
    transferTo: '',
    followUpOn: null,
    informedAt: '2026-11-22T08:21:00.000Z',
    informedBy: 'Nàng Phương',
  }
}
