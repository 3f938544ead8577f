import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCard } from '../../facilities/index.ts'
import { calendarOfOne, calendarOfRule, type CalendarMeeting, type CalendarPlace } from '../domain/calendar-file.ts'
import { daysOf } from '../domain/recurrence.ts'
import { meetingErrors } from '../errors.ts'
import { findSeries, meetingsOfSeries, type MeetingRow, type SeriesRow } from '../store/meeting-rows.ts'
import { requireVisible } from './require-meeting.ts'

const calendarMeeting = (meeting: MeetingRow, organiser: string): CalendarMeeting => ({
  id: meeting.id,
  seriesId: meeting.series_id,
  title: meeting.title,
  description: meeting.description,
  organiser,
  startsAt: meeting.starts_at,
  endsAt: meeting.ends_at,
  version: meeting.version,
  cancelled: meeting.status === 'cancelled',
})

/** Calendar file of one meeting. */
export async function writeMeetingCalendar(work: Work, id: string, url: string | null): Promise<string> {
  const { meeting } = await requireVisible(work, id)
  const organiser = await facilityCard(work.tx, meeting.organiser_id)
  return calendarOfOne(calendarMeeting(meeting, organiser?.name ?? ''), { url, now: work.now })
}

/** Calendar file of a series, for whoever may see its next meeting, else its last. */
export async function writeSeriesCalendar(work: Work, seriesId: string, url: string | null): Promise<string> {
  const series = await asSystem(work, systemActor, ({ tx }) => findSeries(tx, seriesId))
  // those the reader may see: one changed by itself may have other guests
  const all = await meetingsOfSeries(work.tx, seriesId)
  const shown = all.find((meeting) => meeting.starts_at > work.now) ?? all.at(-1)
  if (!series || !shown) throw meetingErrors.MEETING_UNKNOWN()
  await requireVisible(work, shown.id)
  const organiser = (await facilityCard(work.tx, series.organiser_id))?.name ?? ''
  const place = { url, now: work.now }
  if (series.rule === null || all.every((meeting) => meeting.changed_alone))
    return calendarOfOne(calendarMeeting(shown, organiser), place)
  return ofRule({ ...series, rule: series.rule }, { all, organiser, place })
}

interface Parts {
  all: readonly MeetingRow[]
  organiser: string
  place: CalendarPlace
}

function ofRule(series: SeriesRow & { rule: string }, { all, organiser, place }: Parts): string {
  const { title, description, durationMinutes } = series.template
  const ofPlan = all.filter((meeting) => meeting.rule_day >= series.first_day)
  const last = ofPlan.at(-1)?.rule_day ?? series.first_day
  const days = daysOf({ firstDay: series.first_day, rule: series.rule }, { from: series.first_day, until: last }).days
  const gone = new Set(ofPlan.filter((meeting) => meeting.status === 'cancelled').map((meeting) => meeting.rule_day))
  const moved = ofPlan.filter((meeting) => meeting.changed_alone && meeting.status !== 'cancelled')
  return calendarOfRule(
    {
      seriesId: series.id,
      firstDay: series.first_day,
      firstTime: series.first_time,
      durationMinutes,
      rule: series.rule,
      endsBefore: series.ends_before,
      version: Math.max(1, ...all.map((meeting) => meeting.version)),
      title,
      description,
      organiser,
      without: days.filter((day) => gone.has(day) && isBefore(day, series.ends_before)),
      moved: moved.map((meeting) => ({ ...calendarMeeting(meeting, organiser), ruleDay: meeting.rule_day })),
    },
    place,
  )
}

const isBefore = (day: string, end: string | null): boolean => end === null || day < end
