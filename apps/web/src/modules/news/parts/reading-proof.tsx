import { Card, EmptyState, Skeleton } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import css from './write.module.css'

/** How many read it, unit by unit; never who. */
export function ReadingProof({ id }: { id: string }) {
  const { data, error, isPending } = useRead('news.proof', { params: { id } })
  return (
    <Card title={t('news.proof.title')}>
      <p className={css.soft}>{t('news.proof.lead')}</p>
      <ProblemNotice error={error} />
      {isPending && <Skeleton label={t('state.loading')} lines={4} />}
      {data?.items.length === 0 && <EmptyState picture="people" title={t('news.proof.empty')} />}
      <div className={css.bars}>
        {data?.items.map(({ unit, readers, recipients }) => (
          <div key={unit.id} className={css.bar}>
            <span className={css.barHead}>
              <span>{unit.name}</span>
              <span>{t('news.readOf', { readers: formatNumber(readers), recipients: formatNumber(recipients) })}</span>
            </span>
            <progress aria-label={unit.name} max={Math.max(recipients, 1)} value={readers} />
          </div>
        ))}
      </div>
    </Card>
  )
}
