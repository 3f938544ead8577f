import { Card } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { MeetingView } from '../data.ts'
import { AddDocument, Documents } from './documents.tsx'
import css from './meetings.module.css'

/** The agenda with the papers of each point; the host adds papers where they belong. */
export function AgendaList({ meeting }: { meeting: MeetingView }) {
  return (
    <Card title={t('meetings.agenda.title')}>
      <AgendaPoints meeting={meeting} />
    </Card>
  )
}

/** The same without its sheet, for the panel in the room. */
export function AgendaPoints({ meeting }: { meeting: MeetingView }) {
  const of = (agendaItemId: string | null) => meeting.documents.filter((one) => one.agendaItemId === agendaItemId)
  const adds = meeting.may.host && meeting.status !== 'cancelled'
  const known = new Set(meeting.agenda.map((item) => item.id))
  const others = meeting.documents.filter((one) => one.agendaItemId === null || !known.has(one.agendaItemId))
  return (
    <>
      {meeting.agenda.length === 0 && <p className={css.soft}>{t('meetings.agenda.none')}</p>}
      <ol className={css.agenda}>
        {meeting.agenda.map((item) => (
          <li key={item.id}>
            <p className={css.agendaTitle}>{item.title}</p>
            <p className={css.soft}>
              {[item.presenter, item.minutes > 0 && t('meetings.form.minutes', { count: item.minutes })]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <Documents meeting={meeting} documents={of(item.id)} />
            {adds && <AddDocument meetingId={meeting.id} agendaItemId={item.id} what={item.title} />}
          </li>
        ))}
      </ol>
      <Documents meeting={meeting} documents={others} />
      {adds && <AddDocument meetingId={meeting.id} agendaItemId={null} what="" />}
    </>
  )
}
