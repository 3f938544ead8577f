import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { calendarOfOne, calendarOfRule } from './calendar-file.ts'

const at = (text: string) => new Date(`${text}:00+07:00`)
const place = { url: 'https://moinha.example', now: at('2026-11-20T08:00') }
const meeting = {
  id: '0193a000-0000-7000-8000-000000000001',
  seriesId: '0193a000-0000-7000-8000-000000000002',
  title: 'Giao ban tuần; đánh giá tiêm chủng, sốt xuất huyết và chuẩn bị chiến dịch uống vitamin A tại các trạm',
  description: 'Mang theo sổ A1\nvà số liệu tuần',
  organiser: 'Bệnh viện Đa khoa khu vực Ngọc Hồi',
  startsAt: at('2026-11-30T08:00'),
  endsAt: at('2026-11-30T09:00'),
  version: 3,
  cancelled: false,
}
const series = {
  ...meeting,
  firstDay: '2026-11-30',
  firstTime: '08:00',
  durationMinutes: 60,
  rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131',
  without: ['2026-12-14'],
  moved: [],
  endsBefore: null,
}

/** Read by a parser, as another program would. */
function eventsOf(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const zone = calendar.getFirstSubcomponent('vtimezone')
  if (zone) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}

describe('a calendar file', () => {
  it('of one meeting reads back as it was written, folded at 75 bytes, ended by CR and LF', () => {
    const text = calendarOfOne(meeting, place)
    const [event] = eventsOf(text)
    expect(event).toMatchObject({ uid: `${meeting.id}@moinha`, summary: meeting.title, sequence: 3 })
    expect(event?.startDate.toJSDate()).toEqual(meeting.startsAt)
    expect(event?.endDate.toJSDate()).toEqual(meeting.endsAt)
    expect(event?.description).toContain('Mang theo sổ A1\nvà số liệu tuần')
    const lines = text.split('\r\n')
    expect(lines.every((line) => !line.includes('\n') && Buffer.byteLength(line) <= 75)).toBe(true)
    expect(text).toContain('METHOD:PUBLISH')
  })

  it('of a series has its rule, what is left out, and what was moved', () => {
    const moved = {
      ...meeting,
      ruleDay: '2026-12-07',
      startsAt: at('2026-12-08T14:00'),
      endsAt: at('2026-12-08T15:00'),
    }
    const [whole, one] = eventsOf(calendarOfRule({ ...series, moved: [moved] }, place))
    if (!whole || !one) throw new Error('two events expected')
    whole.relateException(one)
    const times = whole.iterator()
    const found: Date[] = []
    for (let next = times.next(); next; next = times.next())
      found.push(whole.getOccurrenceDetails(next).startDate.toJSDate())
    expect(found.slice(0, 4)).toEqual([
      at('2026-11-30T08:00'),
      at('2026-12-08T14:00'),
      at('2026-12-21T08:00'),
      at('2026-12-28T08:00'),
    ])
    expect(found.at(-1)).toEqual(at('2027-01-25T08:00'))
  })

  it('of a series that was cut short ends there', () => {
    const text = calendarOfRule({ ...series, without: [], endsBefore: '2026-12-14' }, place)
    expect(text).toContain('UNTIL=20261213T165959Z')
  })
})
