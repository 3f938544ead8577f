import { Button, LinkButton, Skeleton } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import css from './slip.module.css'

/** A slip for the patient's hand, as wide as a receipt printer. */
export default function SlipPage() {
  const { data, error, isPending } = useRead('scheduling.getAppointment', { params: { id: useParam('id') } })
  if (isPending) return <Skeleton label={t('state.loading')} lines={5} />
  if (!data) return <ProblemNotice error={error} />
  return (
    <>
      <article className={css.slip}>
        <p>{data.facility.name}</p>
        <h1 className={css.title}>{t('scheduling.slip.title')}</h1>
        <p className={css.number}>{data.queueNo}</p>
        <p>
          <strong>{data.patient.fullName}</strong>
        </p>
        {data.worker && <p>{data.worker.fullName}</p>}
        <p>{formatDateTime(data.arrivedAt ?? data.start)}</p>
        <p className={css.keep}>{t('scheduling.slip.keep')}</p>
      </article>
      <p className={css.actions} data-no-print>
        <Button look="primary" onClick={() => window.print()}>
          {t('scheduling.walkIn.print')}
        </Button>
        <LinkButton look="quiet" href="/work/today">
          {t('scheduling.queue.back')}
        </LinkButton>
      </p>
    </>
  )
}
