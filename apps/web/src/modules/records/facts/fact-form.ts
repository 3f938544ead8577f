import type { Fact, FactKind, FactStatus } from '@moinha/contracts/records'
import { isDay } from '@moinha/ui'
import type { InputOf } from '../../../platform/api/index.ts'
import { atcOf } from './allergens.ts'

type FactSent = InputOf<'records.recordFact'>['body']['fact']

/** A fact while it is typed: every field as text, those its kind does not have stay empty. */
export type FactForm = Record<
  | 'status'
  | 'display'
  | 'code'
  | 'inn'
  | 'atc'
  | 'reaction'
  | 'criticality'
  | 'dosage'
  | 'startedOn'
  | 'endedOn'
  | 'lastPeriodOn'
  | 'outcome'
  | 'note',
  string
>

export const emptyForm: FactForm = {
  status: 'active',
  display: '',
  code: '',
  inn: '',
  atc: '',
  reaction: '',
  criticality: 'unknown',
  dosage: '',
  startedOn: '',
  endedOn: '',
  lastPeriodOn: '',
  outcome: '',
  note: '',
}

export const formOf = (fact: Fact): FactForm => ({
  status: fact.status,
  display: fact.display,
  code: fact.kind === 'problem' ? (fact.code ?? '') : '',
  inn: fact.inn,
  atc: fact.atc ?? '',
  reaction: fact.reaction,
  criticality: fact.criticality ?? 'unknown',
  dosage: fact.dosage,
  startedOn: fact.startedOn ?? '',
  endedOn: fact.endedOn ?? '',
  lastPeriodOn: fact.lastPeriodOn ?? '',
  outcome: fact.outcome ?? '',
  note: fact.note,
})

/** What is sent of it. */
export function factOf(kind: FactKind, form: FactForm): FactSent {
  const { note } = form
  const [display, startedOn, endedOn] = [form.display.trim(), form.startedOn || null, form.endedOn || null]
  const substance = { display, inn: form.inn.trim(), startedOn, note }
  switch (kind) {
    case 'no_known_allergies':
      return { kind, note }
    case 'allergy':
      return {
        kind,
        ...substance,
        atc: form.atc || atcOf(display),
        reaction: form.reaction,
        criticality: form.criticality as 'unknown',
      }
    case 'medicine':
      return { kind, ...substance, atc: form.atc || null, dosage: form.dosage, endedOn }
    case 'problem':
      return { kind, code: form.code, display, startedOn, endedOn, note }
    case 'pregnancy':
      return { kind, lastPeriodOn: form.lastPeriodOn, outcome: (form.outcome || null) as null, endedOn, note }
  }
}

export const statusOf = (form: FactForm): FactStatus => form.status as FactStatus

const dates = ['startedOn', 'endedOn', 'lastPeriodOn'] as const

/** Is all there that its kind needs, and no date half typed? */
export function isFactWhole(kind: FactKind, form: FactForm): boolean {
  const whole = dates.every((name) => form[name] === '' || isDay(form[name]))
  const needed = kind === 'pregnancy' ? form.lastPeriodOn : kind === 'problem' ? form.code : form.display.trim()
  return whole && (kind === 'no_known_allergies' || needed !== '')
}
