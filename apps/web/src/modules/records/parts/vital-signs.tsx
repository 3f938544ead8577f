import { Card, cx } from '@moinha/ui'
import { isImplausible, isPossible, type VitalSign, vitalSigns } from '@moinha/contracts/vital-signs'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatNumber, formatTime, inLanguage, t } from '../../../platform/i18n/index.ts'
import type { Observation } from '../data.ts'
import css from './vital-signs.module.css'

type Code = (typeof vitalSigns)[number]['code']
const numberShown = (sign: VitalSign, value: number): string =>
  formatNumber(value, { maximumFractionDigits: sign.decimals, useGrouping: false })

/** `37,2` and `37.2` are the same; null when it is no number. */
function readNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  return /^-?\d{1,5}(\.\d{1,3})?$/.test(plain) ? Number(plain) : null
}

interface SignProps {
  sign: VitalSign
  seen: Observation | undefined
  locked: boolean
  onSave: (sign: VitalSign, value: number | null) => Promise<boolean>
}

type Verdict = 'fine' | 'notNumber' | 'impossible' | 'doubtful'

/** Only a doubtful value is saved; the other two wait for the one who typed them. */
function judge(sign: VitalSign, text: string): Verdict {
  const value = readNumber(text)
  if (value === null) return text.trim() === '' ? 'fine' : 'notNumber'
  if (!isPossible(sign.code, value)) return 'impossible'
  return isImplausible(sign.code, value) ? 'doubtful' : 'fine'
}

function verdictNote({ possible, plausible }: VitalSign, verdict: Exclude<Verdict, 'fine'>): string {
  const [low, high] = verdict === 'impossible' ? possible : plausible
  return t(`records.vital.${verdict}`, { low: formatNumber(low), high: formatNumber(high) })
}

const seenNote = (seen: Observation | undefined): string =>
  seen ? `${formatTime(seen.takenAt)} · ${seen.authorName}` : ''

/** One big number with its unit; saved when one leaves it. */
function Sign({ sign, seen, locked, onSave }: SignProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? (seen ? numberShown(sign, seen.value) : '')
  const value = readNumber(text)
  const verdict = locked ? 'fine' : judge(sign, text)
  const malformed = verdict === 'notNumber' || verdict === 'impossible'
  const id = `sign-${sign.code}`
  const leave = async (): Promise<void> => {
    if (typed === null || malformed) return
    if (value === (seen?.value ?? null) || (await onSave(sign, value))) setTyped(null)
  }
  return (
    <div className={cx(css.sign, verdict === 'doubtful' && css.doubtful, malformed && css.malformed)}>
      <label htmlFor={id}>{inLanguage(sign)}</label>
      <div className={css.entry}>
        <input
          id={id}
          className={css.number}
          inputMode="decimal"
          autoComplete="off"
          enterKeyHint="next"
          value={text}
          readOnly={locked}
          aria-describedby={`${id}-note`}
          aria-invalid={malformed || undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => void leave()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void leave()
          }}
        />
        <span className={css.unit}>{sign.shownUnit}</span>
      </div>
      <p id={`${id}-note`} className={css.note}>
        {verdict === 'fine' ? seenNote(seen) : verdictNote(sign, verdict)}
      </p>
    </div>
  )
}

interface VitalSignsProps {
  encounterId: string
  observations: readonly Observation[]
  locked: boolean
}

/** The measurements of an encounter: the newest of each kind, each saved by itself. */
export function VitalSigns({ encounterId, observations, locked }: VitalSignsProps) {
  const sending = useSend('records.saveObservations')
  const newest = new Map(observations.map((one) => [one.code, one]))
  const save = async (sign: VitalSign, value: number | null): Promise<boolean> => {
    const seen = newest.get(sign.code)
    if (value === null && !seen) return true
    const item = {
      id: seen?.id ?? newId(),
      code: sign.code as Code,
      value,
      takenAt: seen?.takenAt ?? new Date().toISOString(),
      device: seen?.device ?? null,
    }
    if (!(await sending.run({ params: { id: encounterId }, body: { items: [item] } }))) return false
    await refresh('records.readEncounter')
    return true
  }
  const shown = locked ? vitalSigns.filter((sign) => newest.has(sign.code)) : vitalSigns
  if (shown.length === 0) return null
  return (
    <Card title={t('records.vital.title')} tight>
      <div className={css.grid}>
        {shown.map((sign) => (
          <Sign key={sign.code} sign={sign} seen={newest.get(sign.code)} locked={locked} onSave={save} />
        ))}
      </div>
      <ProblemNotice error={sending.problem} />
    </Card>
  )
}
