import { Badge, Button, Card, EmptyState, List, ListRow, Skeleton, Stack } from '@moinha/ui'
import { useState } from 'react'
import { call, type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { named, type PatientPage } from '../data.ts'
import { WhySeen } from './why-seen.tsx'

type Entry = ReplyOf<'records.ownAccess'>['items'][number]
const tones = { read: 'plain', write: 'info', emergency: 'urgent', refused: 'warn' } as const

/** Entries of one person, kind and minute are one line: a page asks for several things at once. */
function together(items: readonly Entry[]): Entry[] {
  const seen = new Set<string>()
  return items.filter((one) => {
    const key = `${one.personName}|${one.kind}|${one.at.slice(0, 15)}`
    return !seen.has(key) && seen.add(key)
  })
}

interface OwnAccessProps {
  patientId: string
  relationships: PatientPage['relationships']
}

/** The newest entries, and older ones behind them on demand. */
function useAccess(patientId: string) {
  const { data, error, refetch } = useRead('records.ownAccess', { params: { patientId }, query: { limit: 50 } })
  const [older, setOlder] = useState<Entry[]>([])
  const [next, setNext] = useState<string | null | undefined>(undefined)
  const after = next === undefined ? data?.next : next
  const more = async (): Promise<void> => {
    const reply = await call('records.ownAccess', {
      params: { patientId },
      query: { limit: 50, ...(after && { after }) },
    }).catch(() => null)
    if (!reply) return
    setOlder([...older, ...reply.items])
    setNext(reply.next)
  }
  const lines = together([...(data?.items ?? []), ...older])
  return { data, error, refetch, lines, more: after ? more : null }
}

/** Who may see this record, and who did. */
export function OwnAccess({ patientId, relationships }: OwnAccessProps) {
  const { data, error, refetch, lines, more } = useAccess(patientId)
  return (
    <Stack gap={4}>
      <WhySeen relationships={relationships} title={t('records.own.whoMay')} />
      <Card title={t('records.own.whoDid')} tight>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
        {!data && !error && <Skeleton label={t('state.loading')} lines={4} />}
        {data && lines.length === 0 && <EmptyState picture="people" title={t('records.own.nobodyYet')} />}
        <List label={t('records.own.whoDid')}>
          {lines.map((one) => (
            <ListRow
              key={one.id}
              title={one.personName}
              detail={[one.facilityName, formatDateTime(one.at)].filter(Boolean).join(' · ')}
              trail={<Badge tone={tones[one.kind]}>{named('access', one.kind)}</Badge>}
            />
          ))}
        </List>
        {more && <Button onClick={() => void more()}>{t('do.more')}</Button>}
      </Card>
    </Stack>
  )
}
