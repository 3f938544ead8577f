import {
  Button,
  type Column,
  EmptyState,
  LinkButton,
  PageHeader,
  Skeleton,
  Stack,
  StatusTag,
  Table,
  Tabs,
} from '@moinha/ui'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatNumber, t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { useManaged, useNewsAlive } from '../data.ts'
import { PriorityTag } from '../parts/priority-tag.tsx'
import css from '../parts/write.module.css'

type Line = ReplyOf<'news.list'>['items'][number]
const statuses = ['published', 'draft', 'withdrawn'] as const
const tones = { draft: 'plain', published: 'success', withdrawn: 'danger' } as const

/** A published message may wait for its first day, or be past its last. */
function State({ line }: { line: Line }) {
  const now = new Date().toISOString()
  if (line.status === 'published' && line.shownFrom && line.shownFrom > now)
    return <StatusTag tone="info">{t('news.status.waiting', { date: formatDate(line.shownFrom) })}</StatusTag>
  if (line.status === 'published' && line.shownUntil && line.shownUntil <= now)
    return <StatusTag>{t('news.status.over')}</StatusTag>
  return <StatusTag tone={tones[line.status]}>{t(`news.status.${line.status}`)}</StatusTag>
}

function TitleCell({ line }: { line: Line }) {
  return (
    <div className={css.titleCell}>
      <a href={line.status === 'draft' ? `/work/news/${line.id}/edit` : `/work/news/${line.id}`}>
        <strong>{line.titleVi || t('news.manage.untitled')}</strong>
      </a>
      <span className={css.soft}>
        {line.sender.name}
        {line.isDemo && ` · ${t('news.demo')}`}
      </span>
      <PriorityTag priority={line.priority} />
    </div>
  )
}

function ReadCell({ line }: { line: Line }) {
  return (
    <span className={css.nowrap}>
      {line.counts
        ? t('news.readOf', {
            readers: formatNumber(line.counts.readers),
            recipients: formatNumber(line.counts.recipients),
          })
        : '–'}
    </span>
  )
}

const columns = (): readonly Column<Line>[] => [
  { key: 'title', title: t('news.manage.message'), cell: (line) => <TitleCell line={line} /> },
  { key: 'area', title: t('news.manage.area'), cell: (line) => line.area?.name },
  {
    key: 'state',
    title: t('news.manage.state'),
    cell: (line) => (
      <span className={css.nowrap}>
        <State line={line} />
      </span>
    ),
  },
  { key: 'changed', title: t('news.manage.changed'), cell: (line) => formatDate(line.changedAt) },
  { key: 'read', title: t('news.manage.read'), cell: (line) => <ReadCell line={line} /> },
]

function StatusTabs({ status }: { status: (typeof statuses)[number] | undefined }) {
  return (
    <Tabs
      label={t('news.manage.state')}
      tabs={[
        { href: '/work/news', label: t('news.manage.all'), current: !status },
        ...statuses.map((one) => ({
          href: `/work/news?status=${one}`,
          label: t(`news.status.${one}`),
          current: status === one,
        })),
      ]}
    />
  )
}

function Messages({ list }: { list: ReturnType<typeof useManaged> }) {
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  return (
    <>
      {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton label={t('state.loading')} lines={6} card />}
      {!list.isPending && !list.error && items.length === 0 && (
        <EmptyState picture="letter" title={t('news.manage.empty')}>
          {t('news.manage.emptyText')}
        </EmptyState>
      )}
      {items.length > 0 && (
        <div className={css.tableBox}>
          <Table caption={t('news.manage.title')} columns={columns()} rows={items} rowKey={(line) => line.id} />
        </div>
      )}
      {list.hasNextPage && (
        <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </>
  )
}

/** Messages of the units I publish for. */
export default function ManagePage() {
  const asked = useSearch().get('status')
  const status = statuses.find((one) => one === asked)
  const list = useManaged(status)
  useNewsAlive()
  return (
    <>
      <PageHeader
        title={t('news.manage.title')}
        lead={t('news.manage.lead')}
        actions={
          <LinkButton look="primary" icon="plus" href="/work/news/new">
            {t('news.write.title')}
          </LinkButton>
        }
      />
      <Stack gap={4}>
        <StatusTabs status={status} />
        <Messages list={list} />
      </Stack>
    </>
  )
}
