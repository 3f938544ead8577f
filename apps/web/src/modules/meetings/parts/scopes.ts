import type { MeetingScope } from '@moinha/contracts/meetings'
import { t } from '../../../platform/i18n/index.ts'

/** Of a recurring meeting: which ones are meant. */
export const scopeChoices = (): { value: MeetingScope; label: string }[] => [
  { value: 'this', label: t('meetings.scope.this') },
  { value: 'following', label: t('meetings.scope.following') },
  { value: 'all', label: t('meetings.scope.all') },
]
