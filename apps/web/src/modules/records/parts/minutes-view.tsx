import type { MinutesContent } from '@moinha/contracts/consults'
import { Fragment, type ReactNode } from 'react'
import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { named, whoText } from '../data.ts'
import css from './minutes-view.module.css'

/** What the consults module files; read with care, since a filed version may be older than this screen. */
type Filed = Partial<MinutesContent> & {
  number?: string
  patient?: { fullName: string; sex: 'male' | 'female' | 'unknown'; birthDate: string | null }
  questions?: { no: number; text: string }[]
  decision?: string | null
  decisionReason?: string
  signatures?: { name: string; role: string; signedAt: string; method: string }[]
  contentHash?: string
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null
  return (
    <div className={css.line}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Members({ members }: { members: NonNullable<Filed['members']> }) {
  return (
    <section className={css.part}>
      <h2>{t('records.minutes.members')}</h2>
      <ul className={css.members}>
        {members.map((one, at) => (
          <li key={at}>
            <strong>{one.name}</strong>{' '}
            <span className={css.soft}>
              {[named('minutesRole', one.role), one.title, one.unit, one.licenceNo].filter(Boolean).join(' · ')}
            </span>
            {one.opinion && <p className={css.text}>{one.opinion}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Answers({ content }: { content: Filed }) {
  const questions = content.questions ?? []
  if (questions.length === 0) return null
  return (
    <section className={css.part}>
      <h2>{t('records.minutes.answers')}</h2>
      <dl className={css.answers}>
        {questions.map((one) => (
          <Fragment key={one.no}>
            <dt>
              {one.no}. {one.text}
            </dt>
            <dd className={css.text}>{content.answers?.find((answer) => answer.no === one.no)?.text ?? '—'}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}

function Signatures({ content }: { content: Filed }) {
  if (!content.signatures?.length) return null
  return (
    <section className={css.part}>
      <h2>{t('records.minutes.signatures')}</h2>
      <ul className={css.signatures}>
        {content.signatures.map((one, at) => (
          <li key={at}>
            <span className={css.soft}>{named('minutesRole', one.role)}</span>
            <strong>{one.name}</strong>
            <span className={css.soft}>{formatDateTime(one.signedAt)}</span>
          </li>
        ))}
      </ul>
      {content.contentHash && (
        <p className={css.hash}>
          {t('records.minutes.hash')} {content.contentHash.slice(0, 16)}…
        </p>
      )}
    </section>
  )
}

/** Consultation minutes as a sheet of paper, also when printed. Fields: domain notes on forms, §2. */
export function MinutesView({ title, content }: { title: string; content: Record<string, unknown> }) {
  const minutes = content as Filed
  return (
    <article className={css.sheet}>
      <h1 className={css.title}>{title}</h1>
      <dl className={css.lines}>
        <Line label={t('records.minutes.patient')}>
          {minutes.patient && (
            <>
              <strong>{minutes.patient.fullName}</strong> · {whoText(minutes.patient)}
            </>
          )}
        </Line>
        <Line label={t('records.minutes.treated')}>
          {minutes.treatedFrom &&
            [formatDate(minutes.treatedFrom), minutes.treatedTo && formatDate(minutes.treatedTo)]
              .filter(Boolean)
              .join(' – ')}
        </Line>
        <Line label={t('records.minutes.time')}>
          {minutes.startedAt &&
            [formatDateTime(minutes.startedAt), minutes.endedAt && formatDateTime(minutes.endedAt)]
              .filter(Boolean)
              .join(' – ')}
        </Line>
        <Line label={t('records.minutes.place')}>{minutes.place}</Line>
        <Line label={t('records.minutes.course')}>{minutes.course}</Line>
      </dl>
      {minutes.members && minutes.members.length > 0 && <Members members={minutes.members} />}
      <Answers content={minutes} />
      <dl className={css.lines}>
        <Line label={t('records.minutes.diagnosis')}>
          {[minutes.icd10, minutes.diagnosis].filter(Boolean).join(' · ')}
        </Line>
        <Line label={t('records.minutes.treatment')}>{minutes.treatment}</Line>
        <Line label={t('records.minutes.plan')}>{minutes.plan}</Line>
        <Line label={t('records.minutes.transfer')}>{minutes.transferTo}</Line>
        <Line label={t('records.minutes.followUp')}>{minutes.followUpOn && formatDate(minutes.followUpOn)}</Line>
        <Line label={t('records.minutes.informed')}>
          {minutes.informedAt && [formatDateTime(minutes.informedAt), minutes.informedBy].filter(Boolean).join(' · ')}
        </Line>
        <Line label={t('records.minutes.decision')}>
          {minutes.decision && [named('decision', minutes.decision), minutes.decisionReason].filter(Boolean).join(': ')}
        </Line>
      </dl>
      <Signatures content={minutes} />
    </article>
  )
}
