import type { Consult } from '@moinha/contracts/consults'
import { newId, type InputOf, type ReplyOf } from '../../platform/api/index.ts'

type Body = InputOf<'consults.saveDraft'>['body']

/** What the form holds. */
export interface RequestDraft {
  id: string
  /** Version of the written request that this one stands on; none where nothing is written yet. */
  basedOn: number | null
  specialty: string | null
  urgency: 'urgent' | 'scheduled'
  questions: string[]
  history: string
  treatment: string
  allergies: string
  diagnosis: string
  icd10: string
  informed: boolean
  /** When that was ticked. */
  informedAt: string | null
  how: 'in_person' | 'by_video' | 'by_phone' | 'written'
  preferredDay: string
}

type Prefill = ReplyOf<'consults.prefill'>

const howOf = ({ video }: Prefill): RequestDraft['how'] => (video ? 'by_video' : 'in_person')

/** Nothing is written yet: what the encounter knows. */
function freshDraft(prefill: Prefill): RequestDraft {
  return {
    id: newId(),
    basedOn: null,
    specialty: null,
    urgency: 'urgent',
    questions: [''],
    history: prefill.history,
    treatment: prefill.treatment,
    allergies: '',
    diagnosis: prefill.diagnosis,
    icd10: prefill.icd10,
    informed: false,
    informedAt: null,
    how: howOf(prefill),
    preferredDay: '',
  }
}

/** The form as it opens: the written request, else what the encounter knows. */
export function draftFrom(prefill: Prefill, written: Consult | undefined): RequestDraft {
  if (!written) return freshDraft(prefill)
  const { id, specialty, urgency, history, treatment, allergies, diagnosis, icd10, patientInformed, preferredAt } =
    written
  return {
    id,
    basedOn: written.version,
    specialty,
    urgency,
    questions: written.questions.map((question) => question.text),
    history,
    treatment,
    allergies,
    diagnosis,
    icd10,
    informed: patientInformed !== null,
    informedAt: patientInformed?.at ?? null,
    how: patientInformed?.how ?? howOf(prefill),
    preferredDay: preferredAt?.slice(0, 10) ?? '',
  }
}

/** The form as the contract takes it. */
export function bodyOf(draft: RequestDraft, encounterId: string): Body {
  return {
    encounterId,
    basedOn: draft.basedOn,
    specialty: draft.specialty ?? '',
    urgency: draft.urgency,
    questions: draft.questions.filter((question) => question.trim() !== ''),
    history: draft.history,
    treatment: draft.treatment,
    allergies: draft.allergies,
    diagnosis: draft.diagnosis,
    icd10: draft.icd10,
    patientInformed: draft.informed ? { at: draft.informedAt ?? new Date().toISOString(), how: draft.how } : null,
    preferredAt: draft.urgency === 'scheduled' && draft.preferredDay ? `${draft.preferredDay}T08:00:00+07:00` : null,
  }
}

/** What stands in the way of sending. */
export const gapsOf = (draft: RequestDraft) => ({
  specialty: draft.specialty === null,
  questions: draft.questions.every((question) => question.trim() === ''),
  informed: !draft.informed,
})

/** What both see and write of a request, each as one line of text or a choice. */
const compared = [
  'specialty',
  'urgency',
  'preferredDay',
  'questions',
  'history',
  'treatment',
  'allergies',
  'diagnosis',
  'icd10',
  'informed',
  'how',
] as const
export type Compared = (typeof compared)[number]

export const plainOf = (draft: RequestDraft) => ({ ...draft, questions: draft.questions.join('\n') })

/** Where what one typed and what a colleague wrote meanwhile are not the same. */
export function differing(mine: RequestDraft, theirs: RequestDraft): Compared[] {
  const [one, other] = [plainOf(mine), plainOf(theirs)]
  return compared.filter((key) => one[key] !== other[key])
}

/** A colleague's word for one thing instead of one's own. */
export const taken = (key: Compared, theirs: RequestDraft): Partial<RequestDraft> => ({
  [key]: theirs[key],
  ...(key === 'informed' && { informedAt: theirs.informedAt }),
})
