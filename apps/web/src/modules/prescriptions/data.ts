import type { BadgeTone } from '@moinha/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call, type InputOf, newId, refresh, type ReplyOf, useRead } from '../../platform/api/index.ts'
import { inLanguage, t, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'
import { shown } from './plain.ts'

export type EncounterRx = ReplyOf<'prescriptions.ofEncounter'>
export type Rx = EncounterRx['items'][number]
export type RxLine = Rx['content']['lines'][number]
export type Medicine = ReplyOf<'prescriptions.searchMedicines'>['items'][number]
export type Checked = ReplyOf<'prescriptions.check'>
export type Finding = Checked['findings'][number]
type LineTyped = InputOf<'prescriptions.check'>['body']['lines'][number]
type Body = InputOf<'prescriptions.issue'>['body']

/** Prescriptions of an encounter, kept fresh. */
export function useEncounterRx(encounterId: string) {
  const read = useRead('prescriptions.ofEncounter', { params: { id: encounterId } })
  useLive<{ encounterId: string }>('prescriptions.changed', (news) => {
    if (news.encounterId === encounterId) void refresh('prescriptions.')
  })
  return read
}

/** One medicine of the form, as typed. */
export interface DraftLine {
  key: string
  medicine: Medicine
  dose: string
  mgPerKgDay: string
  moments: LineTyped['moments']
  meal: RxLine['meal']
  days: string
  quantity: string
  note: string
}

/** What the form holds. */
export interface RxDraft {
  id: string
  lines: DraftLine[]
  situation: Rx['content']['situation']
  weight: string
  companion: { name: string; relation: string; phone: string }
  advice: string
  followUp: string
  replaceReason: string
  reasons: Record<string, string>
}

export const emptyDraft = (): RxDraft => ({
  id: newId(),
  lines: [],
  situation: 'usual',
  weight: '',
  companion: { name: '', relation: '', phone: '' },
  advice: '',
  followUp: '',
  replaceReason: '',
  reasons: {},
})

/** A medicine just chosen: the usual way, to be changed. */
export const freshLine = (medicine: Medicine): DraftLine => ({
  key: newId(),
  medicine,
  dose: '1',
  mgPerKgDay: '',
  moments: ['morning', 'evening'],
  meal: 'any',
  days: '5',
  quantity: '',
  note: '',
})

/** A line of a prescription or a favourite, to be written again. */
export function lineAgain(medicine: Medicine, from: Omit<LineTyped, 'medicineId'>): DraftLine {
  return {
    key: newId(),
    medicine,
    // computed anew by the weight of today
    dose: from.mgPerKgDay ? '' : shown(from.dose ?? ''),
    mgPerKgDay: shown(from.mgPerKgDay ?? ''),
    moments: from.moments,
    meal: from.meal ?? 'any',
    days: String(from.days),
    // computed anew, unless it cannot be
    quantity: medicine.computes ? '' : shown(from.quantity ?? ''),
    note: from.note ?? '',
  }
}

/** What is printed of a medicine, as a row of the catalogue. */
export const medicineOf = (line: RxLine): Medicine => {
  const { medicineId: id, inn, nameVi, strength, form, route, doseUnit, unit, atc, class: of } = line
  const computes = doseUnit === unit
  return { id, code: '', inn, nameVi, strength, form, route, doseUnit, unit, atc, class: of, computes, byWeight: true }
}

const exact = (typed: string): string | null => {
  const text = typed.trim().replace(',', '.')
  return /^\d{1,6}(\.\d{1,3})?$/.test(text) ? text : null
}
const whole = (typed: string): number | null => (/^\d{1,3}$/.test(typed.trim()) ? Number(typed) : null)

function typedLine({ medicine, days, dose, mgPerKgDay, quantity, ...line }: DraftLine): LineTyped {
  return {
    medicineId: medicine.id,
    dose: exact(dose),
    mgPerKgDay: exact(mgPerKgDay),
    moments: line.moments,
    meal: line.meal,
    days: Math.max(1, whole(days) ?? 1),
    quantity: exact(quantity),
    note: line.note,
  }
}

/** The form as the contract takes it; null while a medicine has no time of day or no days. */
export function bodyOf(draft: RxDraft, encounterId: string, replaces: string | null): Body | null {
  const gaps = draft.lines.some((line) => line.moments.length === 0 || !whole(line.days))
  if (draft.lines.length === 0 || gaps) return null
  const { id, situation, companion, advice, replaceReason, reasons } = draft
  return {
    id,
    encounterId,
    situation,
    lines: draft.lines.map(typedLine),
    weightKg: exact(draft.weight),
    broughtBy: companion.name.trim() === '' ? null : companion,
    advice,
    followUpDays: whole(draft.followUp) || null,
    replaces,
    replaceReason,
    reasons: Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason.trim() !== '')),
  }
}

/** What the server computes and says of what is typed, once typing rests. */
export function useCheck(body: Body | null) {
  const { replaceReason: _r, reasons: _w, id: _i, ...asked } = body ?? ({} as Body)
  const wanted = body ? JSON.stringify(asked) : ''
  const [rested, setRested] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setRested(wanted), 350)
    return () => clearTimeout(timer)
  }, [wanted])
  const read = useQuery<Checked, Error>({
    queryKey: ['prescriptions.check', rested],
    queryFn: () => call('prescriptions.check', { body: JSON.parse(rested) as InputOf<'prescriptions.check'>['body'] }),
    enabled: rested !== '',
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
  })
  return {
    checked: rested === '' ? undefined : read.data,
    fresh: rested === wanted && !read.isFetching,
    error: read.error,
  }
}

/** A finding in a person's words. */
export function findingText(finding: Finding): string {
  const params = Object.fromEntries(
    Object.entries(finding.params).map(([key, value]) => [key, typeof value === 'string' ? shownNumber(value) : value]),
  )
  const said = wordFor(`prescriptions.finding.${finding.code}`, params) ?? finding.code
  return finding.why ? `${said}: ${inLanguage(finding.why)}` : said
}

const shownNumber = (text: string): string => (/^\d+\.\d+$/.test(text) ? shown(text) : text)

export const nameOf = ({ inn, nameVi, strength }: Pick<Medicine, 'inn' | 'nameVi' | 'strength'>): string =>
  `${nameVi && nameVi !== inn ? `${inn} (${nameVi})` : inn} ${strength}`

interface Standing {
  state: Rx['state']
  replacedAt: string | null
  withdrawn: unknown
}

/** The tag of a prescription: replaced and taken back come before where it stands with the national system. */
export function stateOf({ state, replacedAt, withdrawn }: Standing): { tone: BadgeTone; text: string } {
  if (withdrawn) return { tone: 'plain', text: t('prescriptions.state.withdrawn') }
  if (replacedAt) return { tone: 'plain', text: t('prescriptions.state.replaced') }
  const tones = { waiting: 'warn', issued: 'success', refused: 'danger' } as const
  return { tone: tones[state], text: t(`prescriptions.state.${state}`) }
}

/** Why it did not go, in words; a code nobody knows is shown as it is. */
export const failureText = (code: string): string =>
  wordFor(`prescriptions.failure.${code}`) ?? t('prescriptions.failure.other', { code })
