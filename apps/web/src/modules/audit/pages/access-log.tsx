import { Badge, Button, Card, type Column, EmptyState, PageHeader, Skeleton, Stack, Table } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { actionText, type Entry, type Filters, useEntries } from '../data.ts'
import css from '../parts/access-log.module.css'
import { ChainState } from '../parts/chain-state.tsx'
import { EntryFilters } from '../parts/entry-filters.tsx'

function Who({ actor }: { actor: Entry['actor'] }) {
  const kind = wordFor(`audit.kind.${actor.kind}`) ?? actor.kind
  const { id } = actor
  return (
    <div>
      {id ? (
        <button type="button" className={css.pick} onClick={() => setSearch({ actorId: id })}>
          {actor.name || kind}
        </button>
      ) : (
        kind
      )}
      {(actor.unitName ?? (actor.name && kind)) && <span className={css.soft}>{actor.unitName ?? kind}</span>}
    </div>
  )
}

function Whom({ entry }: { entry: Entry }) {
  const more = entry.patientCount - entry.patients.length
  return (
    <div>
      {entry.patients.map(({ id, name, code }) => (
        <div key={id}>
          <button type="button" className={css.pick} onClick={() => setSearch({ patientId: id })}>
            {name ?? t('audit.code', { code })}
          </button>
        </div>
      ))}
      {more > 0 && <span className={css.soft}>{t('audit.more', { count: more })}</span>}
    </div>
  )
}

const columns = (): readonly Column<Entry>[] => [
  {
    key: 'when',
    title: t('audit.when'),
    cell: (entry) => <span className={css.when}>{formatDateTime(entry.at)}</span>,
  },
  { key: 'who', title: t('audit.who'), cell: (entry) => <Who actor={entry.actor} /> },
  {
    key: 'what',
    title: t('audit.what'),
    cell: (entry) => (
      <span>
        {actionText(entry.action)}{' '}
        {entry.outcome === 'refused' && <Badge tone="warn">{t('audit.result.refused')}</Badge>}
      </span>
    ),
  },
  { key: 'whom', title: t('audit.whom'), cell: (entry) => (entry.patientCount > 0 ? <Whom entry={entry} /> : null) },
  { key: 'where', title: t('audit.where'), cell: (entry) => entry.facilityName },
]

function filtersOf(search: URLSearchParams): Filters {
  const text = (key: string): string | undefined => search.get(key) ?? undefined
  const outcome = text('outcome')
  const found = {
    actorId: text('actorId'),
    patientId: text('patientId'),
    action: text('action'),
    from: text('from'),
    to: text('to'),
    outcome: outcome === 'done' || outcome === 'refused' ? outcome : undefined,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** Who did what at the units whose log one reads. */
export default function AccessLogPage() {
  const filters = filtersOf(useSearch())
  const list = useEntries(filters)
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  return (
    <>
      <PageHeader title={t('audit.title')} lead={t('audit.lead')} />
      <Stack gap={4}>
        <ChainState />
        <Card as="div">
          <EntryFilters filters={filters} />
        </Card>
        {list.error && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton label={t('state.loading')} lines={8} card />}
        {!list.isPending && !list.error && items.length === 0 && (
          <EmptyState picture="search" title={t('audit.none')} />
        )}
        {items.length > 0 && (
          <Card as="div" tight>
            <div className={css.box}>
              <Table caption={t('audit.title')} columns={columns()} rows={items} rowKey={(entry) => entry.id} />
            </div>
          </Card>
        )}
        {list.hasNextPage && (
          <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
      </Stack>
    </>
  )
}
