import type { Consult } from '@moinha/contracts/consults'
import { Badge, PageHeader, Skeleton, StatusTag } from '@moinha/ui'
import { isProblem } from '../../../platform/api/index.ts'
import { NotFound, ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { CallPlace } from '../../calls/index.ts'
import { personWords, specialtyName, statusTone, statusWord, useConsult } from '../data.ts'
import { CaseFacts } from '../parts/case-facts.tsx'
import { MinutesCard } from '../parts/minutes-card.tsx'
import { NextStep } from '../parts/next-step.tsx'
import { Opinions } from '../parts/opinions.tsx'
import { PatientOutcomeCard } from '../parts/patient-outcome-card.tsx'
import { Timeline } from '../parts/timeline.tsx'
import css from './consult.module.css'

/** One case: what to do next above all, the call beside it, everything known below. */
export default function ConsultPage() {
  const id = useParam('id')
  const { data, error, refetch } = useConsult(id)
  if (isProblem(error, 'CONSULT_UNKNOWN') || isProblem(error, 'INVALID_INPUT'))
    return <NotFound home="/work/consults" />
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return <Case consult={data} />
}

function Case({ consult }: { consult: Consult }) {
  const { me } = useSession()
  const inCall = consult.may.join && consult.visitId !== null
  return (
    <div className={css.page}>
      <CaseHeader consult={consult} />
      <div className={css.columns} data-call={inCall || undefined}>
        {inCall && consult.visitId && (
          <section className={css.call} aria-label={t('consults.case.call')}>
            <CallPlace visitId={consult.visitId} displayName={me?.person?.fullName ?? ''} />
          </section>
        )}
        <div className={css.main}>
          <NextStep consult={consult} />
          {(consult.minutes ?? consult.may.minutes) && <MinutesCard key={textKey(consult)} consult={consult} />}
          <PatientOutcomeCard consult={consult} />
          <CaseFacts consult={consult} />
        </div>
        <div className={css.side}>
          {(consult.may.opinion || consult.opinions.length > 0) && <Opinions consult={consult} />}
          <Timeline consult={consult} />
        </div>
      </div>
    </div>
  )
}

/** A text that was laid out or locked is another card; a draft being saved is not, so that nothing typed is lost. */
const textKey = ({ minutes }: Consult): string =>
  minutes && minutes.state !== 'draft' ? `${minutes.id} ${minutes.state}` : 'writing'

function CaseHeader({ consult }: { consult: Consult }) {
  return (
    <div>
      <PageHeader
        back={{ href: '/work/consults', label: t('consults.case.back') }}
        title={consult.patient.fullName}
        lead={
          <>
            {personWords(consult.patient)}
            {consult.number && <> · {t('consults.case.number', { number: consult.number })}</>}
          </>
        }
      />
      <p className={css.tags}>
        <StatusTag tone={statusTone[consult.status]}>{statusWord(consult.status)}</StatusTag>
        <Badge tone={consult.urgency === 'urgent' ? 'urgent' : 'info'}>
          {consult.urgency === 'urgent' ? t('consults.urgency.urgent') : t('consults.urgency.scheduled')}
        </Badge>
        <Badge>{specialtyName(consult)}</Badge>
      </p>
    </div>
  )
}
