import { Skeleton } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { PanelProps } from '../../calls/index.ts'
import { type MeetingView, type MinutesView, useMeeting } from '../data.ts'
import { useMinutesWriting } from '../keep-minutes.ts'
import { MinutesEditor } from '../parts/minutes-editor.tsx'
import { unitsOf } from '../units-of.ts'

/** Minutes written while the meeting goes on; they keep themselves. */
export function MinutesPanel({ context: { visitId } }: PanelProps) {
  const { data: meeting } = useMeeting(visitId)
  const { data: minutes, error, refetch } = useRead('meetings.minutes', { params: { id: visitId } })
  if (error && !minutes) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!meeting || !minutes) return <Skeleton label={t('state.loading')} lines={5} />
  return <Writing meeting={meeting} minutes={minutes} />
}

function Writing({ meeting, minutes }: { meeting: MeetingView; minutes: MinutesView }) {
  const writing = useMinutesWriting(minutes)
  return <MinutesEditor meeting={meeting} units={unitsOf(meeting, minutes)} writing={writing} />
}
