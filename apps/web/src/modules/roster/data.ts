import type { Shift } from '@moinha/contracts/roster'
import { refresh, type ReplyOf, useRead } from '../../platform/api/index.ts'
import { formatTime, language, localDay, t } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'

export type Week = ReplyOf<'roster.week'>
export type { Shift }

const again = (): void => void refresh('roster.week', 'roster.now', 'roster.handovers', 'roster.mine')

/** One week of a unit, kept fresh. */
export function useWeek(facilityId: string, from: string) {
  const read = useRead('roster.week', { query: { facilityId, from } })
  useLive('roster.changed', again)
  return read
}

/** Who is on duty now, with presence as it changes. */
export function useOnDuty(facilityId: string) {
  const read = useRead('roster.now', { query: { facilityId } })
  useLive('presence.changed', () => void refresh('roster.now'))
  return read
}

const dayMs = 86_400_000

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
/** The Monday of the week of a day. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
export const today = (): string => localDay()

/** The name of a team; the duty lead’s line has no specialty. */
export function teamName(week: Pick<Week, 'specialties'>, code: string | null): string {
  if (code === null) return t('roster.team.lead')
  return week.specialties.find((one) => one.code === code)?.[language()] ?? code
}

/** "07:00–07:00" */
export const hoursOf = (shift: { startsAt: string; endsAt: string }): string =>
  `${formatTime(shift.startsAt)}–${formatTime(shift.endsAt)}`
