import type { MinutesContent } from '@moinha/contracts/meetings'
import { addDays, instantOf, localDateOf, weekdayOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { facilityIdOf } from '../facilities/index.ts'
import { demoPersonId } from '../identity/index.ts'
import { writeDays } from './actions/plan-series.ts'
import { demoBriefing } from './data/demo-briefing.ts'
import type { Plan } from './domain/plan.ts'
import { defaultSettings } from './domain/settings.ts'
import { meetingEnded } from './events.ts'
import { giveOutActions } from './store/action-rows.ts'
import { resolveInvitations } from './store/invitation-rows.ts'
import { findMeeting, type MeetingRow, type SeriesRow } from './store/meeting-rows.ts'
import { meetingIdOf, writeMeetings } from './store/plan-rows.ts'
import { keepSettings } from './store/setting-rows.ts'

const minuteMs = 60_000
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const idOf = (label: string) => stableId(`meetings demo ${label}`)

/** A weekly briefing: last week's with its minutes, this week's still to come, today where the day allows it. */
export async function seedDemo(platform: Platform): Promise<void> {
  await seedOnce(platform, 'meetings.demo', async (work) => {
    const { day, time } = comingHour(work.now)
    const series = await insertSeries(work, { day: addDays(day, -7), time })
    await writeMeetings(work.tx, series, [series.first_day], work.now)
    await holdPast(work, meetingIdOf(series.id, series.first_day))
    await writeDays(work, series, { from: day, atLeast: 2 })
    await planYear(work)
  })
}

async function planYear({ tx, now }: Work): Promise<void> {
  const { briefings, source } = demoBriefing.plan
  const settings = { ...defaultSettings, briefingsAYear: briefings, briefingsSource: source }
  await keepSettings(tx, {
    facilityId: facilityIdOf(demoBriefing.organiserKey),
    settings,
    version: 0,
    by: demoPersonId('cast/unitAdmin'),
    at: now,
  })
}

/** The second full hour from now, so that one finds it to come; at night the next morning. */
function comingHour(now: Date): { day: string; time: string } {
  const local = new Date(now.getTime() + 7 * 60 * minuteMs)
  const hour = local.getUTCHours() + 2
  const today = localDateOf(now)
  if (hour < 7) return { day: today, time: '08:00' }
  if (hour > 20) return { day: addDays(today, 1), time: '08:00' }
  return { day: today, time: `${String(hour).padStart(2, '0')}:00` }
}

async function insertSeries({ tx, now }: Work, { day, time }: { day: string; time: string }): Promise<SeriesRow> {
  const plan: Plan = {
    kind: 'briefing',
    title: demoBriefing.title,
    description: demoBriefing.description,
    durationMinutes: 60,
    agenda: demoBriefing.agenda.map(({ key, ...item }) => ({ id: idOf(key), ...item })),
    invitees: {
      areaIds: [],
      areaTypes: [],
      unitIds: demoBriefing.stations.map((station) => facilityIdOf(station.key)),
      personIds: [],
    },
    enterAs: 'speaker',
    lobby: false,
    remind: null,
  }
  return tx
    .insertInto('meetings.series')
    .values({
      id: idOf('series'),
      organiser_id: facilityIdOf(demoBriefing.organiserKey),
      first_day: day,
      first_time: time,
      rule: `FREQ=WEEKLY;BYDAY=${weekdays[weekdayOf(day) - 1] ?? ''}`,
      planned_until: day,
      ends_before: null,
      template: JSON.stringify(plan),
      is_demo: true,
      created_by: demoPersonId('cast/unitAdmin'),
      created_at: instantOf(day, time),
      changed_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Last week's, as if it had been: attended, ended, with approved minutes, and counted. */
async function holdPast(work: Work, id: string): Promise<void> {
  await resolveInvitations(work.tx, [id], work.now)
  const planned = await findMeeting(work.tx, id)
  if (!planned) return
  const endedAt = new Date(planned.starts_at.getTime() + 52 * minuteMs)
  await work.tx
    .updateTable('meetings.meeting')
    .set({
      status: 'ended',
      started_at: planned.starts_at,
      ended_at: endedAt,
      ended_by: demoPersonId('cast/unitAdmin'),
      held: true,
    })
    .where('id', '=', id)
    .execute()
  await seatUnits(work, planned)
  await approvePast(work, planned, endedAt)
  await work.emit(meetingEnded, { meetingId: id, held: true })
}

async function seatUnits({ tx }: Work, { id, organiser_id, starts_at }: MeetingRow): Promise<void> {
  const organiser = { key: demoBriefing.organiserKey, joinedAfter: -8, leftAfter: 52, heads: 6 }
  for (const { key, joinedAfter, leftAfter, heads } of [organiser, ...demoBriefing.stations]) {
    const after = (minutes: number | null) =>
      minutes === null ? null : new Date(starts_at.getTime() + minutes * minuteMs)
    await tx
      .updateTable('meetings.invitation')
      .set({
        attended: joinedAfter !== null,
        late: joinedAfter !== null && joinedAfter > 10,
        joined_at: after(joinedAfter),
        left_at: after(leftAfter),
        seconds_present: joinedAfter === null || leftAfter === null ? 0 : (leftAfter - joinedAfter) * 60,
        heads,
      })
      .where('meeting_id', '=', id)
      .where('facility_id', '=', key === demoBriefing.organiserKey ? organiser_id : facilityIdOf(key))
      .execute()
  }
}

async function approvePast({ tx }: Work, meeting: MeetingRow, endedAt: Date): Promise<void> {
  const by = demoPersonId('cast/unitAdmin')
  const { items, decisions, actions } = demoBriefing.minutes
  const content: MinutesContent = {
    items: items.map(({ key, text }) => ({ agendaItemId: idOf(key), title: '', text })),
    decisions: decisions.map((text) => ({ id: idOf(text), text })),
    actions: actions.map(({ key, what, stationKey, dueInDays }) => ({
      id: idOf(key),
      what,
      unitId: facilityIdOf(stationKey),
      who: '',
      dueOn: addDays(localDateOf(endedAt), dueInDays),
    })),
    note: '',
  }
  await tx
    .insertInto('meetings.minutes')
    .values({
      meeting_id: meeting.id,
      version: 1,
      status: 'approved',
      revision: 1,
      content: JSON.stringify(content),
      reason: null,
      written_by: by,
      written_at: endedAt,
      approved_by: by,
      approved_at: endedAt,
    })
    .execute()
  await giveOutActions(tx, meeting, content.actions, { by, now: endedAt })
}
