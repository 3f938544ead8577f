import { Button, Card, EmptyState, LinkButton, PageHeader, Skeleton, Stack, Tabs } from '@moinha/ui'
import { useList } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { type Appointment, earliestFirst, latestFirst, useAppointmentNews } from '../data.ts'
import { AppointmentLine, NextAppointment } from '../parts/appointment-card.tsx'
import { HelpingCard } from '../parts/helping-card.tsx'
import { Offers, Waits } from '../parts/waitlist.tsx'
import css from './appointments.module.css'

function useMine(when: 'upcoming' | 'past') {
  return useList(
    'scheduling.myAppointments',
    when === 'upcoming' ? earliestFirst : latestFirst,
    { everyMs: 60_000 },
    { query: { when, limit: 20 } },
  )
}

function Lines({ items, title }: { items: readonly Appointment[]; title: string }) {
  return (
    items.length > 0 && (
      <Card title={title} tight>
        <ul className={css.lines}>
          {items.map((one) => (
            <AppointmentLine key={one.id} appointment={one} />
          ))}
        </ul>
      </Card>
    )
  )
}

function Upcoming({ items }: { items: readonly Appointment[] }) {
  const [next, ...more] = items
  return (
    <>
      <Offers />
      {next && <NextAppointment appointment={next} />}
      {!next && (
        <EmptyState
          picture="calendar"
          title={t('scheduling.mine.none')}
          actions={
            <LinkButton look="primary" icon="plus" href="/find">
              {t('scheduling.mine.book')}
            </LinkButton>
          }
        >
          <p>{t('scheduling.mine.noneText')}</p>
        </EmptyState>
      )}
      <Lines items={more} title={t('scheduling.mine.more')} />
      <Waits />
      <HelpingCard />
    </>
  )
}

function Past({ items }: { items: readonly Appointment[] }) {
  return items.length > 0 ? (
    <Lines items={items} title={t('scheduling.mine.past')} />
  ) : (
    <EmptyState picture="calendar" title={t('scheduling.mine.nonePast')} />
  )
}

function Head({ mayBook }: { mayBook: boolean }) {
  return (
    <PageHeader
      title={t('scheduling.mine.title')}
      actions={
        mayBook && (
          <LinkButton icon="plus" href="/find">
            {t('scheduling.mine.book')}
          </LinkButton>
        )
      }
    />
  )
}

function WhenTabs({ when }: { when: 'past' | 'upcoming' }) {
  return (
    <Tabs
      label={t('scheduling.mine.title')}
      tabs={[
        { href: '/appointments', label: t('scheduling.mine.upcomingTab'), current: when === 'upcoming' },
        { href: '/appointments?when=past', label: t('scheduling.mine.pastTab'), current: when === 'past' },
      ]}
    />
  )
}

/** Mine and my family's: the next one large, the rest below. */
export default function AppointmentsPage() {
  const when = useSearch().get('when') === 'past' ? 'past' : 'upcoming'
  useAppointmentNews()
  const mine = useMine(when)
  const items = mine.data?.items ?? []
  return (
    <>
      <Head mayBook={items.length > 0 && when === 'upcoming'} />
      <Stack gap={4}>
        <WhenTabs when={when} />
        <ProblemNotice error={mine.error} onRetry={() => void mine.refetch()} />
        {mine.isPending && <Skeleton label={t('state.loading')} lines={5} card />}
        {mine.isSuccess && when === 'upcoming' && <Upcoming items={items} />}
        {mine.isSuccess && when === 'past' && <Past items={items} />}
        {mine.more && (
          <Button busy={mine.more.busy} onClick={mine.more.run}>
            {t('do.more')}
          </Button>
        )}
      </Stack>
    </>
  )
}
