import type { MeetingInput, MeetingScope } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { finishVisit } from '../../calls/index.ts'
import { planOf } from '../domain/plan.ts'
import { meetingErrors } from '../errors.ts'
import { nameInvited, resolveInvitations } from '../store/invitation-rows.ts'
import { findMeeting, lockMeeting, lockSeries, meetingsOfSeries, type MeetingRow } from '../store/meeting-rows.ts'
import { dropMeetings, plannedColumns, spanOf } from '../store/plan-rows.ts'
import { requirePlan, requireTimes } from './check-plan.ts'
import { notifyInvited } from './notify-invited.ts'
import { writeDays } from './plan-series.ts'
import { planReminders } from './remind.ts'
import { requireHost, requireNotBegun } from './require-meeting.ts'

type Change = MeetingInput & { scope: MeetingScope; version: number }

/** Changes a meeting that has not begun, alone or with those of its series. */
export async function editMeeting(work: Work, id: string, change: Change) {
  const { meeting } = await requireHost(work, id)
  const alone = change.scope === 'this'
  const wish = { ...change, organiserId: meeting.organiser_id, rule: alone ? null : change.rule }
  const unitsInvited = await requirePlan(work, wish)
  const changed = await asSystem(work, systemActor, async (system) => {
    await lockSeries(system.tx, meeting.series_id)
    const locked = await requirePlanned(system, id)
    if (locked.version !== change.version)
      throw platformErrors.CHANGED_MEANWHILE({ current: { version: locked.version } })
    return alone ? editAlone(system, locked, change) : editSeries(system, locked, change)
  })
  work.audit({
    action: 'meetings.edit',
    subject: 'meeting',
    subjectId: id,
    facilityId: meeting.organiser_id,
    detail: { scope: change.scope },
  })
  return { ...changed, unitsInvited }
}

async function requirePlanned(work: Work, id: string): Promise<MeetingRow> {
  const meeting = await lockMeeting(work.tx, id)
  if (!meeting) throw meetingErrors.MEETING_UNKNOWN()
  if (meeting.status === 'cancelled') throw meetingErrors.MEETING_CANCELLED()
  await requireNotBegun(work, meeting)
  return meeting
}

async function editAlone(system: Work, meeting: MeetingRow, change: Change) {
  const moved = { ...meeting, ...spanOf(change.day, change.time, change.durationMinutes), remind: change.remind }
  const version = meeting.version + 1
  await system.tx
    .updateTable('meetings.meeting')
    .set({
      ...plannedColumns(planOf(change)),
      starts_at: moved.starts_at,
      ends_at: moved.ends_at,
      changed_alone: true,
      version,
    })
    .where('id', '=', meeting.id)
    .execute()
  await nameInvited(system.tx, [meeting], change.invitees.personIds)
  // told before and after: who is no longer invited hears of it too
  await notifyInvited(system, [meeting.id], 'meeting.changed')
  await resolveInvitations(system.tx, [meeting.id], system.now)
  await planReminders(system, [moved])
  await notifyInvited(system, [meeting.id], 'meeting.changed')
  return { meetingId: meeting.id, version }
}

/** The rule, time and content hold from this meeting, or from the first to come; what was changed alone stays. */
async function editSeries(system: Work, meeting: MeetingRow, change: Change) {
  const { tx, now } = system
  const anchor = change.scope === 'following' ? meeting : await firstToCome(system, meeting)
  const firstDay = addDays(anchor.rule_day, daysBetween(localDateOf(meeting.starts_at), change.day))
  requireTimes({ ...change, day: firstDay }, now)
  const series = await tx
    .updateTable('meetings.series')
    .set({
      first_day: firstDay,
      first_time: change.time,
      rule: change.rule,
      ends_before: null,
      template: JSON.stringify(planOf(change)),
      changed_at: now,
    })
    .where('id', '=', meeting.series_id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await tx.updateTable('meetings.meeting').set({ changed_alone: false }).where('id', '=', meeting.id).execute()
  const written = await writeDays(system, series, { from: firstDay, atLeast: 2 })
  const keep = written.map((one) => localDateOf(one.starts_at))
  const fromDay = anchor.rule_day < firstDay ? anchor.rule_day : firstDay
  const by = meeting.created_by
  const dropped = await dropMeetings(tx, { seriesId: series.id, fromDay, keep, by, reason: null, now })
  await closeTrials(system, dropped)
  await notifyInvited(
    system,
    dropped.map((one) => one.id),
    'meeting.changed',
  )
  const stands = written.find((one) => one.id === meeting.id) ?? written[0]
  const row = await findMeeting(tx, stands?.id ?? meeting.id)
  return { meetingId: row?.id ?? meeting.id, version: row?.version ?? meeting.version }
}

async function firstToCome({ tx, now }: Work, meeting: MeetingRow): Promise<MeetingRow> {
  const all = await meetingsOfSeries(tx, meeting.series_id)
  return all.find((one) => one.status === 'planned' && one.starts_at > now) ?? meeting
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** Cancels a meeting that has not begun, alone or with those of its series; a second time keeps the first reason. */
export async function cancelMeeting(
  work: Work,
  id: string,
  { scope, reason }: { scope: MeetingScope; reason: string },
) {
  const { meeting } = await requireHost(work, id)
  const gone = meeting.status === 'cancelled'
  if (gone && scope === 'this') return
  await asSystem(work, systemActor, async (system) => {
    if (!gone) await requireNotBegun(system, meeting)
    await lockSeries(system.tx, meeting.series_id)
    const by = work.actor.personId
    const dropped =
      scope === 'this'
        ? await dropOne(system, id, { by, reason })
        : await dropRest(system, meeting, { scope, by, reason })
    await closeTrials(system, dropped)
    await notifyInvited(
      system,
      dropped.map((one) => one.id),
      'meeting.cancelled',
    )
  })
  work.audit({
    action: 'meetings.cancel',
    subject: 'meeting',
    subjectId: id,
    facilityId: meeting.organiser_id,
    detail: { scope },
  })
}

async function dropOne(system: Work, id: string, { by, reason }: { by: string | null; reason: string }) {
  const meeting = await requirePlanned(system, id)
  return system.tx
    .updateTable('meetings.meeting')
    .set({
      status: 'cancelled',
      started_at: null,
      cancelled_at: system.now,
      cancelled_by: by,
      cancel_reason: reason,
      version: meeting.version + 1,
    })
    .where('id', '=', id)
    .returning(['id', 'visit_id'])
    .execute()
}

/** Whoever was trying out the room of a meeting that is no more leaves it. */
async function closeTrials(system: Work, dropped: readonly { visit_id: string | null }[]): Promise<void> {
  for (const { visit_id } of dropped) if (visit_id !== null) await finishVisit(system, visit_id)
}

interface Ending {
  scope: MeetingScope
  by: string | null
  reason: string
}

/** Those that follow, or all to come; the series is planned no further. */
async function dropRest({ tx, now }: Work, meeting: MeetingRow, { scope, by, reason }: Ending) {
  const today = localDateOf(now)
  const fromDay = scope === 'following' ? meeting.rule_day : today
  await tx
    .updateTable('meetings.series')
    .set({ ends_before: fromDay, changed_at: now })
    .where('id', '=', meeting.series_id)
    .execute()
  return dropMeetings(tx, { seriesId: meeting.series_id, fromDay, by, reason, now })
}
