import { sql } from 'kysely'
import { addDays, instantOf } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { stableId } from '../../../platform/ids/stable-id.ts'
import type { Plan } from '../domain/plan.ts'
import { defaultSettings } from '../domain/settings.ts'
import type { SeriesRow } from './meeting-rows.ts'

/** Columns of a meeting that its plan decides. */
export const plannedColumns = (plan: Plan) => ({
  kind: plan.kind,
  title: plan.title,
  description: plan.description,
  agenda: JSON.stringify(plan.agenda),
  area_ids: plan.invitees.areaIds,
  area_types: plan.invitees.areaTypes,
  unit_ids: plan.invitees.unitIds,
  enter_as: plan.enterAs,
  lobby: plan.lobby,
  // what was planned before one could say so has none
  remind: plan.remind ? JSON.stringify(plan.remind) : null,
})

/** When a meeting of this length is. */
export function spanOf(day: string, time: string, durationMinutes: number): { starts_at: Date; ends_at: Date } {
  const starts_at = instantOf(day, time)
  return { starts_at, ends_at: new Date(starts_at.getTime() + durationMinutes * 60_000) }
}

/** The id of the meeting that a rule names a day for: planned twice, it is one. */
export const meetingIdOf = (seriesId: string, day: string): string => stableId(`meeting ${seriesId} ${day}`)

/** Nobody has met yet: planned, or its room only tried out before it opens to all. */
const notBegun = (now: Date) => sql<boolean>`(meeting.status = 'planned' or (meeting.status = 'running'
  and meeting.starts_at > ${now}::timestamptz + make_interval(mins => coalesce(
    (select opens_minutes_before from meetings.setting where facility_id = meeting.organiser_id),
    ${defaultSettings.opensMinutesBefore}::int))))`

/**
 * Writes the meetings of these days. One that was planned already takes over what the series says now, unless it was
 * changed alone; one that an earlier plan dropped comes back. Answers those that are new or changed.
 */
export async function writeMeetings(tx: Tx, series: SeriesRow, days: readonly string[], now: Date) {
  if (days.length === 0) return []
  const plan = series.template
  return tx
    .insertInto('meetings.meeting')
    .values(
      days.map((day) => ({
        id: meetingIdOf(series.id, day),
        series_id: series.id,
        organiser_id: series.organiser_id,
        rule_day: day,
        ...spanOf(day, series.first_time, plan.durationMinutes),
        ...plannedColumns(plan),
        created_by: series.created_by,
        created_at: now,
        cancelled_at: null,
        cancelled_by: null,
        cancel_reason: null,
        visit_id: null,
        started_at: null,
        ended_at: null,
        ended_by: null,
        held: null,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['series_id', 'rule_day'])
        .doUpdateSet((row) => ({
          kind: row.ref('excluded.kind'),
          title: row.ref('excluded.title'),
          description: row.ref('excluded.description'),
          starts_at: row.ref('excluded.starts_at'),
          ends_at: row.ref('excluded.ends_at'),
          agenda: row.ref('excluded.agenda'),
          area_ids: row.ref('excluded.area_ids'),
          area_types: row.ref('excluded.area_types'),
          unit_ids: row.ref('excluded.unit_ids'),
          enter_as: row.ref('excluded.enter_as'),
          lobby: row.ref('excluded.lobby'),
          remind: row.ref('excluded.remind'),
          version: sql<number>`meeting.version + 1`,
          status: sql<'planned' | 'running'>`case meeting.status when 'running' then 'running' else 'planned' end`,
          cancelled_at: null,
          cancelled_by: null,
        })).where(sql<boolean>`not meeting.changed_alone
          and (${notBegun(now)} or (meeting.status = 'cancelled' and meeting.cancel_reason is null
            -- the room of a trial was closed for good
            and meeting.visit_id is null))`),
    )
    .returning(['id', 'organiser_id', 'starts_at', 'remind'])
    .execute()
}

interface Dropping {
  seriesId: string
  /** Of the first that is looked at. */
  fromDay: string
  keep?: readonly string[]
  by: string | null
  /** null: the rule no longer names them. */
  reason: string | null
  now: Date
}

/** Cancels meetings that have not begun, from a day on; answers which. */
export async function dropMeetings(tx: Tx, { seriesId, fromDay, keep = [], by, reason, now }: Dropping) {
  return tx
    .updateTable('meetings.meeting')
    .set({
      status: 'cancelled',
      started_at: null,
      cancelled_at: now,
      cancelled_by: by,
      cancel_reason: reason,
      version: sql<number>`version + 1`,
    })
    .where('series_id', '=', seriesId)
    .where(notBegun(now))
    .where('rule_day', '>=', fromDay)
    .where(sql<boolean>`rule_day <> all (${[...keep]}::date[])`)
    .$if(reason === null, (query) => query.where('changed_alone', '=', false))
    .returning(['id', 'visit_id'])
    .execute()
}

/** Far enough that a week's meeting always stands with the one after it, and that a daily one stays few rows. */
const daysAhead = 45
/** A rule that has ended is looked at no more. */
export const plannedForGood = '2200-01-01'

/** Up to which day meetings of a series have rows. */
export const horizonOf = (today: string, firstDay: string): string => {
  const ahead = addDays(today, daysAhead)
  return ahead > firstDay ? ahead : firstDay
}
