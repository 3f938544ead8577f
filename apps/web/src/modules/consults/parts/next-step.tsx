import type { Consult } from '@moinha/contracts/consults'
import { LinkButton, Notice } from '@moinha/ui'
import type { ReactNode } from 'react'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { AnswerActions, ReasonAction, StartActions } from './case-actions.tsx'
import { Waiting } from './waiting.tsx'

/** What this person should do now, or what the case waits for. */
export function NextStep({ consult }: { consult: Consult }) {
  switch (consult.status) {
    case 'draft': return <Draft consult={consult} />
    case 'returned': return <Returned consult={consult} />
    case 'submitted':
    case 'unanswered': return consult.side === 'requesting' ? <Waiting consult={consult} /> : <Answer consult={consult} />
    case 'accepted':
    case 'scheduled': return <Agreed consult={consult} />
    case 'in_session': return <Step title={t('consults.lead.inSession')} actions={<ReasonAction consult={consult} />}>{t('consults.lead.inSessionText')}</Step>
    case 'minutes': return <Step title={t('consults.lead.minutes')} />
    case 'signed': return <Step tone="success" title={t('consults.lead.signed')}>{consult.side === 'requesting' ? t('consults.lead.signedText') : t('consults.lead.signedSpecialist')}</Step>
    case 'outcome': return null
    case 'closed': return <Step title={t('consults.lead.closed')} />
    case 'cancelled': return <Step title={t('consults.lead.cancelled')}>{consult.cancelReason}</Step>
  }
}

function Step({ title, tone = 'info', children, actions }: { title: string; tone?: 'info' | 'success' | 'warn'; children?: ReactNode; actions?: ReactNode }) {
  return <Notice still tone={tone} title={title} actions={actions}>{children}</Notice>
}

function Draft({ consult }: { consult: Consult }) {
  return (
    <Step
      title={t('consults.lead.draft')}
      actions={consult.may.edit && <><LinkButton look="primary" href={`/work/consults/new?id=${consult.id}`}>{t('consults.do.continue')}</LinkButton><ReasonAction consult={consult} /></>}
    />
  )
}

function Returned({ consult }: { consult: Consult }) {
  return (
    <Step
      tone="warn" title={t('consults.lead.returned')}
      actions={consult.may.edit && <><LinkButton look="primary" icon="edit" href={`/work/consults/new?id=${consult.id}`}>{t('consults.do.edit')}</LinkButton><ReasonAction consult={consult} /></>}
    >
      {consult.returnReason}
    </Step>
  )
}

function Answer({ consult }: { consult: Consult }) {
  const title = consult.status === 'submitted' ? t('consults.lead.ringing', { facility: consult.requestingFacility.name }) : t('consults.lead.unanswered')
  return <Step tone="warn" title={title} actions={<AnswerActions consult={consult} />} />
}

function Agreed({ consult }: { consult: Consult }) {
  const title = consult.scheduledAt ? t('consults.lead.scheduled', { at: formatDateTime(consult.scheduledAt) })
    : consult.may.schedule ? t('consults.lead.accepted') : t('consults.lead.acceptedStation', { name: consult.consultant?.name ?? '' })
  return <Step title={title} actions={<><StartActions consult={consult} /><ReasonAction consult={consult} /></>} />
}
