import { Button, EmptyState, Row, Skeleton, Stack } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { personWords, specialtyName, useConsult } from '../data.ts'
import { MinutesView } from '../parts/minutes-view.tsx'
import css from '../parts/minutes.module.css'

/** The minutes as a sheet of paper. */
export default function MinutesPrintPage() {
  const { data, error } = useConsult(useParam('id'))
  if (error && !data) return <ProblemNotice error={error} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  const { minutes } = data
  if (!minutes || minutes.state === 'draft') return <EmptyState picture="letter" title={t('consults.print.none')} />
  return (
    <Stack>
      <Row>
        <a data-no-print href={`/work/consults/${data.id}`}>
          {t('do.back')}
        </a>
        <Button look="primary" icon="report" onClick={() => print()}>
          {t('consults.print.do')}
        </Button>
      </Row>
      <article className={css.sheet}>
        <div className={css.sheetHead}>
          <p>
            <strong>{data.requestingFacility.name}</strong>
          </p>
          <p>{data.number && t('consults.case.number', { number: data.number })}</p>
        </div>
        <div className={css.sheetTitle}>
          <h1>{t('consults.print.name')}</h1>
          <p>
            {specialtyName(data)} · {t('consults.minutes.version', { version: minutes.version })}
          </p>
        </div>
        {minutes.state !== 'locked' && <p className={css.stamp}>{t('consults.print.draft')}</p>}
        <p>
          {t('consults.print.patient')}: <strong>{data.patient.fullName}</strong>, {personWords(data.patient)}
          {data.patient.birthDate && `, ${t('consults.print.born', { date: formatDate(data.patient.birthDate) })}`}
        </p>
        <MinutesView consult={data} minutes={minutes} />
        <p className={css.hash}>{t('consults.print.hash', { hash: minutes.contentHash })}</p>
      </article>
    </Stack>
  )
}
