import { LinkButton } from '@moinha/ui'
import { useEffect, useMemo } from 'react'
import { isProblem } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { formatTime, t, useLanguage } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { CallPlace, useWholeScreen } from '../../calls/index.ts'
import { type MeetingView, pathOf, useMeeting } from '../data.ts'
import { Heads } from '../parts/heads.tsx'
import css from '../parts/room-mode.module.css'
import { type Joined, useJoin } from '../use-join.ts'

/** On the TV of a meeting room: entered once, then it looks after itself. */
export default function RoomModePage() {
  useLanguage()
  const id = useParam('id')
  const { joined, problem, again } = useJoin(id)
  const { data: meeting } = useMeeting(id)
  const [box, style] = useWholeScreen()
  const over = meeting?.status === 'ended' || meeting?.status === 'cancelled'
  useAgain(problem !== null && !over, again)
  return (
    <div ref={box} className={css.page} style={style}>
      {over && <Said meeting={meeting} text={t('meetings.end.over')} />}
      {!over && joined && meeting && <InRoom meeting={meeting} joined={joined} />}
      {!over && !(joined && meeting) && <Said meeting={meeting} text={waitingText(meeting, problem)} />}
    </div>
  )
}

/** Nobody stands beside the machine: the door is tried again until it opens. */
const againMs = 10_000

function useAgain(refused: boolean, again: () => void): void {
  useEffect(() => {
    if (!refused) return
    const timer = setInterval(again, againMs)
    return () => clearInterval(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as long as it is refused
  }, [refused])
}

function waitingText(meeting: MeetingView | undefined, problem: unknown): string {
  if (!problem) return t('meetings.call.entering')
  if (meeting && isProblem(problem, 'MEETING_NOT_OPEN_YET'))
    return t('meetings.room.opensAt', { time: formatTime(meeting.opensAt) })
  return problemText(problem)
}

function Said({ meeting, text }: { meeting: MeetingView | undefined; text: string }) {
  return (
    <div className={css.said} role="status">
      <p className={css.what}>{meeting?.title}</p>
      <p>{text}</p>
      {meeting && (
        <LinkButton icon="arrow-left" href={pathOf(meeting.id)}>
          {t('meetings.call.back')}
        </LinkButton>
      )}
    </div>
  )
}

function InRoom({ meeting, joined }: { meeting: MeetingView; joined: Joined }) {
  const { unit, heads, visitId } = joined
  const far = useMemo(
    () => ({
      title: `${meeting.title} · ${unit?.name ?? meeting.organiser.name}`,
      ...(unit && {
        sheet: {
          icon: 'users' as const,
          label: t('meetings.heads.title'),
          content: (close: () => void) => (
            <Heads large meetingId={meeting.id} unitId={unit.id} known={heads} onKept={close} />
          ),
          openAtFirst: heads === null,
        },
      }),
    }),
    [meeting.id, meeting.title, meeting.organiser.name, unit, heads],
  )
  return <CallPlace visitId={visitId} displayName={unit?.name ?? ''} far={far} />
}
