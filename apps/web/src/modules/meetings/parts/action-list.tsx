import { Button, StatusTag, toast } from '@moinha/ui'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { type ActionItem, dueWords, pathOf, whoDoes } from '../data.ts'
import css from './meetings.module.css'

/** What meetings left to do; `ofMeeting` says of which. */
export function ActionList({ items, ofMeeting = false }: { items: readonly ActionItem[]; ofMeeting?: boolean }) {
  return (
    <ul className={css.actions} aria-label={t('meetings.actions.title')}>
      {items.map((item) => (
        <Line key={item.id} item={item} ofMeeting={ofMeeting} />
      ))}
    </ul>
  )
}

function Line({ item, ofMeeting }: { item: ActionItem; ofMeeting: boolean }) {
  const open = item.status === 'open'
  return (
    <li className={css.action} data-status={item.status}>
      <div className={css.actionText}>
        <p className={css.actionWhat}>{item.what}</p>
        <p className={css.soft}>
          {whoDoes(item)} · <span className={item.overdue ? css.overdue : undefined}>{dueWords(item.dueOn)}</span>
          {item.overdue && ` (${t('meetings.actions.overdue')})`}
        </p>
        {ofMeeting && (
          <p className={css.soft}>
            <a href={pathOf(item.meetingId, '/minutes')}>
              {item.meetingTitle}, {formatDate(item.meetingAt)}
            </a>
          </p>
        )}
        {!open && (
          <p className={css.soft}>
            <StatusTag tone={item.status === 'done' ? 'success' : 'plain'}>
              {t(`meetings.actions.${item.status}`)}
            </StatusTag>{' '}
            {item.settledAt !== null &&
              t('meetings.actions.settled', { name: item.settledBy ?? '', date: formatDate(item.settledAt) })}
            {item.note !== '' && ` · ${item.note}`}
          </p>
        )}
      </div>
      {item.maySettle && <Settle item={item} />}
    </li>
  )
}

/** Done with one tap, and the tap can be taken back. */
function Settle({ item }: { item: ActionItem }) {
  const sending = useSend('meetings.settleAction', { after: () => refresh('meetings.') })
  const send = (status: 'open' | 'done', version: number) =>
    sending.run({ params: { id: item.id }, body: { status, note: item.note, version } })
  const settle = async (): Promise<void> => {
    const settled = await send('done', item.version)
    if (!settled) return
    toast({
      text: t('meetings.actions.marked'),
      action: { label: t('do.undo'), run: () => void send('open', settled.version) },
    })
  }
  return (
    <div>
      {item.status === 'open' ? (
        <Button icon="check" busy={sending.busy} onClick={() => void settle()}>
          {t('meetings.actions.markDone')}
        </Button>
      ) : (
        <Button look="quiet" icon="refresh" busy={sending.busy} onClick={() => void send('open', item.version)}>
          {t('meetings.actions.reopen')}
        </Button>
      )}
      <ProblemNotice error={sending.problem} />
    </div>
  )
}
