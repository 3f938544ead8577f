import type { Consult, Minutes } from '@moinha/contracts/consults'
import type { ReactNode } from 'react'
import { addressOf } from '../../../platform/api/index.ts'
import { formatDate, formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import css from './minutes.module.css'

interface ContentProps {
  content: Minutes['content']
}

interface ViewProps {
  consult: Consult
  minutes: Minutes
}

/** The minutes to read, the same on screen and on paper. */
export function MinutesView({ consult, minutes }: ViewProps) {
  const { content } = minutes
  return (
    <div className={css.view}>
      <Session content={content} />
      <Part title={t('consults.minutes.members')}>
        <Members minutes={minutes} />
      </Part>
      <Part title={t('consults.minutes.course')}>
        <p className={css.text}>{content.course}</p>
      </Part>
      <Answers consult={consult} minutes={minutes} />
      <Part title={t('consults.minutes.diagnosis')}>
        <p>
          {content.diagnosis} {content.icd10 && `(${content.icd10})`}
        </p>
      </Part>
      <Part title={t('consults.minutes.treatment')}>
        <p className={css.text}>{content.treatment}</p>
      </Part>
      <Plan content={content} />
      <Told content={content} />
      <Decision minutes={minutes} />
      <Part title={t('consults.minutes.signatures')}>
        <Signatures minutes={minutes} consultId={consult.id} />
      </Part>
    </div>
  )
}

function Session({ content }: ContentProps) {
  return (
    <Part title={t('consults.minutes.session')}>
      <p>
        {t('consults.minutes.startedAt')} {formatDateTime(content.startedAt)}
        {content.endedAt && (
          <>
            {' '}
            {t('consults.minutes.endedAt')} {formatDateTime(content.endedAt)}
          </>
        )}
        . {content.place}
      </p>
      <p>
        {t('consults.minutes.treatedFrom')} {formatDate(content.treatedFrom)}
        {content.treatedTo && ` – ${formatDate(content.treatedTo)}`}. {t('consults.minutes.form')}.
      </p>
    </Part>
  )
}

function Answers({ consult, minutes }: ViewProps) {
  return (
    <Part title={t('consults.minutes.answers')}>
      <ol>
        {consult.questions.map(({ no, text }) => (
          <li key={no} value={no}>
            <p className={css.asked}>{text}</p>
            <p className={css.text}>{minutes.content.answers.find((answer) => answer.no === no)?.text}</p>
          </li>
        ))}
      </ol>
    </Part>
  )
}

function Plan({ content }: ContentProps) {
  return (
    <Part title={t('consults.minutes.plan')}>
      <p className={css.text}>{content.plan}</p>
      {content.transferTo && (
        <p>
          {t('consults.minutes.transferTo')}: {content.transferTo}
        </p>
      )}
      {content.followUpOn && (
        <p>
          {t('consults.minutes.followUpOn')} {formatDate(content.followUpOn)}
        </p>
      )}
    </Part>
  )
}

/** That the patient was told, by whom and when. */
function Told({ content }: ContentProps) {
  if (!content.informedAt) return null
  return (
    <Part title={t('consults.minutes.patientTold')}>
      <p>
        {content.informedBy}, {formatDateTime(content.informedAt)}
      </p>
    </Part>
  )
}

function Decision({ minutes }: { minutes: Minutes }) {
  if (!minutes.decision) return null
  return (
    <Part title={t('consults.minutes.decision')}>
      <p>
        {wordFor(`consults.sign.${minutes.decision}`)}
        {minutes.decisionReason && `: ${minutes.decisionReason}`}
      </p>
    </Part>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Members({ minutes }: { minutes: Minutes }) {
  return (
    <ol>
      {minutes.content.members.map((member) => (
        <li key={member.personId ?? member.name}>
          {member.title} <strong>{member.name}</strong>, {member.unit}
          {member.licenceNo && <> ({t('consults.minutes.licence', { number: member.licenceNo })})</>}
          {' – '}
          {wordFor(`consults.minutes.role.${member.role}`)}
          {!member.present && ` (${t('consults.print.absent')})`}
          {member.opinion && <p className={css.asked}>{member.opinion}</p>}
        </li>
      ))}
    </ol>
  )
}

/** Which signatures are digital ones, and the paper that bears them. */
function SignedHow({ minutes, consultId }: { minutes: Minutes; consultId: string }) {
  const { signatures } = minutes
  const digital = signatures.filter(({ method }) => method === 'pades').length
  const params = { id: consultId, minutesId: minutes.id }
  return (
    <>
      {digital < signatures.length && <p className={css.soft}>{t('consults.minutes.method')}</p>}
      {digital > 0 && (
        <p>
          <a href={addressOf('/api/consults/:id/minutes/:minutesId/signed.pdf', { params })} download>
            {t('consults.minutes.signedPdf', { count: digital })}
          </a>
        </p>
      )}
    </>
  )
}

function Signatures({ minutes, consultId }: { minutes: Minutes; consultId: string }) {
  return (
    <>
      <ul className={css.signatures}>
        {minutes.signatures.map((line) => (
          <li key={`${line.personId} ${line.role}`}>
            <span>{wordFor(`consults.minutes.role.${line.role}`)}</span>
            <strong>{line.name}</strong>
            <span>{t('consults.minutes.signed', { at: formatDateTime(line.signedAt) })}</span>
          </li>
        ))}
        {minutes.waitingFor.map((line) => (
          <li key={`${line.personId} ${line.role}`} data-waiting>
            <span>{wordFor(`consults.minutes.role.${line.role}`)}</span>
            <strong>{line.name}</strong>
            <span>{t('consults.minutes.waiting')}</span>
          </li>
        ))}
      </ul>
      <SignedHow minutes={minutes} consultId={consultId} />
    </>
  )
}
