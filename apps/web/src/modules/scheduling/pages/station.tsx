import { Badge, Card, EmptyState, Icon, LinkButton, PageHeader, Skeleton, Stack } from '@moinha/ui'
import { reading, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { ServedPage } from '../../../platform/module.ts'
import { useParam } from '../../../platform/router/index.ts'
import { bookingAddress } from '../booking-draft.ts'
import { kindIcon, named, type Station, type StationWorker, useAppointmentNews, whenText } from '../data.ts'
import { WorkerFace } from '../parts/worker-face.tsx'
import css from './station.module.css'

/** What a station says of itself in one line. */
const factsOf = ({ communeName, address, phone }: Station['facility']): string =>
  [communeName, address, phone].filter(Boolean).join(' · ')

export const served: ServedPage = {
  reads: ({ params }) => [reading('scheduling.stationSchedule', { params: { facilityId: params['id'] ?? '' } })],
  head: (replyOf) => {
    const station = replyOf('scheduling.stationSchedule')
    return station && { title: station.facility.name, description: factsOf(station.facility) }
  },
}

/** One line a weekday, `07:00–11:30, 13:00–17:00`. */
function Hours({ hours }: { hours: StationWorker['hours'] }) {
  const days = [1, 2, 3, 4, 5, 6, 7]
    .map((weekday) => ({ weekday, windows: hours.filter((one) => one.weekday === weekday) }))
    .filter((day) => day.windows.length > 0)
  return (
    <details className={css.hours}>
      <summary>{t('scheduling.station.hours')}</summary>
      <dl>
        {days.map(({ weekday, windows }) => (
          <div key={weekday}>
            <dt>{named('weekday', weekday)}</dt>
            <dd>{windows.map((one) => `${one.from}–${one.to}`).join(', ')}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function WorkerCard({ worker, station }: { worker: StationWorker; station: Station }) {
  return (
    <Card as="article">
      <div className={css.worker}>
        <WorkerFace worker={worker}>
          <span className={css.kinds}>
            {worker.kinds.map((kind) => (
              <Badge key={kind} tone={kind === 'in_person' ? 'plain' : 'primary'}>
                {named('kind', kind)}
              </Badge>
            ))}
          </span>
        </WorkerFace>
        <div className={css.action}>
          <p className={css.next}>
            <Icon name="clock" size={1.1} />
            {worker.nextFree
              ? t('scheduling.station.nextFree', { when: whenText(worker.nextFree) })
              : t('scheduling.station.noFree')}
          </p>
          <LinkButton
            look="primary"
            icon="calendar"
            href={bookingAddress({ facilityId: station.facility.id, practitionerId: worker.personId })}
            aria-label={t('scheduling.station.book', { name: worker.fullName })}
          >
            {t('scheduling.station.bookShort')}
          </LinkButton>
        </div>
      </div>
      <Hours hours={worker.hours} />
    </Card>
  )
}

function Services({ station }: { station: Station }) {
  return (
    <Card title={t('scheduling.station.services')} tight>
      <ul className={css.services}>
        {station.kinds.map((kind) => (
          <li key={kind}>
            <Icon name={kindIcon[kind]} />
            <span>
              <strong>{named('kind', kind)}</strong>
              <span>{named('kindText', kind)}</span>
            </span>
          </li>
        ))}
      </ul>
      <LinkButton href={bookingAddress({ facilityId: station.facility.id })}>
        {t('scheduling.station.bookAny')}
      </LinkButton>
    </Card>
  )
}

/** A station's open face: who works there, by which licence, and when (REQ-TELE-05). */
export default function StationPage() {
  const facilityId = useParam('id')
  useAppointmentNews()
  const { data: station, error, isPending, refetch } = useRead('scheduling.stationSchedule', { params: { facilityId } })
  const back = { href: '/find', label: t('scheduling.find.title') }
  if (isPending) return <Skeleton label={t('state.loading')} lines={6} />
  if (!station)
    return (
      <>
        <PageHeader title={t('scheduling.station.title')} back={back} />
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </>
    )
  return (
    <>
      <PageHeader title={station.facility.name} back={back} lead={factsOf(station.facility)} />
      {station.workers.length === 0 && (
        <EmptyState picture="calendar" title={t('scheduling.station.none')}>
          <p>{t('scheduling.station.noneText')}</p>
        </EmptyState>
      )}
      {station.workers.length > 0 && (
        <div className={css.columns}>
          <Stack gap={4}>
            <h2>{t('scheduling.station.people')}</h2>
            {station.workers.map((worker) => (
              <WorkerCard key={worker.personId} worker={worker} station={station} />
            ))}
          </Stack>
          <Services station={station} />
        </div>
      )}
    </>
  )
}
