import type { Consult } from '@moinha/contracts/consults'
import { LinkButton, Notice } from '@moinha/ui'
import type { ReactNode } from 'react'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { AnswerActions, ReasonAction, StartActions } from './case-actions.tsx'
import { EncounterOver } from './encounter-over.tsx'
import { Waiting } from './waiting.tsx'

type StepOf = (props: { consult: Consult }) => ReactNode

const steps: Readonly<Record<Consult['status'], StepOf>> = {
  draft: Draft,
  returned: Returned,
  submitted: Answering,
  unanswered: Answering,
  accepted: Agreed,
  scheduled: Agreed,
  in_session: ({ consult }) => (
    <Step title={t('consults.lead.inSession')} actions={<ReasonAction consult={consult} />}>
      {t('consults.lead.inSessionText')}
    </Step>
  ),
  minutes: ({ consult }) => <Step title={t('consults.lead.minutes')} actions={<ReasonAction consult={consult} />} />,
  signed: ({ consult }) => (
    <Step tone="success" title={t('consults.lead.signed')}>
      {consult.side === 'requesting' ? t('consults.lead.signedText') : t('consults.lead.signedSpecialist')}
    </Step>
  ),
  outcome: () => null,
  closed: () => <Step title={t('consults.lead.closed')} />,
  cancelled: ({ consult }) => <Step title={t('consults.lead.cancelled')}>{consult.cancelReason}</Step>,
}

/** What this person should do now, or what the case waits for. */
export function NextStep({ consult }: { consult: Consult }) {
  const Now = steps[consult.status]
  return <Now consult={consult} />
}

function Answering({ consult }: { consult: Consult }) {
  return consult.side === 'requesting' ? <Waiting consult={consult} /> : <Answer consult={consult} />
}

function Step({
  title,
  tone = 'info',
  children,
  actions,
}: {
  title: string
  tone?: 'info' | 'success' | 'warn'
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <Notice still tone={tone} title={title} actions={actions}>
      {children}
    </Notice>
  )
}

function Draft({ consult }: { consult: Consult }) {
  return (
    <Step
      title={t('consults.lead.draft')}
      actions={
        <>
          {consult.may.edit && (
            <LinkButton look="primary" href={`/work/consults/new?id=${consult.id}`}>
              {t('consults.do.continue')}
            </LinkButton>
          )}
          <ReasonAction consult={consult} />
        </>
      }
    >
      <EncounterOver consult={consult} />
    </Step>
  )
}

function Returned({ consult }: { consult: Consult }) {
  return (
    <Step
      tone="warn"
      title={t('consults.lead.returned')}
      actions={
        <>
          {consult.may.edit && (
            <LinkButton look="primary" icon="edit" href={`/work/consults/new?id=${consult.id}`}>
              {t('consults.do.edit')}
            </LinkButton>
          )}
          <ReasonAction consult={consult} />
        </>
      }
    >
      {consult.returnReason}
      <EncounterOver consult={consult} />
    </Step>
  )
}

function Answer({ consult }: { consult: Consult }) {
  const title =
    consult.status === 'submitted'
      ? t('consults.lead.ringing', { facility: consult.requestingFacility.name })
      : t('consults.lead.unanswered')
  return <Step tone="warn" title={title} actions={<AnswerActions consult={consult} />} />
}

function Agreed({ consult }: { consult: Consult }) {
  const title = consult.scheduledAt
    ? t('consults.lead.scheduled', { at: formatDateTime(consult.scheduledAt) })
    : consult.may.schedule
      ? t('consults.lead.accepted')
      : t('consults.lead.acceptedStation', { name: consult.consultant?.name ?? '' })
  return (
    <Step
      title={title}
      actions={
        <>
          <StartActions consult={consult} />
          <ReasonAction consult={consult} />
        </>
      }
    />
  )
}
