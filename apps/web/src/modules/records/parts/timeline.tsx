import { Badge, Button, EmptyState, Icon, type IconName, Skeleton, StatusTag } from '@moinha/ui'
import type { TimelineEntry } from '@moinha/contracts/records'
import { vitalSignOf, vitalSigns } from '@moinha/contracts/vital-signs'
import { type ReactNode, useState } from 'react'
import { call, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatNumber, formatTime, inLanguage, t } from '../../../platform/i18n/index.ts'
import { type EncounterLine, named } from '../data.ts'
import css from './timeline.module.css'

type Of<K extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: K }>

const iconOfMode = (mode: EncounterLine['remoteMode']): IconName =>
  mode === 'IN_PERSON' ? 'stethoscope' : mode === 'HEALTH_ADVICE' ? 'message' : 'video'

interface EntryProps {
  icon: IconName
  at: string
  /** After the date: the time, and of what it is. */
  what: string
  marks?: ReactNode
  href?: string
  children: ReactNode
}

function Entry({ icon, at, what, marks, href, children }: EntryProps) {
  const inside = (
    <>
      <span className={css.head}>
        <strong>{formatDate(at)}</strong>
        <span className={css.soft}>
          {formatTime(at)} · {what}
        </span>
        {marks}
      </span>
      {children}
    </>
  )
  return (
    <li className={css.visit}>
      <span className={css.mark} aria-hidden="true">
        <Icon name={icon} size={1.2} />
      </span>
      {href === undefined ? (
        <div className={css.still}>{inside}</div>
      ) : (
        <a className={css.sheet} href={href}>
          {inside}
        </a>
      )}
    </li>
  )
}

function Marks({ one }: { one: EncounterLine }) {
  return (
    <>
      {one.status === 'in_progress' && <StatusTag tone="warn">{t('records.status.in_progress')}</StatusTag>}
      {one.status === 'cancelled' && <StatusTag>{t('records.status.cancelled')}</StatusTag>}
      {one.referredUp && <Badge tone="info">{t('records.referredUp')}</Badge>}
    </>
  )
}

function Visit({ encounter: one }: Of<'encounter'>) {
  return (
    <Entry
      icon={iconOfMode(one.remoteMode)}
      at={one.startedAt}
      what={named('mode', one.remoteMode)}
      marks={<Marks one={one} />}
      href={`/work/encounters/${one.id}`}
    >
      {one.diagnosis && (
        <span className={css.diagnosis}>
          <span className={css.code}>{one.diagnosis.code}</span> {one.diagnosis.display}
        </span>
      )}
      <span className={css.text}>{one.conclusion || one.complaint || t('records.encounter.nothingYet')}</span>
      <span className={css.soft}>
        {one.practitionerName} · {one.facilityName}
      </span>
    </Entry>
  )
}

function Paper({ document: one }: Of<'document'>) {
  return (
    <Entry icon="report" at={one.createdAt} what={inLanguage(one.kindName)} href={`/work/documents/${one.id}`}>
      <span className={css.text}>{one.title}</span>
      <span className={css.soft}>{one.facilityName}</span>
    </Entry>
  )
}

type Value = Of<'measurements'>['values'][number]

/** Systolic and diastolic are one figure to whoever reads them. */
const [systolic, diastolic] = ['8480-6', '8462-4']

function valueText({ code, display, value, unit }: Value, below: Value | undefined): string {
  const sign = vitalSignOf(code)
  const name = below ? t('records.chart.pressure') : sign ? inLanguage(sign) : display
  const numbers = below ? `${formatNumber(value)}/${formatNumber(below.value)}` : formatNumber(value)
  return `${name} ${numbers} ${sign?.shownUnit ?? unit}`
}

/** In the order of the form. */
function valuesText(values: readonly Value[]): string {
  const [high, low] = [systolic, diastolic].map((code) => values.find((one) => one.code === code))
  const place = ({ code }: Value): number => vitalSigns.findIndex((sign) => sign.code === code)
  return values
    .filter((one) => one !== low || !high)
    .toSorted((one, other) => place(one) - place(other))
    .map((one) => valueText(one, one === high ? low : undefined))
    .join(' · ')
}

function Measurements({ at, encounterId, values }: Of<'measurements'>) {
  return (
    <Entry
      icon="heart-pulse"
      at={at}
      what={t('records.timeline.measurements')}
      href={`/work/encounters/${encounterId}`}
    >
      <span className={css.text}>{valuesText(values)}</span>
    </Entry>
  )
}

/** What was done to it: written, changed, ended, taken back. */
function changeOf({ no, status }: Of<'fact'>['fact']): string {
  if (status === 'entered_in_error') return t('records.timeline.takenBack')
  if (status === 'resolved') return t('records.timeline.ended')
  return no === 1 ? t('records.timeline.written') : t('records.timeline.changed')
}

function HistoryChange({ at, fact }: Of<'fact'>) {
  return (
    <Entry icon={fact.kind === 'allergy' ? 'alert' : 'history'} at={at} what={named('fact.kind', fact.kind)}>
      <span className={css.text}>{[changeOf(fact), fact.display].filter(Boolean).join(': ')}</span>
      <span className={css.soft}>{[fact.authorName, fact.reason].filter(Boolean).join(' · ')}</span>
    </Entry>
  )
}

function Shown({ one }: { one: TimelineEntry }) {
  if (one.kind === 'encounter') return <Visit {...one} />
  if (one.kind === 'document') return <Paper {...one} />
  return one.kind === 'measurements' ? <Measurements {...one} /> : <HistoryChange {...one} />
}

/** The newest come by themselves; older ones on demand. */
function useTimeline(patientId: string) {
  const first = useRead('records.patientTimeline', { params: { patientId }, query: {} })
  const [older, setOlder] = useState<TimelineEntry[]>([])
  const [next, setNext] = useState<string | null | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const after = next === undefined ? (first.data?.next ?? null) : next
  const more = async (): Promise<void> => {
    if (after === null) return
    setBusy(true)
    setProblem(null)
    try {
      const page = await call('records.patientTimeline', { params: { patientId }, query: { after } })
      setOlder([...older, ...page.items])
      setNext(page.next)
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
  }
  return { first, items: [...(first.data?.items ?? []), ...older], more: after === null ? null : more, busy, problem }
}

/** An encounter and its measurements may bear one moment, a fact several versions. */
const keyOf = (one: TimelineEntry): string => `${one.kind} ${one.id} ${one.kind === 'fact' ? one.fact.no : ''}`

/** What happened to a patient, newest first, along one line: encounters, measurements, documents, history. */
export function Timeline({ patientId }: { patientId: string }) {
  const { first, items, more, busy, problem } = useTimeline(patientId)
  if (first.error && !first.data) return <ProblemNotice error={first.error} onRetry={() => void first.refetch()} />
  if (!first.data) return <Skeleton label={t('state.loading')} lines={6} />
  if (items.length === 0) return <EmptyState picture="calendar" title={t('records.patient.noEncounters')} />
  return (
    <>
      <ol className={css.line}>
        {items.map((one) => (
          <Shown key={keyOf(one)} one={one} />
        ))}
      </ol>
      <ProblemNotice error={problem} />
      {more && (
        <Button busy={busy} onClick={() => void more()}>
          {t('do.more')}
        </Button>
      )}
    </>
  )
}
