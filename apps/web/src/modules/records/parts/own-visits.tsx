import { Card, EmptyState, Icon, LinkButton, Stack } from '@moinha/ui'
import { vitalSignOf } from '@moinha/contracts/vital-signs'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { formatDate, formatNumber, formatTime, inLanguage, t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'
import css from './own-visits.module.css'

type Visit = ReplyOf<'records.ownRecord'>['visits'][number]

function Measured({ items }: { items: Visit['observations'] }) {
  if (items.length === 0) return null
  return (
    <ul className={css.measured}>
      {items.map((one) => {
        const sign = vitalSignOf(one.code)
        return (
          sign && (
            <li key={one.code}>
              <span>{inLanguage(sign)}</span>
              <strong>
                {formatNumber(one.value)} {sign.shownUnit}
              </strong>
            </li>
          )
        )
      })}
    </ul>
  )
}

/** Folded away: by whom, why, the diagnoses and the measurements. */
function Particulars({ visit }: { visit: Visit }) {
  return (
    <details className={css.more}>
      <summary>{t('records.own.more')}</summary>
      <p>
        {visit.practitionerName}
        {visit.licenceNo && ` · ${t('records.own.licence', { no: visit.licenceNo })}`}
      </p>
      {visit.complaint && (
        <p>
          {t('records.piece.complaint')}: {visit.complaint}
        </p>
      )}
      {visit.diagnoses.map((one) => (
        <p key={one.code}>
          {one.code} · {one.display}
        </p>
      ))}
      <Measured items={visit.observations} />
    </details>
  )
}

function VisitCard({ visit }: { visit: Visit }) {
  return (
    <Card as="article" tight title={formatDate(visit.startedAt)}>
      <p className={css.soft}>
        {named('mode', visit.remoteMode)} · {formatTime(visit.startedAt)} · {visit.facilityName}
      </p>
      <p className={css.conclusion}>{visit.conclusion}</p>
      {visit.advice && (
        <div className={css.advice}>
          <strong>{t('records.own.advice')}</strong>
          <p>{visit.advice}</p>
        </div>
      )}
      {visit.nextAppointmentOn && (
        <p className={css.next}>
          <Icon name="calendar" size={1.2} />
          {t('records.own.next', { date: formatDate(visit.nextAppointmentOn) })}
        </p>
      )}
      <Particulars visit={visit} />
      {visit.visitId !== null && (
        <LinkButton look="quiet" small icon="message" href={`/visit/${visit.visitId}`}>
          {t('records.own.kept')}
        </LinkButton>
      )}
    </Card>
  )
}

/** Finished visits, newest first; the advice is what one comes back for. */
export function OwnVisits({ visits }: { visits: readonly Visit[] }) {
  if (visits.length === 0) {
    return (
      <EmptyState
        picture="hills"
        title={t('records.own.noVisits')}
        actions={
          <LinkButton look="primary" href="/book">
            {t('menu.book')}
          </LinkButton>
        }
      >
        {t('records.own.noVisitsText')}
      </EmptyState>
    )
  }
  return (
    <Stack gap={4}>
      {visits.map((visit) => (
        <VisitCard key={visit.id} visit={visit} />
      ))}
    </Stack>
  )
}
