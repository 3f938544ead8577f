import type { ReplyOf } from '../../../platform/api/index.ts'
import { MeanwhileNotice } from '../../../platform/editing/index.ts'
import { formatDate, language, t } from '../../../platform/i18n/index.ts'
import { type Compared, differing, plainOf, type RequestDraft, taken } from '../request-draft.ts'

const labelsOf = () => ({
  specialty: t('consults.new.specialty'),
  urgency: t('consults.new.urgency'),
  preferredDay: t('consults.new.preferred'),
  questions: t('consults.new.questions'),
  history: t('consults.case.history'),
  treatment: t('consults.case.treatment'),
  allergies: t('consults.case.allergies'),
  diagnosis: t('consults.case.diagnosis'),
  icd10: t('consults.minutes.icd10'),
  informed: t('consults.new.informed'),
  how: t('consults.new.informedHow'),
})

interface Props {
  draft: RequestDraft
  /** What a colleague wrote, as this form shows it. */
  theirs: RequestDraft
  prefill: ReplyOf<'consults.prefill'>
  change: (change: Partial<RequestDraft>) => void
}

/** A colleague changed this request meanwhile: each word that differs is shown and decided here. */
export function RequestMeanwhile({ draft, theirs, prefill, change }: Props) {
  const { specialty, urgency, preferredDay, questions, history, treatment, allergies, diagnosis, icd10, ...more } =
    plainOf(theirs)
  const words = { history, treatment, allergies, diagnosis, icd10, informed: more.informed, how: more.how }
  const current = { specialty, urgency, preferredDay, questions, ...words }
  const textOf = (key: Compared, value: string | boolean | null): string => {
    if (typeof value === 'boolean') return t(value ? 'meanwhile.yes' : 'meanwhile.no')
    if (key === 'specialty') return prefill.specialties.find((one) => one.code === value)?.[language()] ?? ''
    if (key === 'urgency') return t(`consults.urgency.${theirs.urgency}`)
    if (key === 'how') return t(`consults.how.${theirs.how}`)
    return key === 'preferredDay' && value ? formatDate(value) : (value ?? '')
  }
  const clashes = differing(draft, theirs)
  return (
    <MeanwhileNotice
      meanwhile={{ clashes, taken: [], current }}
      labels={labelsOf()}
      textOf={textOf}
      onTake={(key) => change(taken(key, theirs))}
    />
  )
}
