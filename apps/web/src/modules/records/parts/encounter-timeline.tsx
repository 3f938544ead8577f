import { Badge, EmptyState, Icon, StatusTag } from '@moinha/ui'
import { formatDate, formatTime, t } from '../../../platform/i18n/index.ts'
import { type EncounterLine, named } from '../data.ts'
import css from './encounter-timeline.module.css'

const iconOf = (mode: EncounterLine['remoteMode']) =>
  mode === 'IN_PERSON' ? 'stethoscope' : mode === 'HEALTH_ADVICE' ? 'message' : 'video'

function Visit({ one }: { one: EncounterLine }) {
  return (
    <li className={css.visit}>
      <span className={css.mark} aria-hidden="true">
        <Icon name={iconOf(one.remoteMode)} size={1.2} />
      </span>
      <a className={css.sheet} href={`/work/encounters/${one.id}`}>
        <span className={css.head}>
          <strong>{formatDate(one.startedAt)}</strong>
          <span className={css.soft}>
            {formatTime(one.startedAt)} · {named('mode', one.remoteMode)}
          </span>
          {one.status === 'in_progress' && <StatusTag tone="warn">{t('records.status.in_progress')}</StatusTag>}
          {one.status === 'cancelled' && <StatusTag>{t('records.status.cancelled')}</StatusTag>}
          {one.referredUp && <Badge tone="info">{t('records.referredUp')}</Badge>}
        </span>
        {one.diagnosis && (
          <span className={css.diagnosis}>
            <span className={css.code}>{one.diagnosis.code}</span> {one.diagnosis.display}
          </span>
        )}
        <span className={css.text}>{one.conclusion || one.complaint || t('records.encounter.nothingYet')}</span>
        <span className={css.soft}>
          {one.practitionerName} · {one.facilityName}
        </span>
      </a>
    </li>
  )
}

/** What happened to a patient, newest first, along one line. */
export function EncounterTimeline({ encounters }: { encounters: readonly EncounterLine[] }) {
  if (encounters.length === 0) return <EmptyState picture="calendar" title={t('records.patient.noEncounters')} />
  return (
    <ol className={css.line}>
      {encounters.map((one) => (
        <Visit key={one.id} one={one} />
      ))}
    </ol>
  )
}
