import { Card, EmptyState, List, ListRow, PageHeader, Skeleton, StatusTag } from '@moinha/ui'
import { refresh, type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { failureText, stateOf } from '../data.ts'

type Unsent = ReplyOf<'prescriptions.listUnsent'>['items'][number]

function UnsentRow({ one }: { one: Unsent }) {
  const { tone, text } = stateOf({ state: one.state, replacedAt: null, withdrawn: one.withdrawn })
  const facts = [
    one.code,
    one.withdrawn && t('prescriptions.outbox.withdrawn'),
    one.prescriberName,
    formatDateTime(one.writtenAt),
    one.attempts > 0 && t('prescriptions.outbox.tries', { count: one.attempts }),
    one.errors.length > 0 ? one.errors.join('; ') : one.failure && failureText(one.failure),
    one.nextTryAt && one.attempts > 0 && t('prescriptions.outbox.next', { at: formatDateTime(one.nextTryAt) }),
  ]
  return (
    <ListRow
      href={`/work/prescriptions/${one.id}`}
      title={one.patientName}
      detail={facts.filter(Boolean).join(' · ')}
      trail={<StatusTag tone={tone}>{text}</StatusTag>}
    />
  )
}

/** What the national system did not acknowledge: what waits, what was refused and why. */
export default function UnsentPage() {
  const { data, error, refetch } = useRead('prescriptions.listUnsent')
  useLive('prescriptions.changed', () => void refresh('prescriptions.listUnsent'))
  return (
    <>
      <PageHeader title={t('prescriptions.outbox.title')} lead={t('prescriptions.outbox.lead')} />
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('state.loading')} lines={4} card />}
      {data?.items.length === 0 && <EmptyState picture="letter" title={t('prescriptions.outbox.empty')} />}
      {data && data.items.length > 0 && (
        <Card as="div" tight>
          <List label={t('prescriptions.outbox.title')}>
            {data.items.map((one) => (
              <UnsentRow key={one.id} one={one} />
            ))}
          </List>
          {data.more && <p>{t('prescriptions.outbox.more')}</p>}
        </Card>
      )}
    </>
  )
}
