import { Card } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type MeetingView, useAttendance } from '../data.ts'
import { AttendanceCounts, AttendanceList } from './attendance-list.tsx'

/** Who was there, unit by unit. */
export function AttendanceCard({ meeting }: { meeting: MeetingView }) {
  const { data, error, refetch } = useAttendance(meeting.id, meeting.status === 'running')
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data || data.units.length === 0) return null
  return (
    <Card title={t('meetings.attendance.title')}>
      <AttendanceCounts attendance={data} />
      <AttendanceList attendance={data} meeting={meeting} />
    </Card>
  )
}
