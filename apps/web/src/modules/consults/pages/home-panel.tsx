import { Card, LinkButton, List } from '@moinha/ui'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { useConsultList } from '../data.ts'
import { ConsultRow } from '../parts/consult-row.tsx'

/** Open cases on the staff start page; nothing where there are none. */
export default function HomePanel() {
  useLanguage()
  const answers = useMay('consult.answer')
  const { data } = useConsultList({ box: answers ? 'incoming' : 'outgoing', state: 'open' })
  const lines = (data?.items ?? []).slice(0, 5)
  if (lines.length === 0) return null
  return (
    <Card
      title={t('consults.home.title')}
      actions={
        <LinkButton small look="quiet" href="/work/consults">
          {t('consults.home.all')}
        </LinkButton>
      }
    >
      <List label={t('consults.home.title')}>
        {lines.map((line) => (
          <ConsultRow key={line.id} line={line} />
        ))}
      </List>
    </Card>
  )
}
