import type { CallResult, EndReason, Enrolment } from '@moinha/contracts/programmes'
import { refresh } from '../../platform/api/index.ts'
import { formatDate, formatNumber, localDay, t, useLanguage, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'

export type { CallResult, EndReason, Enrolment }

export const callResults = ['will_come', 'no_answer', 'wrong_number', 'declined', 'moved_away'] as const
export const endReasons = ['completed', 'moved_away', 'declined', 'died', 'mistake', 'other'] as const

export const named = (group: 'call' | 'end', code: string): string => wordFor(`programmes.${group}.${code}`) ?? code

/** Everything of this module is read again when something of it changes anywhere. */
export function useFollowUpNews(): void {
  useLive('programmes.changed', () => void refresh('programmes.'))
}

/** Names are data: the Vietnamese one unless English is read. */
export function useNames(): (names: { vi: string; en: string }) => string {
  const language = useLanguage()
  return (names) => (language === 'en' ? names.en : names.vi)
}

const dayMs = 86_400_000
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** "15/12/2026, trễ 8 ngày": the date, and how far it is. */
export function dueText(day: string): string {
  const days = daysBetween(localDay(), day)
  const date = formatDate(day)
  if (days === 0) return t('programmes.due.today', { date })
  return days < 0
    ? t('programmes.due.lateBy', { date, days: formatNumber(-days) })
    : t('programmes.due.inDays', { date, days: formatNumber(days) })
}

export const isLate = (day: string): boolean => day < localDay()

/** One's own booking at the station that follows one. */
export function ownBookingOf({ patientId, booking, facilityId }: Enrolment): string {
  const wish = { station: facilityId, kind: 'in_person', for: patientId, step: 'when', programme: booking }
  return `/book?${new URLSearchParams(wish).toString()}`
}
