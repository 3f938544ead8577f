import { Skeleton, Stack } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { PanelProps } from '../../calls/index.ts'
import { useAttendance, useMeeting } from '../data.ts'
import { AttendanceCounts, AttendanceList } from '../parts/attendance-list.tsx'

/** Who is here, unit by unit, those who are missing first. */
export function AttendancePanel({ context: { visitId } }: PanelProps) {
  const { data: meeting } = useMeeting(visitId)
  const { data, error, refetch } = useAttendance(visitId, true)
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data || !meeting) return <Skeleton label={t('state.loading')} lines={5} />
  return (
    <Stack gap={3}>
      <AttendanceCounts attendance={data} />
      <AttendanceList attendance={data} meeting={meeting} />
    </Stack>
  )
}
