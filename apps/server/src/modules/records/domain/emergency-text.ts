import { vietnamZone } from '../../../platform/clock/vietnam-time.ts'

const stamp = new Intl.DateTimeFormat('en-GB', {
  timeZone: vietnamZone,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** `14:05 25/11/2026`, in Vietnam. */
function stampOf(at: Date): string {
  const parts = Object.fromEntries(stamp.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts['hour']}:${parts['minute']} ${parts['day']}/${parts['month']}/${parts['year']}`
}

/**
 * The text message to a patient: that and when, nobody's name, no unit and no reason, since a phone lies on many
 * tables.
 */
export function emergencySms(language: 'vi' | 'en', at: Date): string {
  return language === 'en'
    ? `Moi Nha: your health record was opened in an emergency at ${stampOf(at)}. See who and why in your record, or ask your station.`
    : `Mọi Nhà: hồ sơ sức khỏe của bạn được mở khẩn cấp lúc ${stampOf(at)}. Xem ai mở và vì sao trong mục Hồ sơ, hoặc hỏi trạm y tế.`
}
