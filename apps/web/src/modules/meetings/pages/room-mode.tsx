import { Button, LinkButton } from '@moinha/ui'
import { useEffect, useMemo } from 'react'
import { type ApiProblem, isProblem } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { CallPlace, useWholeScreen } from '../../calls/index.ts'
import { doorAgainMs } from '../again.ts'
import { type MeetingView, opensWords, pathOf, useMeeting } from '../data.ts'
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
  const over = isOver(meeting)
  useAgain(over ? null : problem, meeting?.opensAt, again)
  return (
    <div ref={box} className={css.page} style={style}>
      {over && <Said meeting={meeting} text={t('meetings.end.over')} />}
      {!over && joined && meeting && <InRoom meeting={meeting} joined={joined} />}
      {!over && !(joined && meeting) && <AtDoor meeting={meeting} problem={problem} again={again} />}
    </div>
  )
}

const isOver = (meeting: MeetingView | undefined): boolean =>
  meeting?.status === 'ended' || meeting?.status === 'cancelled'

/** Tries the door again as long as it may open by itself. */
function useAgain(problem: ApiProblem | null, opensAt: string | undefined, again: () => void): void {
  useEffect(() => {
    const wait = problem ? doorAgainMs(problem, opensAt, Date.now()) : null
    if (wait === null) return
    const timer = setTimeout(again, wait)
    return () => clearTimeout(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each refusal
  }, [problem, opensAt])
}

function waitingText(meeting: MeetingView | undefined, problem: unknown): string {
  if (!problem) return t('meetings.call.entering')
  if (meeting && isProblem(problem, 'MEETING_NOT_OPEN_YET'))
    return t('meetings.room.opensAt', { when: opensWords(meeting) })
  return problemText(problem)
}

interface AtDoorProps {
  meeting: MeetingView | undefined
  problem: ApiProblem | null
  again: () => void
}

/** Waits; refused for good, only somebody who stands there tries again. */
function AtDoor({ meeting, problem, again }: AtDoorProps) {
  const shut = problem !== null && doorAgainMs(problem, meeting?.opensAt, Date.now()) === null
  return <Said meeting={meeting} text={waitingText(meeting, problem)} {...(shut && { onRetry: again })} />
}

interface SaidProps {
  meeting: MeetingView | undefined
  text: string
  onRetry?: () => void
}

function Said({ meeting, text, onRetry }: SaidProps) {
  return (
    <div className={css.said} role="status">
      <p className={css.what}>{meeting?.title}</p>
      <p>{text}</p>
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          {t('do.retry')}
        </Button>
      )}
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
