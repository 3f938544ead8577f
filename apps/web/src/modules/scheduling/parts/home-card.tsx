import { LinkButton, Skeleton } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useAppointmentNews } from '../data.ts'
import { NextAppointment } from './appointment-card.tsx'
import css from './home-card.module.css'
import { Offers } from './waitlist.tsx'

/** On the citizen's front page: an offer that waits, the next appointment, and the way to book. */
export function HomeCard() {
  useAppointmentNews()
  const { data, isPending } = useRead('scheduling.myAppointments', { query: { when: 'upcoming', limit: 3 } })
  if (isPending) return <Skeleton label={t('state.loading')} lines={3} card />
  const [next, ...more] = data?.items ?? []
  return (
    <div className={css.card}>
      <Offers />
      {next ? <NextAppointment appointment={next} /> : <p>{t('scheduling.mine.noNext')}</p>}
      <div className={css.actions}>
        <LinkButton look={next ? 'secondary' : 'primary'} icon="plus" href="/find">
          {t('scheduling.mine.book')}
        </LinkButton>
        {more.length > 0 && (
          <LinkButton look="quiet" href="/appointments">
            {t('scheduling.mine.seeAll')}
          </LinkButton>
        )}
      </div>
    </div>
  )
}
