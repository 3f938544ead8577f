import { formatTime, t } from '../../../platform/i18n/index.ts'
import type { CallParticipant } from '../transport/call-transport.ts'

/** What is the matter with somebody's line, in words; empty while nothing is. */
export function personStateWords({ state, lostSince }: CallParticipant): string {
  switch (state) {
    case 'connected':
      return ''
    case 'connecting':
      return t('calls.room.connecting')
    case 'reconnecting':
      return t('calls.room.reconnecting')
    case 'returning':
      return t('calls.room.returning')
    case 'away':
      return t('calls.room.away', { time: formatTime(new Date(lostSince ?? Date.now())) })
  }
}
