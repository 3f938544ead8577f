import { Button, Card, List, ListRow } from '@moinha/ui'
import { refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useSession } from '../../../platform/session/index.ts'

const mostShown = 5

/** On the start page: what was done to my account, or to those of people I manage, until I say that I saw it. */
export default function AccountNotices() {
  const { me } = useSession()
  const { data } = useRead('identity.accountNotices', { query: {} })
  const sending = useSend('identity.seeAccountNotice')
  const fresh = (data?.items ?? []).filter((one) => !one.seen).slice(0, mostShown)
  if (fresh.length === 0) return null
  const see = async (id: string): Promise<void> => {
    if (await sending.run({ params: { id } })) await refresh('identity.accountNotices')
  }
  return (
    <Card title={t('identity.notice.title')} tight>
      <List label={t('identity.notice.title')}>
        {fresh.map((one) => (
          <ListRow
            key={one.id}
            title={t(`identity.notice.${one.personId === me?.person?.id ? 'own' : 'other'}.${one.kind}`, {
              name: one.fullName,
            })}
            detail={[one.byName && t('identity.notice.by', { name: one.byName }), formatDateTime(one.at)]
              .filter(Boolean)
              .join(' · ')}
            trail={
              <Button small icon="check" busy={sending.busy} onClick={() => void see(one.id)}>
                {t('identity.notice.seen')}
              </Button>
            }
          />
        ))}
      </List>
    </Card>
  )
}
