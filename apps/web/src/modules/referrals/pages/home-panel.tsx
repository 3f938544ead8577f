import { Card, LinkButton, List } from '@moinha/ui'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { useSlips } from '../data.ts'
import { SlipRow } from '../parts/slip-row.tsx'

/** Patients on their way here, on the staff start page; nothing where nobody is. */
export default function HomePanel() {
  useLanguage()
  const { data } = useSlips({ box: 'incoming', state: 'open' })
  const slips = (data?.items ?? []).slice(0, 5)
  if (slips.length === 0) return null
  return (
    <Card
      title={t('referrals.home.title')}
      actions={
        <LinkButton small look="quiet" href="/work/referrals">
          {t('referrals.home.all')}
        </LinkButton>
      }
    >
      <List label={t('referrals.home.title')}>
        {slips.map((slip) => (
          <SlipRow key={slip.id} slip={slip} box="incoming" />
        ))}
      </List>
    </Card>
  )
}
