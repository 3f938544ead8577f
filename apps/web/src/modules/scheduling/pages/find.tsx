import {
  Badge,
  Button,
  Card,
  EmptyState,
  Icon,
  List,
  ListRow,
  PageHeader,
  SearchField,
  Skeleton,
  Stack,
} from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call, readingPages, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { ServedPage } from '../../../platform/module.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { bookingAddress } from '../booking-draft.ts'
import { named, useRested } from '../data.ts'
import { WorkerFace } from '../parts/worker-face.tsx'
import css from './find.module.css'

type Reply = ReplyOf<'scheduling.find'>
type Hit = Reply['items'][number]

const hitsKey = (q: string) => ['scheduling.find', q] as const
const asked = (search: URLSearchParams): string => (search.get('q') ?? '').trim()

export const served: ServedPage = {
  reads: ({ search }) => {
    const q = asked(search)
    return [readingPages(hitsKey(q), 'scheduling.find', { query: { q, limit: 30 } })]
  },
}

function useHits(q: string) {
  return useInfiniteQuery<Reply, Error, { pages: Reply[] }, readonly unknown[], string | undefined>({
    queryKey: hitsKey(q),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      call('scheduling.find', { query: { q, limit: 30, ...(pageParam && { after: pageParam }) } }, { signal }),
    placeholderData: (before) => before,
  })
}

function StationHit({ hit }: { hit: Hit }) {
  return (
    <ListRow
      href={`/stations/${hit.facilityId}`}
      lead={
        <span className={css.house}>
          <Icon name="home" />
        </span>
      }
      title={hit.facilityName}
      detail={
        <span className={css.about}>
          <span>
            {[hit.communeName, t('scheduling.find.workerCount', { count: hit.workerCount })]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <span className={css.kinds}>
            {hit.services.map((kind) => (
              <Badge key={kind} tone={kind === 'in_person' ? 'plain' : 'primary'}>
                {named('kind', kind)}
              </Badge>
            ))}
          </span>
        </span>
      }
    />
  )
}

function WorkerHit({ hit }: { hit: Hit }) {
  if (!hit.worker) return null
  return (
    <li>
      <a
        className={css.worker}
        href={bookingAddress({ facilityId: hit.facilityId, practitionerId: hit.worker.personId })}
      >
        <WorkerFace worker={hit.worker} small>
          <span>{hit.facilityName}</span>
        </WorkerFace>
        <Icon name="chevron" size={1.1} />
      </a>
    </li>
  )
}

/** Works as a plain form too, before our code is here or without it. */
function SearchForm({ text, onText }: { text: string; onText: (text: string) => void }) {
  return (
    <form className={css.form} role="search" action="/find" method="get" onSubmit={(event) => event.preventDefault()}>
      <SearchField
        label={t('scheduling.find.label')}
        hint={t('scheduling.find.hint')}
        clearLabel={t('do.clear')}
        name="q"
        maxLength={80}
        value={text}
        onText={onText}
        autoComplete="off"
      />
      <Button type="submit" look="primary" icon="search">
        {t('scheduling.find.go')}
      </Button>
    </form>
  )
}

function Stations({ hits }: { hits: readonly Hit[] }) {
  return (
    <Card title={t('scheduling.find.stations')} tight>
      <List label={t('scheduling.find.stations')}>
        {hits.map((hit) => (
          <StationHit key={hit.facilityId} hit={hit} />
        ))}
      </List>
    </Card>
  )
}

function Workers({ hits }: { hits: readonly Hit[] }) {
  return (
    <Card title={t('scheduling.find.workers')} tight>
      <List label={t('scheduling.find.workers')}>
        {hits.map((hit) => (
          <WorkerHit key={`${hit.worker?.personId}${hit.facilityId}`} hit={hit} />
        ))}
      </List>
    </Card>
  )
}

function NothingFound({ q }: { q: string }) {
  return (
    <EmptyState picture="search" title={t('scheduling.find.none', { q })}>
      <p>{t('scheduling.find.noneText')}</p>
    </EmptyState>
  )
}

/** What is typed, and what it finds once the typing rests. */
function useSearching() {
  const [text, setText] = useState(asked(useSearch()))
  const q = useRested(text.trim())
  const found = useHits(q)
  useEffect(() => setSearch({ q }), [q])
  return { text, setText, q, found }
}

/** Stations and workers by what one types, accents or not. */
export default function FindPage() {
  const { text, setText, q, found } = useSearching()
  const hits = found.data?.pages.flatMap((page) => page.items) ?? []
  const stations = hits.filter((hit) => hit.kind === 'facility')
  const workers = hits.filter((hit) => hit.kind === 'worker')
  return (
    <>
      <PageHeader title={t('scheduling.find.title')} />
      <Stack gap={4}>
        <SearchForm text={text} onText={setText} />
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
        {found.isPending && <Skeleton label={t('state.loading')} lines={6} card />}
        {found.isSuccess && hits.length === 0 && <NothingFound q={q} />}
        {stations.length > 0 && <Stations hits={stations} />}
        {workers.length > 0 && <Workers hits={workers} />}
        {found.hasNextPage && (
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
      </Stack>
    </>
  )
}
