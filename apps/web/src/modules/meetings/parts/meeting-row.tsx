import { Badge, LinkButton, StatusTag, VisuallyHidden } from '@moinha/ui'
import { formatDayMonth, formatWeekday, t } from '../../../platform/i18n/index.ts'
import { asksForAnswer, hoursOf, isMissed, kindWord, type MeetingLine, pathOf, stateOf, whenWords } from '../data.ts'
import { JoinButton } from './join-button.tsx'
import css from './meetings.module.css'

/** One meeting of a list: when, what, by whom, and the one thing to do now. */
export function MeetingRow({ line }: { line: MeetingLine }) {
  return (
    <li className={css.row} data-status={line.status}>
      <Day at={line.startsAt} />
      <div className={css.rowText}>
        <a className={css.rowTitle} href={pathOf(line.id)}>
          {line.title}
        </a>
        <p className={css.soft}>
          <VisuallyHidden>{whenWords(line)}</VisuallyHidden>
          <span aria-hidden="true">{hoursOf(line)}</span> · {line.organiser.name}
        </p>
        <p className={css.tags}>
          <Badge tone={line.kind === 'briefing' ? 'primary' : 'info'}>{kindWord(line.kind)}</Badge>
          <RowState line={line} />
        </p>
      </div>
      <RowAction line={line} />
    </li>
  )
}

function Day({ at }: { at: string }) {
  return (
    <span className={css.day} aria-hidden="true">
      <span>{formatWeekday(at)}</span>
      <strong>{formatDayMonth(at)}</strong>
    </span>
  )
}

function RowState({ line }: { line: MeetingLine }) {
  const { word, tone } = stateOf(line)
  return (
    <>
      {(line.status !== 'planned' || isMissed(line)) && <StatusTag tone={tone}>{word}</StatusTag>}
      <Badge>{t('meetings.list.invited', { count: line.unitsInvited })}</Badge>
      {line.status === 'planned' && line.ourAnswer !== null && (
        <StatusTag tone={line.ourAnswer === 'yes' ? 'success' : 'warn'}>
          {t(line.ourAnswer === 'yes' ? 'meetings.answer.yes' : 'meetings.answer.no')}
        </StatusTag>
      )}
      {asksForAnswer(line) && <StatusTag tone="warn">{t('meetings.answer.open')}</StatusTag>}
      {line.minutes === 'draft' && <StatusTag tone="warn">{t('meetings.minutes.draft')}</StatusTag>}
    </>
  )
}

function RowAction({ line }: { line: MeetingLine }) {
  if (line.may.join) return <JoinButton meeting={line} />
  if (line.minutes !== 'none')
    return (
      <LinkButton icon="report" href={pathOf(line.id, '/minutes')}>
        {t('meetings.minutes.open')}
      </LinkButton>
    )
  return (
    <LinkButton look="quiet" iconAfter="chevron" className={css.open} href={pathOf(line.id)}>
      {t('do.open')}
    </LinkButton>
  )
}
