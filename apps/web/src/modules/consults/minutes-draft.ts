import type { Consult, MinutesContent } from '@moinha/contracts/consults'
import { formatTime, localDay, wordFor } from '../../platform/i18n/index.ts'

/** What the minutes begin with: everything the case already knows. */
export function firstDraft(consult: Consult): MinutesContent {
  const began =
    consult.events.find((event) => event.name === 'started' || event.name === 'accepted')?.at ?? consult.serverNow
  return {
    treatedFrom: localDay(new Date(consult.submittedAt ?? consult.createdAt)),
    treatedTo: null,
    startedAt: began,
    endedAt: consult.serverNow,
    place: [consult.requestingFacility.name, consult.supportingFacility?.name].filter(Boolean).join(' – '),
    members: consult.people
      .filter((person) => person.role !== 'member')
      .map((person) => ({ ...person, opinion: opinionOf(consult, person.personId) })),
    course: [consult.history, consult.treatment].filter(Boolean).join('\n'),
    answers: consult.questions.map(({ no }) => ({ no, text: '' })),
    diagnosis: consult.diagnosis,
    icd10: consult.icd10,
    treatment: '',
    plan: '',
    transferTo: '',
    followUpOn: null,
    informedAt: null,
    informedBy: consult.requester.name,
  }
}

const opinionOf = (consult: Consult, personId: string | null): string =>
  consult.opinions
    .filter((opinion) => opinion.authorId === personId)
    .map((opinion) => opinion.text)
    .join('\n')

const ON_VIETNAMS_CLOCK = ':00+07:00'

/**
 * An instant as the field of day and time has it, on Vietnam's clock; and back. Half-typed text goes both ways
 * unchanged.
 */
export function toPicker(at: string | null): string {
  if (at === null) return ''
  return Number.isNaN(Date.parse(at))
    ? at.replace(ON_VIETNAMS_CLOCK, '')
    : `${localDay(new Date(at))}T${formatTime(at)}`
}
export const fromPicker = (text: string): string | null => (text ? `${text}${ON_VIETNAMS_CLOCK}` : null)

/** What is missing, in words. */
export function missingWord(code: string): string {
  const answer = /^ANSWER_(\d+)$/.exec(code)
  return (
    (answer
      ? wordFor('consults.minutes.missing.ANSWER', { no: answer[1] ?? '' })
      : wordFor(`consults.minutes.missing.${code}`)) ?? code
  )
}
