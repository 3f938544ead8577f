import { Button, Card, EmptyState, LinkButton, List, PageHeader, Row, Skeleton, Stack, Tabs } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { isTrial, type MeetingLine, useMeetings } from '../data.ts'
import { MeetingRow } from '../parts/meeting-row.tsx'
import { YearLine } from '../parts/year-line.tsx'

type When = 'upcoming' | 'past'

/** Meetings of this person's unit: today's first, the past ones with their minutes. */
export default function MeetingsPage() {
  const organises = useMay('meeting.organise')
  const when: When = useSearch().get('when') === 'past' ? 'past' : 'upcoming'
  return (
    <Stack gap={3}>
      <PageHeader
        title={t('meetings.list.title')}
        actions={
          <Row>
            <LinkButton icon="check" href="/work/meetings/actions">
              {t('meetings.actions.title')}
            </LinkButton>
            {organises && (
              <LinkButton look="primary" icon="plus" href="/work/meetings/new">
                {t('meetings.list.new')}
              </LinkButton>
            )}
          </Row>
        }
      />
      <YearLine />
      <Tabs
        label={t('meetings.list.tabs')}
        tabs={(['upcoming', 'past'] as const).map((one) => ({
          href: one === 'past' ? '/work/meetings?when=past' : '/work/meetings',
          label: t(`meetings.list.${one}`),
          current: one === when,
        }))}
      />
      <Lines key={when} when={when} organises={organises} />
      {organises && (
        <Row>
          <LinkButton look="quiet" icon="edit" href="/work/meetings/settings">
            {t('meetings.settings.link')}
          </LinkButton>
        </Row>
      )}
    </Stack>
  )
}

function Lines({ when, organises }: { when: When; organises: boolean }) {
  const { items, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useMeetings(when)
  if (error && !items) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!items) return <Skeleton label={t('state.loading')} lines={6} card />
  if (items.length === 0) return <Nothing when={when} organises={organises} />
  return (
    <Stack gap={4}>
      {when === 'upcoming' ? <Coming lines={items} /> : <Group title={t('meetings.list.past')} lines={items} />}
      {hasNextPage && (
        <Row>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('do.more')}
          </Button>
        </Row>
      )}
      <ProblemNotice error={error} />
    </Stack>
  )
}

/** What is today, or runs, stands above all else. */
function Coming({ lines }: { lines: readonly MeetingLine[] }) {
  const isToday = (line: MeetingLine): boolean =>
    line.status === 'running' || (line.may.join && !isTrial(line)) || localDay(new Date(line.startsAt)) === localDay()
  return (
    <>
      <Group title={t('meetings.when.today')} lines={lines.filter(isToday)} />
      <Group title={t('meetings.list.later')} lines={lines.filter((line) => !isToday(line))} />
    </>
  )
}

function Group({ title, lines }: { title: string; lines: readonly MeetingLine[] }) {
  if (lines.length === 0) return null
  return (
    <Card title={title}>
      <List label={title}>
        {lines.map((line) => (
          <MeetingRow key={line.id} line={line} />
        ))}
      </List>
    </Card>
  )
}

function Nothing({ when, organises }: { when: When; organises: boolean }) {
  if (when === 'past') return <EmptyState picture="letter" title={t('meetings.list.emptyPast')} />
  return (
    <EmptyState
      picture="people"
      title={t('meetings.list.empty')}
      actions={
        organises && (
          <LinkButton look="primary" icon="plus" href="/work/meetings/new">
            {t('meetings.list.new')}
          </LinkButton>
        )
      }
    >
      {t(organises ? 'meetings.list.emptyOrganiser' : 'meetings.list.emptyText')}
    </EmptyState>
  )
}
