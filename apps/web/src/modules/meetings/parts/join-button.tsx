import { LinkButton } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { isTrial, type MeetingLine, pathOf } from '../data.ts'

/** One tap into the room; the page behind it enters by itself. */
export function JoinButton({ meeting }: { meeting: Pick<MeetingLine, 'id' | 'may' | 'status' | 'opensAt'> }) {
  if (!meeting.may.join) return null
  const begins = meeting.may.host && meeting.status === 'planned'
  const tries = isTrial(meeting)
  return (
    <LinkButton look={tries ? 'quiet' : 'primary'} icon="video" href={pathOf(meeting.id, '/call')}>
      {t(tries ? 'meetings.join.try' : begins ? 'meetings.join.begin' : 'meetings.join.go')}
    </LinkButton>
  )
}
