import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { datedWords, dueWords, kindWord, type MeetingView, type MinutesView, whoDoes } from '../data.ts'
import css from './minutes-sheet.module.css'

interface SheetProps {
  meeting: MeetingView
  minutes: MinutesView
}

/** Approved minutes as a sheet of paper. */
export function MinutesSheet({ meeting, minutes }: SheetProps) {
  const { content } = minutes
  const titleOf = (id: string, title: string): string =>
    title || (meeting.agenda.find((item) => item.id === id)?.title ?? '')
  return (
    <article className={css.sheet}>
      <Top meeting={meeting} minutes={minutes} />
      <Attended attendance={minutes.attendance} />
      {content.items.map((item, at) => (
        <section key={item.agendaItemId}>
          <h2>
            {at + 1}. {titleOf(item.agendaItemId, item.title)}
          </h2>
          <p className={css.text}>{item.text}</p>
        </section>
      ))}
      {content.decisions.length > 0 && (
        <section>
          <h2>{t('meetings.minutes.decisions')}</h2>
          <ol className={css.decisions}>
            {content.decisions.map((one) => (
              <li key={one.id} className={css.text}>
                {one.text}
              </li>
            ))}
          </ol>
        </section>
      )}
      <ToDo minutes={minutes} />
      {content.note !== '' && <p className={css.text}>{content.note}</p>}
      <p className={css.approved}>
        {minutes.approvedAt !== null &&
          t('meetings.minutes.approvedBy', { name: minutes.approvedBy ?? '', at: formatDateTime(minutes.approvedAt) })}
      </p>
    </article>
  )
}

function Top({ meeting, minutes }: SheetProps) {
  return (
    <>
      <p className={css.unit}>{meeting.organiser.name}</p>
      <div className={css.title}>
        <h1>{t('meetings.minutes.sheet')}</h1>
        <p>
          <strong>{meeting.title}</strong>
        </p>
        <p>
          {kindWord(meeting.kind)} · {datedWords(meeting)}
        </p>
        {minutes.version > 1 && (
          <p>
            {t('meetings.minutes.version', { version: minutes.version })}
            {minutes.reason !== null && `: ${minutes.reason}`}
          </p>
        )}
      </div>
    </>
  )
}

/** Who was there, by name of the unit, as the minutes were approved; older ones did not keep it. */
function Attended({ attendance }: Pick<MinutesView, 'attendance'>) {
  if (!attendance) return null
  const { attended, invited, heads, present, absent } = attendance
  return (
    <section>
      <p>
        <strong>{t('meetings.attendance.counts', { attended, invited })}</strong>
        {heads > 0 && `, ${t('meetings.heads.count', { count: heads })}`}: {present.join('; ')}.
      </p>
      {absent.length > 0 && (
        <p>
          {t('meetings.attendance.absent')}: {absent.join('; ')}.
        </p>
      )}
    </section>
  )
}

function ToDo({ minutes: { content, units } }: Pick<SheetProps, 'minutes'>) {
  if (content.actions.length === 0) return null
  const unitOf = (id: string | null) => units.find((unit) => unit.id === id) ?? null
  return (
    <section>
      <h2>{t('meetings.minutes.actions')}</h2>
      <table className={css.actions}>
        <thead>
          <tr>
            <th scope="col">{t('meetings.minutes.what')}</th>
            <th scope="col">{t('meetings.minutes.doer')}</th>
            <th scope="col">{t('meetings.minutes.due')}</th>
          </tr>
        </thead>
        <tbody>
          {content.actions.map((action) => (
            <tr key={action.id}>
              <td>{action.what}</td>
              <td>{whoDoes({ unit: unitOf(action.unitId), who: action.who })}</td>
              <td>{action.dueOn === null ? dueWords(null) : formatDate(action.dueOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
