import { language, t } from './words.ts'

const timeZone = 'Asia/Ho_Chi_Minh'
const made = new Map<string, Intl.DateTimeFormat>()

/**
 * Formatters are slow to build on cheap phones, so each is kept. en-GB writes dd/MM/yyyy and 24 hours whatever the
 * device says.
 */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const found = made.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...options })
  made.set(key, found)
  return found
}

/** An instant, or a calendar day `2026-11-22`, read as noon so that no zone moves it. */
const toDate = (at: string | Date): Date =>
  at instanceof Date ? at : new Date(at.length === 10 ? `${at}T12:00:00+07:00` : at)
const words = (): string => (language() === 'vi' ? 'vi-VN' : 'en-GB')

// IANA tz database, Asia/Ho_Chi_Minh: seven hours ahead since 13/06/1975, without summer time
const aheadMs = 7 * 3_600_000
/**
 * The clock on a wall in Vietnam, as `2026-11-22T07:30:…`. By counting, since the first formatter of a page costs a
 * cheap phone a tenth of a second.
 */
const onWall = (at: string | Date): string => new Date(toDate(at).getTime() + aheadMs).toISOString()

/** 22/11/2026 */
export const formatDate = (at: string | Date): string => onWall(at).slice(0, 10).split('-').reverse().join('/')
/** 22/11 */
export const formatDayMonth = (at: string | Date): string => formatDate(at).slice(0, 5)
/** 07:30 */
export const formatTime = (at: string | Date): string => onWall(at).slice(11, 16)
/** 07:30, 22/11/2026 */
export const formatDateTime = (at: string | Date): string => `${formatTime(at)}, ${formatDate(at)}`

const weekdays = {
  vi: ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const
/** Chủ Nhật · Sunday */
export const formatWeekday = (at: string | Date): string => weekdays[language()][new Date(onWall(at)).getUTCDay()] ?? ''
/** T2 … CN · Mon … Sun */
export const formatWeekdayShort = (at: string | Date): string =>
  formatter(words(), { weekday: language() === 'vi' ? 'narrow' : 'short' }).format(toDate(at))
/** 8 → Tháng 8 · August */
export const formatMonth = (month: number): string => {
  const name = formatter(words(), { month: 'long' }).format(new Date(Date.UTC(2026, month - 1, 15)))
  return name[0]?.toLocaleUpperCase('vi') + name.slice(1)
}
/** Thứ Hai, 23/11/2026 */
export const formatLongDate = (at: string | Date): string => `${formatWeekday(at)}, ${formatDate(at)}`
/** 1.234,5 in Vietnamese, 1,234.5 in English */
export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(words(), options).format(value)

/** Today in Vietnam as `2026-11-22`. */
export const localDay = (at: Date = new Date()): string => onWall(at).slice(0, 10)

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** "còn 5 phút", "2 giờ trước", "vừa xong"; beyond a week the date itself. */
export function formatRelative(at: string | Date, now: Date = new Date()): string {
  const away = toDate(at).getTime() - now.getTime()
  const size = Math.abs(away)
  if (size < minute) return t('time.now')
  if (size >= 7 * day) return formatDate(at)
  const [unit, step] =
    size < hour ? (['minutes', minute] as const) : size < day ? (['hours', hour] as const) : (['days', day] as const)
  return t(`time.${away > 0 ? 'in' : 'ago'}.${unit}`, { count: Math.round(size / step) })
}

/** 75 → "1:15": how long a call has lasted. */
export function formatDuration(seconds: number): string {
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  return hours > 0
    ? `${hours}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`
    : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}
