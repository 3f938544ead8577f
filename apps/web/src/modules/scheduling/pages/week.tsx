import { Button, cx, PageHeader, Row, SelectField, Skeleton, Stack } from '@moinha/ui'
import { type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDayMonth, formatTime, localDay, t } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { addDays, named, useAppointmentNews, weekdayOf } from '../data.ts'
import { StateTag } from '../parts/appointment-card.tsx'
import { NoUnit, useUnit } from '../parts/unit-choice.tsx'
import css from './week.module.css'

type Week = ReplyOf<'scheduling.practitionerWeek'>

/** Midnight at the end of a day is 24:00. */
const endText = (at: string): string => formatTime(at).replace(/^00:00$/, '24:00')

function DayColumn({ day, week }: { day: Week['days'][number]; week: Week }) {
  const appointments = week.appointments.filter((one) => localDay(new Date(one.start)) === day.date)
  const today = day.date === localDay()
  return (
    <section className={cx(css.day, today && css.today)} aria-current={today ? 'date' : undefined}>
      <h2 className={css.head}>
        <span>{named('weekday', weekdayOf(day.date))}</span> {formatDayMonth(day.date)}
      </h2>
      {day.windows.length === 0 && <p className={css.closed}>{t('scheduling.week.closed')}</p>}
      {day.windows.map((window) => (
        <p key={window.start} className={css.window}>
          {formatTime(window.start)}–{endText(window.end)}
          {window.extra && ` (${t('scheduling.week.extra')})`}
        </p>
      ))}
      {day.off.map((off) => (
        <p key={off.start} className={css.off}>
          {t('scheduling.week.off', { reason: off.reason })}
        </p>
      ))}
      <ul className={css.list}>
        {appointments.map((one) => (
          <li key={one.id}>
            <a className={css.visit} href={`/work/patients/${one.patient.id}`}>
              <strong>{formatTime(one.start)}</strong> {one.patient.fullName}
              <span>{named('kind', one.kind)}</span>
            </a>
            <StateTag state={one.state} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Whose week: the one of the address, else one's own, else the first of the unit. */
function useWorker(facilityId: string) {
  const { me } = useSession()
  const wanted = useSearch().get('worker')
  const { data: station } = useRead('scheduling.stationSchedule', { params: { facilityId } })
  const workers = station?.workers ?? []
  const ownId = me?.person?.id ?? ''
  const own = workers.find((one) => one.personId === ownId) ?? workers[0]
  return { workers, practitionerId: wanted ?? own?.personId ?? ownId }
}

/** Monday of this week, or the day of the address. */
function useFirstDay(): string {
  const today = localDay()
  return useSearch().get('from') ?? addDays(today, 1 - weekdayOf(today))
}

/** The week the address asks for. */
function useShownWeek(facilityId: string) {
  const { workers, practitionerId } = useWorker(facilityId)
  const from = useFirstDay()
  const params = { facilityId, practitionerId }
  const reading = useRead('scheduling.practitionerWeek', { params, query: { from } })
  return { workers, practitionerId, from, reading }
}

type Shown = ReturnType<typeof useShownWeek>

function WorkerSelect({ workers, practitionerId }: Pick<Shown, 'workers' | 'practitionerId'>) {
  return (
    <SelectField label={t('scheduling.week.worker')} value={practitionerId} onText={(worker) => setSearch({ worker })}>
      {workers.map((one) => (
        <option key={one.personId} value={one.personId}>{`${one.fullName} (${one.title})`}</option>
      ))}
    </SelectField>
  )
}

function WeekSteps({ from }: { from: string }) {
  return (
    <Row>
      <Button icon="arrow-left" onClick={() => setSearch({ from: addDays(from, -7) })}>
        {t('scheduling.week.previous')}
      </Button>
      <Button iconAfter="arrow-right" onClick={() => setSearch({ from: addDays(from, 7) })}>
        {t('scheduling.week.following')}
      </Button>
    </Row>
  )
}

function Days({ week }: { week: Week }) {
  return (
    <div className={css.week}>
      {week.days.map((day) => (
        <DayColumn key={day.date} day={day} week={week} />
      ))}
    </div>
  )
}

/** Seven days of one worker. */
export default function WeekPage() {
  const { unit } = useUnit()
  useAppointmentNews()
  const facilityId = unit?.facilityId ?? ''
  const { workers, practitionerId, from, reading } = useShownWeek(facilityId)
  const { data, error, isPending, refetch } = reading
  if (!unit) return <NoUnit />
  return (
    <>
      <PageHeader
        title={t('scheduling.week.title')}
        back={{ href: '/work/today', label: t('scheduling.today.title') }}
      />
      <Stack gap={4}>
        <Row spread>
          <WorkerSelect workers={workers} practitionerId={practitionerId} />
          <WeekSteps from={from} />
        </Row>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
        {isPending && <Skeleton label={t('state.loading')} lines={8} card />}
        {data && <Days week={data} />}
      </Stack>
    </>
  )
}
