import { Button, ConfirmDialog, EmptyState, LinkButton, Skeleton } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { CallPlace, useWholeScreen } from '../../calls/index.ts'
import { endedWords, type MeetingView, pathOf, useMeeting } from '../data.ts'
import { Heads } from '../parts/heads.tsx'
import css from '../parts/in-meeting.module.css'
import { meetingPanels } from '../parts/meeting-panels.ts'
import { type Joined, useJoin } from '../use-join.ts'

/** In the meeting: the tap that led here is the tap that enters, also after a reload. */
export default function MeetingCallPage() {
  useLanguage()
  const id = useParam('id')
  const { joined, problem, again } = useJoin(id)
  const { data: meeting } = useMeeting(id)
  const [box, style] = useWholeScreen()
  return (
    <div ref={box} className={css.page} style={style}>
      {meeting?.status === 'ended' ? (
        <Ended meeting={meeting} />
      ) : joined && meeting ? (
        <InMeeting meeting={meeting} joined={joined} />
      ) : (
        <AtDoor id={id} problem={problem} onRetry={again} />
      )}
    </div>
  )
}

/** Not in yet: it loads, or the door is shut and why. */
export function AtDoor({ id, problem, onRetry }: { id: string; problem: unknown; onRetry: () => void }) {
  if (!problem) return <Skeleton label={t('meetings.call.entering')} lines={5} />
  return (
    <div className={css.door}>
      <ProblemNotice error={problem} onRetry={onRetry} />
      <LinkButton icon="arrow-left" href={pathOf(id)}>
        {t('meetings.call.back')}
      </LinkButton>
    </div>
  )
}

function InMeeting({ meeting, joined }: { meeting: MeetingView; joined: Joined }) {
  const { me } = useSession()
  return (
    <>
      <div className={css.bar}>
        <p className={css.barTitle}>
          <strong>{meeting.title}</strong>
          <span>{joined.unit?.name ?? meeting.organiser.name}</span>
        </p>
        {joined.unit !== null && <Heads meetingId={meeting.id} unitId={joined.unit.id} known={joined.heads} />}
        {joined.host && meeting.may.end && <EndForAll meeting={meeting} />}
      </div>
      <div className={css.stage}>
        <CallPlace
          visitId={joined.visitId}
          displayName={me?.person?.fullName ?? ''}
          panels={joined.host ? meetingPanels.host : meetingPanels.guest}
          enterAtOnce={{ picture: true, muted: !joined.host, listenOnly: true }}
          endsElsewhere
          outside={
            <LinkButton look="quiet" icon="arrow-left" href={pathOf(meeting.id)}>
              {t('meetings.call.back')}
            </LinkButton>
          }
        />
      </div>
    </>
  )
}

function EndForAll({ meeting }: { meeting: MeetingView }) {
  const [asking, setAsking] = useState(false)
  const ending = useSend('meetings.end')
  const end = async (): Promise<void> => {
    if (await ending.run({ params: { id: meeting.id } })) await refresh('meetings.')
    setAsking(false)
  }
  return (
    <>
      <Button look="danger" small icon="check" onClick={() => setAsking(true)}>
        {t('meetings.end.do')}
      </Button>
      <ProblemNotice error={ending.problem} />
      <ConfirmDialog
        open={asking}
        danger
        busy={ending.busy}
        title={t('meetings.end.ask')}
        confirmLabel={t('meetings.end.do')}
        cancelLabel={t('do.cancel')}
        onConfirm={() => void end()}
        onCancel={() => setAsking(false)}
      >
        {t('meetings.end.text')}
      </ConfirmDialog>
    </>
  )
}

/** It is over, and by whom: of two hosts who end it one did. */
export function Ended({ meeting }: { meeting: MeetingView }) {
  const { may } = meeting
  return (
    <EmptyState
      picture="people"
      title={t('meetings.end.over')}
      actions={
        <>
          {may.minutes && (
            <LinkButton look="primary" icon="report" href={pathOf(meeting.id, '/minutes')}>
              {t('meetings.minutes.write')}
            </LinkButton>
          )}
          <LinkButton icon="arrow-left" href={pathOf(meeting.id)}>
            {t('meetings.call.back')}
          </LinkButton>
        </>
      }
    >
      {endedWords(meeting)}
    </EmptyState>
  )
}
