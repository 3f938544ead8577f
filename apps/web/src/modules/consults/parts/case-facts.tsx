import type { Consult } from '@moinha/contracts/consults'
import { vitalSignOf, vitalSigns } from '@moinha/contracts/vital-signs'
import { Card, LinkButton } from '@moinha/ui'
import { formatDateTime, formatNumber, formatTime, language, t, wordFor } from '../../../platform/i18n/index.ts'
import { Slot } from '../../../platform/shell/index.ts'
import css from './case-facts.module.css'

interface CaseProps {
  consult: Consult
}

/** What was asked and what is known. */
export function CaseFacts({ consult }: CaseProps) {
  const record = (
    <LinkButton small look="quiet" href={`/work/patients/${consult.patient.id}`}>
      {t('consults.case.record')}
    </LinkButton>
  )
  return (
    <>
      {consult.status !== 'closed' && <Slot name="consults.case" props={{ patientId: consult.patient.id }} />}
      <Card title={t('consults.case.questions')}>
        <ol className={css.questions}>
          {consult.questions.map((question) => (
            <li key={question.no}>{question.text}</li>
          ))}
        </ol>
      </Card>
      <Card title={t('consults.case.clinical')} actions={consult.status !== 'closed' && record}>
        <Vitals consult={consult} />
        <Known consult={consult} />
        {consult.patientInformed && (
          <p className={css.soft}>
            {t('consults.case.informed', {
              how: wordFor(`consults.how.${consult.patientInformed.how}`) ?? '',
              at: formatDateTime(consult.patientInformed.at),
            })}
          </p>
        )}
      </Card>
    </>
  )
}

function Known({ consult }: CaseProps) {
  const { requesterCard, requester, requestingFacility, consultant, supportingFacility } = consult
  const from = (name: string, facility: string): string => t('consults.case.from', { name, facility })
  return (
    <dl className={css.facts}>
      <Fact
        name={t('consults.case.diagnosis')}
        text={[consult.diagnosis, consult.icd10 && `(${consult.icd10})`].filter(Boolean).join(' ')}
      />
      <Fact name={t('consults.case.history')} text={consult.history} />
      <Fact name={t('consults.case.treatment')} text={consult.treatment} />
      <Fact name={t('consults.case.allergies')} text={consult.allergies} />
      <Fact
        name={t('consults.case.askedBy')}
        text={from(`${requesterCard.title} ${requester.name}`.trim(), requestingFacility.name)}
      />
      {consultant && (
        <Fact name={t('consults.case.answeredBy')} text={from(consultant.name, supportingFacility?.name ?? '')} />
      )}
    </dl>
  )
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={text === '' ? css.soft : css.said}>{text === '' ? t('consults.case.none') : text}</dd>
    </div>
  )
}

/** Systolic and diastolic are one figure to whoever reads them. */
const systolic = '8480-6'
const diastolic = '8462-4'

function Vitals({ consult }: { consult: Consult }) {
  if (consult.vitals.length === 0) return <p className={css.soft}>{t('consults.case.noVitals')}</p>
  const low = consult.vitals.find((vital) => vital.code === diastolic)
  const shown = vitalSigns.flatMap(
    (sign) => consult.vitals.find((vital) => vital.code === sign.code && sign.code !== diastolic) ?? [],
  )
  return (
    <ul className={css.vitals} aria-label={t('consults.case.vitals')}>
      {shown.map((vital) => (
        <li key={vital.code}>
          <span>
            {vital.code === systolic
              ? t('consults.case.bloodPressure')
              : (vitalSignOf(vital.code)?.[language()] ?? vital.display)}
          </span>
          <strong>
            {formatNumber(vital.value)}
            {vital.code === systolic && low && `/${formatNumber(low.value)}`}{' '}
            <small>{vitalSignOf(vital.code)?.shownUnit ?? vital.unit}</small>
          </strong>
          <span className={css.soft}>{formatTime(vital.takenAt)}</span>
        </li>
      ))}
    </ul>
  )
}
