import type { Consult, Minutes } from '@moinha/contracts/consults'
import { Button, EmptyState, Row, Skeleton, Stack } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { personWords, specialtyName, useConsult } from '../data.ts'
import { MinutesView } from '../parts/minutes-view.tsx'
import css from '../parts/minutes.module.css'

interface SheetProps {
  consult: Consult
  minutes: Minutes
}

function SheetTop({ consult, minutes }: SheetProps) {
  return (
    <>
      <div className={css.sheetHead}>
        <p>
          <strong>{consult.requestingFacility.name}</strong>
        </p>
        <p>{consult.number && t('consults.case.number', { number: consult.number })}</p>
      </div>
      <div className={css.sheetTitle}>
        <h1>{t('consults.print.name')}</h1>
        <p>
          {specialtyName(consult)} · {t('consults.minutes.version', { version: minutes.version })}
        </p>
      </div>
    </>
  )
}

function MinutesSheet({ consult, minutes }: SheetProps) {
  const { patient } = consult
  return (
    <article className={css.sheet}>
      <SheetTop consult={consult} minutes={minutes} />
      {minutes.state !== 'locked' && <p className={css.stamp}>{t('consults.print.draft')}</p>}
      <p>
        {t('consults.print.patient')}: <strong>{patient.fullName}</strong>, {personWords(patient)}
        {patient.birthDate && `, ${t('consults.print.born', { date: formatDate(patient.birthDate) })}`}
      </p>
      <MinutesView consult={consult} minutes={minutes} />
      <p className={css.hash}>{t('consults.print.hash', { hash: minutes.contentHash })}</p>
    </article>
  )
}

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
      <MinutesSheet consult={data} minutes={minutes} />
    </Stack>
  )
}
