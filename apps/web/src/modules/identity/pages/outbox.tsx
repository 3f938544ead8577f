import { Button, Card, EmptyState, List, ListRow, PageHeader, Skeleton } from '@moinha/ui'
import { useQuery } from '@tanstack/react-query'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatRelative, t } from '../../../platform/i18n/index.ts'

type Outbox = ReplyOf<'identity.demoOutbox'>

function Messages({ items }: { items: Outbox['items'] }) {
  if (items.length === 0) return <EmptyState picture="letter" title={t('identity.outbox.empty')} />
  return (
    <Card>
      <List label={t('identity.outbox.title')}>
        {items.map((one) => (
          <ListRow
            key={one.id}
            title={one.text}
            detail={t('identity.outbox.toAt', { to: one.to, at: formatRelative(one.at) })}
          />
        ))}
      </List>
    </Card>
  )
}

/** The demo sends no real messages: they are read here. */
export default function OutboxPage() {
  const outbox = useQuery<Outbox, Error>({ ...queryFor('identity.demoOutbox'), refetchInterval: 3_000 })
  return (
    <>
      <PageHeader
        title={t('identity.outbox.title')}
        lead={t('identity.outbox.lead')}
        back={{ href: '/sign-in', label: t('identity.signIn.title') }}
        actions={
          <Button icon="refresh" onClick={() => void outbox.refetch()}>
            {t('identity.outbox.again')}
          </Button>
        }
      />
      <ProblemNotice error={outbox.error} />
      {outbox.isPending ? (
        <Skeleton label={t('state.loading')} card />
      ) : (
        outbox.data && <Messages items={outbox.data.items} />
      )}
    </>
  )
}
