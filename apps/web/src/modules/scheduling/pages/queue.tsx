import { initialsOf, LinkButton } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatTime, localDay, t } from '../../../platform/i18n/index.ts'
import { type Appointment, useAppointmentNews, useDay, useNow } from '../data.ts'
import { NoUnit, useUnit } from '../parts/unit-choice.tsx'
import css from './queue.module.css'

function Numbers({ items, large }: { items: readonly Appointment[]; large?: boolean }) {
  if (items.length === 0) return <p className={css.nobody}>{t('scheduling.queue.nobody')}</p>
  return (
    <ol className={large ? css.large : css.numbers}>
      {items.map((one) => (
        <li key={one.id}>
          <strong>{one.queueNo}</strong>
          <span>{initialsOf(one.patient.fullName)}</span>
        </li>
      ))}
    </ol>
  )
}

/** For the screen in the waiting room: numbers and initials, nothing that tells who is ill of what. */
export default function QueuePage() {
  const { unit } = useUnit()
  const now = useNow()
  useAppointmentNews()
  const { data, error } = useDay(unit?.facilityId ?? '', localDay(now))
  if (!unit) return <NoUnit />
  const numbered = (data?.items ?? [])
    .filter((one) => one.queueNo !== null)
    .sort((a, b) => (a.queueNo ?? 0) - (b.queueNo ?? 0))
  return (
    <div className={css.board}>
      <header className={css.head}>
        <h1>{t('scheduling.queue.title')}</h1>
        <p className={css.clock}>{formatTime(now)}</p>
      </header>
      <ProblemNotice error={error} />
      <section className={css.now} aria-live="polite">
        <h2>{t('scheduling.queue.now')}</h2>
        <Numbers large items={numbered.filter((one) => one.state === 'in_progress')} />
      </section>
      <section aria-live="polite">
        <h2>{t('scheduling.queue.waiting')}</h2>
        <Numbers items={numbered.filter((one) => one.state === 'arrived')} />
      </section>
      <footer className={css.foot}>
        <p>{t('scheduling.queue.hidden')}</p>
        <LinkButton look="quiet" icon="arrow-left" href="/work/today">
          {t('scheduling.queue.back')}
        </LinkButton>
      </footer>
    </div>
  )
}
