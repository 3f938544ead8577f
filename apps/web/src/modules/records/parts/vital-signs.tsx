import { Button, Card, cx, Notice, Row } from '@moinha/ui'
import { isImplausible, isPossible, type VitalSign, vitalSigns } from '@moinha/contracts/vital-signs'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { currentOf, useMet } from '../../../platform/editing/index.ts'
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

/** What one types over which value; `met`: the value a colleague wrote meanwhile, null where they took it back. */
interface Typing {
  text: string
  over: Observation | undefined
  met?: Observation | null
}

interface SignProps {
  encounterId: string
  sign: VitalSign
  seen: Observation | undefined
  locked: boolean
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

/**
 * A number being typed, saved when one leaves it. It corrects the value it was typed over, not one read since: what a
 * colleague wrote meanwhile is shown first, and whoever types decides.
 */
function useTypedSign({ encounterId, sign, seen, locked }: SignProps) {
  const sending = useSend('records.saveObservations')
  const [typing, setTyping] = useState<Typing | null>(null)
  const text = typing?.text ?? (seen ? numberShown(sign, seen.value) : '')
  const value = readNumber(text)
  const verdict = locked ? 'fine' : judge(sign, text)
  const malformed = verdict === 'notNumber' || verdict === 'impossible'
  const current = currentOf<readonly Observation[]>(sending.problem)
  useMet(current, (now) => {
    const met = now.find((one) => one.id === typing?.over?.id)
    setTyping((before) => before && { ...before, over: met, met: met ?? null })
    void refresh('records.readEncounter')
  })
  const save = async (): Promise<void> => {
    if (typing === null || malformed) return
    const { over } = typing
    if (value !== (over?.value ?? null)) {
      const items = [itemOf(sign, value, over)]
      if (!(await sending.run({ params: { id: encounterId }, body: { items } }))) return
      await refresh('records.readEncounter')
    }
    // what was typed while it was on its way stays
    setTyping((before) => (before === typing ? null : before))
  }
  const leave = async (): Promise<void> => {
    // a colleague's value stands beside it: the buttons decide
    if (typing?.met === undefined) await save()
  }
  const type = (typed: string): void => setTyping((before) => ({ text: typed, over: before ? before.over : seen }))
  const problem = current ? null : sending.problem
  return { text, verdict, malformed, met: typing?.met, problem, type, leave, save, drop: () => setTyping(null) }
}

const itemOf = (sign: VitalSign, value: number | null, over: Observation | undefined) => ({
  id: over?.id ?? newId(),
  code: sign.code as Code,
  value,
  takenAt: over?.takenAt ?? new Date().toISOString(),
  device: over?.device ?? null,
  basedOn: over?.recordedAt ?? null,
})

interface MetProps {
  sign: VitalSign
  met: Observation | null
  typed: string
  onKeepTheirs: () => void
  onWriteMine: () => void
}

/** A colleague wrote the same sign meanwhile: theirs, or what was typed? */
function MetNotice({ sign, met, typed, onKeepTheirs, onWriteMine }: MetProps) {
  const [name, theirs] = [inLanguage(sign), met ? numberShown(sign, met.value) : '']
  const mine = typed.trim() || t('meanwhile.empty')
  const title = met
    ? t('records.vital.met', { name, by: met.authorName, value: theirs })
    : t('records.vital.metTakenBack', { name })
  return (
    <div className={css.wide}>
      <Notice tone="warn" title={title}>
        <p>{t('records.vital.metText', { value: mine })}</p>
        <Row>
          <Button onClick={onKeepTheirs}>
            {met ? t('records.vital.keepTheirs', { value: theirs }) : t('records.vital.leaveEmpty')}
          </Button>
          <Button onClick={onWriteMine}>{t('records.vital.writeMine', { value: mine })}</Button>
        </Row>
      </Notice>
    </div>
  )
}

type EntryProps = ReturnType<typeof useTypedSign> & { id: string; unit: string; locked: boolean }

function Entry({ id, unit, locked, text, malformed, type, leave }: EntryProps) {
  return (
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
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={() => void leave()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void leave()
        }}
      />
      <span className={css.unit}>{unit}</span>
    </div>
  )
}

/** One big number with its unit. */
function Sign(props: SignProps) {
  const { sign, seen } = props
  const typing = useTypedSign(props)
  const { text, verdict, malformed, met, problem, save, drop } = typing
  const id = `sign-${sign.code}`
  return (
    <>
      <div className={cx(css.sign, verdict === 'doubtful' && css.doubtful, malformed && css.malformed)}>
        <label htmlFor={id}>{inLanguage(sign)}</label>
        <Entry {...typing} id={id} unit={sign.shownUnit} locked={props.locked} />
        <p id={`${id}-note`} className={css.note}>
          {verdict === 'fine' ? seenNote(seen) : verdictNote(sign, verdict)}
        </p>
      </div>
      {met !== undefined && (
        <MetNotice sign={sign} met={met} typed={text} onKeepTheirs={drop} onWriteMine={() => void save()} />
      )}
      {problem && (
        <div className={css.wide}>
          <ProblemNotice error={problem} />
        </div>
      )}
    </>
  )
}

interface VitalSignsProps {
  encounterId: string
  observations: readonly Observation[]
  locked: boolean
}

/** The measurements of an encounter: the newest of each kind, each saved by itself. */
export function VitalSigns({ encounterId, observations, locked }: VitalSignsProps) {
  const newest = new Map(observations.map((one) => [one.code, one]))
  const shown = locked ? vitalSigns.filter((sign) => newest.has(sign.code)) : vitalSigns
  if (shown.length === 0) return null
  return (
    <Card title={t('records.vital.title')} tight>
      <div className={css.grid}>
        {shown.map((sign) => (
          <Sign key={sign.code} encounterId={encounterId} sign={sign} seen={newest.get(sign.code)} locked={locked} />
        ))}
      </div>
    </Card>
  )
}
