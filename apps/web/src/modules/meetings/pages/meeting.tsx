import { Badge, Button, Card, LinkButton, Notice, PageHeader, Row, Skeleton, Stack, StatusTag } from '@moinha/ui'
import { useState } from 'react'
import { addressOf, isProblem } from '../../../platform/api/index.ts'
import { NotFound, ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { MessageHistoryPlace, RecordingHistoryPlace } from '../../calls/index.ts'
import {
  asksForAnswer,
  endedWords,
  isMissed,
  isTrial,
  kindWord,
  type MeetingView,
  opensWords,
  pathOf,
  stateOf,
  useMeeting,
  whenWords,
} from '../data.ts'
import { ActionList } from '../parts/action-list.tsx'
import { AgendaList } from '../parts/agenda-list.tsx'
import { AnswerCard } from '../parts/answer-card.tsx'
import { AttendanceCard } from '../parts/attendance-card.tsx'
import { CancelDialog } from '../parts/cancel-dialog.tsx'
import { InvitedCard } from '../parts/invited-card.tsx'
import { JoinButton } from '../parts/join-button.tsx'
import css from '../parts/meetings.module.css'
import { ruleWords } from '../repeat.ts'

/** One meeting before, while and after it is held. */
export default function MeetingPage() {
  const { data, error, refetch } = useMeeting(useParam('id'))
  if (isProblem(error, 'MEETING_UNKNOWN') || isProblem(error, 'INVALID_INPUT'))
    return <NotFound home="/work/meetings" />
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return <Meeting meeting={data} />
}

function Meeting({ meeting }: { meeting: MeetingView }) {
  const over = meeting.status === 'ended'
  const owes = asksForAnswer(meeting)
  const toCome = meeting.status === 'planned' && !isMissed(meeting)
  return (
    <Stack gap={4}>
      <Head meeting={meeting} />
      <NextStep meeting={meeting} />
      {owes && <AnswerCard meeting={meeting} />}
      <div className={css.columns}>
        <div className={css.main}>
          <AgendaList meeting={meeting} />
          {over && <Recorded meeting={meeting} />}
          {!over && <Carried meeting={meeting} />}
        </div>
        <div className={css.main}>
          {meeting.may.respond && toCome && !owes && <AnswerCard meeting={meeting} />}
          {meeting.status === 'planned' && <InvitedCard meeting={meeting} />}
          {(over || meeting.status === 'running') && <AttendanceCard meeting={meeting} />}
          <Papers meeting={meeting} />
        </div>
      </div>
    </Stack>
  )
}

/** What was recorded and written in the room is kept for those who led it; others ask them. */
function Recorded({ meeting: { may, visitId } }: { meeting: MeetingView }) {
  if (!may.host || visitId === null) return null
  return (
    <>
      <RecordingHistoryPlace visitId={visitId} />
      <MessageHistoryPlace visitId={visitId} />
    </>
  )
}

/** What the meeting before left to do. */
function Carried({ meeting }: { meeting: MeetingView }) {
  if (meeting.carried.length === 0) return null
  return (
    <Card title={t('meetings.carried.title')} actions={<PreviousMinutes meeting={meeting} />}>
      <ActionList items={meeting.carried} />
    </Card>
  )
}

function Head({ meeting }: { meeting: MeetingView }) {
  const { word, tone } = stateOf(meeting)
  const day = localDay(new Date(meeting.startsAt))
  return (
    <div>
      <PageHeader
        back={{ href: '/work/meetings', label: t('meetings.list.title') }}
        title={meeting.title}
        lead={`${whenWords(meeting)} · ${meeting.organiser.name}`}
        actions={<HostActions meeting={meeting} />}
      />
      <p className={css.tags}>
        <Badge tone={meeting.kind === 'briefing' ? 'primary' : 'info'}>{kindWord(meeting.kind)}</Badge>
        <StatusTag tone={tone}>{word}</StatusTag>
        <Badge>{t('meetings.list.invited', { count: meeting.unitsInvited })}</Badge>
        {meeting.rule !== null && <Badge>{ruleWords(meeting.rule, day)}</Badge>}
        {meeting.enterAs === 'listener' && <Badge>{t('meetings.enterAs.listener')}</Badge>}
      </p>
      {meeting.description !== '' && <p className={css.description}>{meeting.description}</p>}
    </div>
  )
}

function HostActions({ meeting }: { meeting: MeetingView }) {
  const [cancelling, setCancelling] = useState(false)
  const { may } = meeting
  return (
    <Row>
      {may.edit && (
        <LinkButton icon="edit" href={pathOf(meeting.id, '/edit')}>
          {t('do.edit')}
        </LinkButton>
      )}
      {may.cancel && (
        <Button look="quiet" icon="x" onClick={() => setCancelling(true)}>
          {t('meetings.cancel.do')}
        </Button>
      )}
      {cancelling && <CancelDialog meeting={meeting} onClose={() => setCancelling(false)} />}
    </Row>
  )
}

/** What there is to do now, above all else. */
function NextStep({ meeting }: { meeting: MeetingView }) {
  const { status, may } = meeting
  if (status === 'cancelled')
    return (
      <Notice tone="warn" still title={t('meetings.state.cancelled')}>
        {meeting.cancelReason}
      </Notice>
    )
  if (status === 'ended') return <Over meeting={meeting} />
  if (isMissed(meeting))
    return (
      <Notice tone="warn" still title={t('meetings.state.missed')}>
        {t('error.MEETING_OVER')}
      </Notice>
    )
  if (!may.join)
    return (
      <Notice tone="info" still>
        {t('meetings.join.later', { when: opensWords(meeting) })}
      </Notice>
    )
  return <WayIn meeting={meeting} />
}

function WayIn({ meeting }: { meeting: MeetingView }) {
  const { status, id } = meeting
  const tries = isTrial(meeting)
  const title = tries ? 'meetings.join.trial' : status === 'running' ? 'meetings.join.runs' : 'meetings.join.open'
  return (
    <Notice
      tone={tries ? 'info' : 'success'}
      still
      title={t(title)}
      actions={
        <>
          <JoinButton meeting={meeting} />
          <LinkButton {...(tries && { look: 'quiet' })} icon="screen" href={pathOf(id, '/room')}>
            {t('meetings.room.open')}
          </LinkButton>
        </>
      }
    >
      {tries ? t('meetings.join.trialText', { when: opensWords(meeting) }) : t('meetings.room.openHint')}
    </Notice>
  )
}

function Over({ meeting }: { meeting: MeetingView }) {
  const { held } = meeting
  return (
    <Notice
      tone={held === false ? 'warn' : 'success'}
      still
      title={stateOf(meeting).word}
      actions={<AfterActions meeting={meeting} />}
    >
      <p>{endedWords(meeting)}</p>
      {held === false && <p>{t('meetings.over.notHeld')}</p>}
    </Notice>
  )
}

function AfterActions({ meeting }: { meeting: MeetingView }) {
  return (
    <>
      {(meeting.minutes !== 'none' || meeting.may.minutes) && (
        <LinkButton look="primary" icon="report" href={pathOf(meeting.id, '/minutes')}>
          {t(meeting.minutes === 'none' ? 'meetings.minutes.write' : 'meetings.minutes.open')}
        </LinkButton>
      )}
      {meeting.nextId !== null && (
        <LinkButton look="quiet" icon="arrow-right" href={pathOf(meeting.nextId)}>
          {t('meetings.one.next')}
        </LinkButton>
      )}
    </>
  )
}

function PreviousMinutes({ meeting }: { meeting: MeetingView }) {
  if (meeting.previousId === null) return null
  return (
    <LinkButton small look="quiet" icon="report" href={pathOf(meeting.previousId, '/minutes')}>
      {t('meetings.one.previousMinutes')}
    </LinkButton>
  )
}

/** What one takes along: calendar files, earlier minutes. */
function Papers({ meeting }: { meeting: MeetingView }) {
  const file = `/api/meetings/${meeting.id}/calendar.ics`
  const series = addressOf('/api/meetings/series/:id/calendar.ics', { params: { id: meeting.seriesId } })
  return (
    <Card title={t('meetings.one.papers')}>
      <Row>
        {meeting.status === 'planned' && (
          <LinkButton small icon="calendar" href={file} download>
            {t('meetings.calendar.one')}
          </LinkButton>
        )}
        {meeting.recurring && (
          <LinkButton small icon="calendar" href={series} download>
            {t('meetings.calendar.series')}
          </LinkButton>
        )}
        <PreviousMinutes meeting={meeting} />
      </Row>
    </Card>
  )
}
