import { cx, Icon, LinkButton, StatusTag } from '@moinha/ui'
import { formatDayMonth, formatRelative, formatTime, localDay, t } from '../../../platform/i18n/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { type Appointment, dayText, isRemote, kindIcon, named, stateTone, useNow, weekdayOf } from '../data.ts'
import css from './appointment-card.module.css'
import { mayJoin, VisitLink } from './visit-link.tsx'

export function StateTag({ state }: { state: Appointment['state'] }) {
  return <StatusTag tone={stateTone[state]}>{named('state', state)}</StatusTag>
}

/** When it is, and how long it still is until then. */
function NextWhen({ start, now }: { start: string; now: Date }) {
  return (
    <div className={css.when}>
      <span className={css.day}>{dayText(localDay(new Date(start)))}</span>
      <span className={css.time}>{formatTime(start)}</span>
      <span className={css.away}>{formatRelative(start, now)}</span>
    </div>
  )
}

function NextActions({ appointment }: { appointment: Appointment }) {
  return (
    <div className={css.actions}>
      <VisitLink appointment={appointment} />
      <LinkButton look={mayJoin(appointment) ? 'secondary' : 'primary'} href={`/appointments/${appointment.id}`}>
        {t('do.open')}
      </LinkButton>
    </div>
  )
}

/** The next appointment: large, with how long it still is and the one thing to do. */
export function NextAppointment({ appointment }: { appointment: Appointment }) {
  const now = useNow()
  const { me } = useSession()
  const { start, kind, worker, facility, patient } = appointment
  return (
    <article className={css.next} aria-label={t('scheduling.mine.next')}>
      <NextWhen start={start} now={now} />
      <div className={css.what}>
        <StateTag state={appointment.state} />
        <p className={css.kind}>
          <Icon name={kindIcon[kind]} />
          {named('kind', kind)}
        </p>
        <p>{[worker?.fullName, facility.name].filter(Boolean).join(' · ')}</p>
        {patient.id !== me?.person?.id && (
          <p className={css.soft}>{t('scheduling.mine.forWhom', { name: patient.fullName })}</p>
        )}
        <NextActions appointment={appointment} />
        {isRemote(kind) && !mayJoin(appointment) && appointment.state !== 'requested' && (
          <p className={css.soft}>{t('scheduling.mine.joinFrom')}</p>
        )}
      </div>
    </article>
  )
}

/** One line of a list of appointments. */
export function AppointmentLine({ appointment }: { appointment: Appointment }) {
  const day = localDay(new Date(appointment.start))
  const over = appointment.state === 'cancelled' || appointment.state === 'no_show'
  return (
    <li>
      <a className={cx(css.line, over && css.over)} href={`/appointments/${appointment.id}`}>
        <span className={css.lineWhen}>
          <strong>{formatTime(appointment.start)}</strong>
          <span>
            {named('weekdayShort', weekdayOf(day))} {formatDayMonth(day)}
          </span>
        </span>
        <span className={css.lineWhat}>
          <strong>{[named('kind', appointment.kind), appointment.patient.fullName].join(' · ')}</strong>
          <span>{[appointment.worker?.fullName, appointment.facility.name].filter(Boolean).join(' · ')}</span>
          <StateTag state={appointment.state} />
        </span>
        <Icon name="chevron" size={1.1} />
      </a>
    </li>
  )
}
