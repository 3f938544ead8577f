import { Card, StatusTag } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { MeetingView } from '../data.ts'
import css from './meetings.module.css'

const tones = { yes: 'success', no: 'warn', open: 'plain' } as const
const order = { yes: 0, no: 1, open: 2 } as const

/** Who else comes: counts for all, names for whoever calls the meeting. */
export function InvitedCard({ meeting }: { meeting: MeetingView }) {
  const { yes, no, open } = meeting.answerCounts
  const answers = meeting.answers
    .filter((one) => one.unit.id !== meeting.organiser.id)
    .map((one) => ({ ...one, said: one.answer ?? ('open' as const) }))
    .sort((one, other) => order[one.said] - order[other.said] || one.unit.name.localeCompare(other.unit.name, 'vi'))
  return (
    <Card title={t('meetings.invited.title')}>
      <p>{t('meetings.invited.counts', { yes, no, open })}</p>
      {meeting.may.host && (
        <ul className={css.invited} aria-label={t('meetings.invited.title')}>
          {answers.map(({ unit, said, attendees, expectedHeads }) => (
            <li key={unit.id}>
              <span>
                <strong>{unit.name}</strong>
                <span className={css.soft}>
                  {[attendees, expectedHeads !== null && t('meetings.heads.count', { count: expectedHeads })]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <StatusTag tone={tones[said]}>{t(`meetings.answer.${said}`)}</StatusTag>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
