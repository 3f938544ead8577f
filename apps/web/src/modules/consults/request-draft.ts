import type { Consult } from '@moinha/contracts/consults'
import { newId, type InputOf, type ReplyOf } from '../../platform/api/index.ts'

type Body = InputOf<'consults.saveDraft'>['body']

/** What the form holds. */
export interface RequestDraft {
  id: string
  specialty: string | null
  urgency: 'urgent' | 'scheduled'
  questions: string[]
  history: string
  treatment: string
  allergies: string
  diagnosis: string
  icd10: string
  informed: boolean
  how: 'in_person' | 'by_video' | 'by_phone' | 'written'
  preferredDay: string
}

/** The form as it opens: the written request, else what the encounter knows. */
export function draftFrom(prefill: ReplyOf<'consults.prefill'>, written: Consult | undefined): RequestDraft {
  const how = prefill.video ? 'by_video' : 'in_person'
  if (!written) {
    return {
      id: newId(),
      specialty: null,
      urgency: 'urgent',
      questions: [''],
      history: prefill.history,
      treatment: prefill.treatment,
      allergies: '',
      diagnosis: prefill.diagnosis,
      icd10: prefill.icd10,
      informed: false,
      how,
      preferredDay: '',
    }
  }
  const { id, specialty, urgency, history, treatment, allergies, diagnosis, icd10, patientInformed, preferredAt } =
    written
  return {
    id,
    specialty,
    urgency,
    questions: written.questions.map((question) => question.text),
    history,
    treatment,
    allergies,
    diagnosis,
    icd10,
    informed: patientInformed !== null,
    how: patientInformed?.how ?? how,
    preferredDay: preferredAt?.slice(0, 10) ?? '',
  }
}

/** The form as the contract takes it. */
export function bodyOf(draft: RequestDraft, encounterId: string): Body {
  return {
    encounterId,
    specialty: draft.specialty ?? '',
    urgency: draft.urgency,
    questions: draft.questions.filter((question) => question.trim() !== ''),
    history: draft.history,
    treatment: draft.treatment,
    allergies: draft.allergies,
    diagnosis: draft.diagnosis,
    icd10: draft.icd10,
    patientInformed: draft.informed ? { at: new Date().toISOString(), how: draft.how } : null,
    preferredAt: draft.urgency === 'scheduled' && draft.preferredDay ? `${draft.preferredDay}T08:00:00+07:00` : null,
  }
}

/** What stands in the way of sending. */
export const gapsOf = (draft: RequestDraft) => ({
  specialty: draft.specialty === null,
  questions: draft.questions.every((question) => question.trim() === ''),
  informed: !draft.informed,
})
