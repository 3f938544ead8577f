import { Button, Card, EmptyState, LinkButton, PageHeader, Skeleton, Stack, Tabs } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { call, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { type Appointment, useAppointmentNews } from '../data.ts'
import { AppointmentLine, NextAppointment } from '../parts/appointment-card.tsx'
import { HelpingCard } from '../parts/helping-card.tsx'
import { Offers, Waits } from '../parts/waitlist.tsx'
import css from './appointments.module.css'

type Reply = ReplyOf<'scheduling.myAppointments'>

function useMine(when: 'upcoming' | 'past') {
  return useInfiniteQuery<Reply, Error, { pages: Reply[] }, readonly unknown[], string | undefined>({
    queryKey: ['scheduling.myAppointments', 'pages', when],
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) =>
      call(
        'scheduling.myAppointments',
        { query: { when, limit: 20, ...(pageParam && { after: pageParam }) } },
        { signal },
      ),
  })
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

/** Mine and my family's: the next one large, the rest below. */
export default function AppointmentsPage() {
  const when = useSearch().get('when') === 'past' ? 'past' : 'upcoming'
  useAppointmentNews()
  const mine = useMine(when)
  const items = mine.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <PageHeader
        title={t('scheduling.mine.title')}
        actions={
          items.length > 0 &&
          when === 'upcoming' && (
            <LinkButton icon="plus" href="/find">
              {t('scheduling.mine.book')}
            </LinkButton>
          )
        }
      />
      <Stack gap={4}>
        <Tabs
          label={t('scheduling.mine.title')}
          tabs={[
            { href: '/appointments', label: t('scheduling.mine.upcomingTab'), current: when === 'upcoming' },
            { href: '/appointments?when=past', label: t('scheduling.mine.pastTab'), current: when === 'past' },
          ]}
        />
        <ProblemNotice error={mine.error} onRetry={() => void mine.refetch()} />
        {mine.isPending && <Skeleton label={t('state.loading')} lines={5} card />}
        {mine.isSuccess && when === 'upcoming' && <Upcoming items={items} />}
        {mine.isSuccess && when === 'past' && <Past items={items} />}
        {mine.hasNextPage && (
          <Button busy={mine.isFetchingNextPage} onClick={() => void mine.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
      </Stack>
    </>
  )
}
