import ICAL from 'ical.js'
import { vietnamZone } from '../../../platform/clock/vietnam-time.ts'
import { ruleWithTime } from './recurrence.ts'

// RFC 5545 §3.1: lines of at most 75 bytes; the library does not count the space a folded line begins with
ICAL.foldLength = 74

/** A meeting as a calendar needs it. */
export interface CalendarMeeting {
  id: string
  seriesId: string
  title: string
  description: string
  organiser: string
  startsAt: Date
  endsAt: Date
  /** Counts changes: a calendar takes the higher one (SEQUENCE, RFC 5545 §3.8.7.4). */
  version: number
  cancelled: boolean
}

export interface CalendarSeries {
  seriesId: string
  firstDay: string
  firstTime: string
  durationMinutes: number
  rule: string
  version: number
  title: string
  description: string
  organiser: string
  /** Days of the rule on which nothing is. */
  without: readonly string[]
  /** Those changed alone, with the day the rule had named. */
  moved: readonly (CalendarMeeting & { ruleDay: string })[]
  /** No further meetings on and after this day. */
  endsBefore: string | null
}

/** Where it was made, and where its links lead. */
export interface CalendarPlace {
  /** Of the installation, without a slash at the end; null where it has no address of its own. */
  url: string | null
  now: Date
}

const minuteMs = 60_000
/** Vietnam keeps one offset all year (domain notes on codes, §9). */
const offsetMs = 7 * 60 * minuteMs

/** A calendar file of one meeting. */
export function calendarOfOne(meeting: CalendarMeeting, place: CalendarPlace): string {
  const event = eventOf(meeting, place)
  event.updatePropertyWithValue('uid', `${meeting.id}@moinha`)
  return written([event])
}

/** A calendar file of a series: its rule, the days left out, and each that was changed alone. */
export function calendarOfRule(series: CalendarSeries, place: CalendarPlace): string {
  const startsAt = instantOfLocal(series.firstDay, series.firstTime)
  const endsAt = new Date(startsAt.getTime() + series.durationMinutes * minuteMs)
  const whole = { ...series, id: series.seriesId, startsAt, endsAt, cancelled: false }
  const event = eventOf(whole, place)
  const uid = `${series.seriesId}@moinha`
  event.updatePropertyWithValue('uid', uid)
  event.addPropertyWithValue('rrule', ruleOf(series))
  for (const day of series.without) addTime(event, 'exdate', instantOfLocal(day, series.firstTime))
  const moved = series.moved.map(({ ruleDay, ...meeting }) => {
    const one = eventOf(meeting, place)
    one.updatePropertyWithValue('uid', uid)
    addTime(one, 'recurrence-id', instantOfLocal(ruleDay, series.firstTime))
    return one
  })
  return written([event, ...moved])
}

/** An end by a day is written in UTC, as RFC 5545 §3.3.10 wants it beside a start with a zone. */
function ruleOf({ rule, endsBefore }: CalendarSeries): ICAL.Recur {
  const recur = ruleWithTime(rule)
  const last = endsBefore ? new Date(instantOfLocal(endsBefore, '00:00').getTime() - 1000) : undefined
  const until = recur.until ? instantOfLocal(recur.until.toString().slice(0, 10), '23:59') : undefined
  const end = last && (!until || last < until) ? last : until
  if (end) {
    recur.count = null
    recur.until = ICAL.Time.fromJSDate(end, true)
  }
  return recur
}

function eventOf(meeting: CalendarMeeting, { url, now }: CalendarPlace): ICAL.Component {
  const event = new ICAL.Component('vevent')
  addTime(event, 'dtstart', meeting.startsAt)
  addTime(event, 'dtend', meeting.endsAt)
  event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(now, true))
  event.addPropertyWithValue('summary', meeting.title)
  const link = url === null ? [] : [`${url}/work/meetings/${meeting.id}`]
  const text = [meeting.organiser, meeting.description, ...link].filter((part) => part !== '')
  event.addPropertyWithValue('description', text.join('\n\n'))
  for (const address of link) event.addPropertyWithValue('url', address)
  event.addPropertyWithValue('sequence', meeting.version)
  event.addPropertyWithValue('status', meeting.cancelled ? 'CANCELLED' : 'CONFIRMED')
  return event
}

/** A time on Vietnam's clock, named by its zone: a calendar elsewhere shows it at its own hour. */
function addTime(event: ICAL.Component, name: string, at: Date): void {
  const local = new Date(at.getTime() + offsetMs).toISOString().slice(0, 19)
  const property = new ICAL.Property(name, event)
  property.setParameter('tzid', vietnamZone)
  property.setValue(ICAL.Time.fromDateTimeString(local))
  event.addProperty(property)
}

const instantOfLocal = (day: string, time: string): Date => new Date(`${day}T${time}:00+07:00`)

function written(events: readonly ICAL.Component[]): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Moi Nha//Meetings//VI')
  calendar.addPropertyWithValue('calscale', 'GREGORIAN')
  calendar.addPropertyWithValue('method', 'PUBLISH')
  calendar.addSubcomponent(zone())
  for (const event of events) calendar.addSubcomponent(event)
  return `${calendar.toString()}\r\n`
}

function zone(): ICAL.Component {
  const timezone = new ICAL.Component('vtimezone')
  timezone.addPropertyWithValue('tzid', vietnamZone)
  const standard = new ICAL.Component('standard')
  standard.addPropertyWithValue('dtstart', ICAL.Time.fromDateTimeString('1975-06-13T00:00:00'))
  standard.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromString('+07:00'))
  standard.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromString('+07:00'))
  standard.addPropertyWithValue('tzname', '+07')
  timezone.addSubcomponent(standard)
  return timezone
}
