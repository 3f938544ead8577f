import { sql } from 'kysely'
import { formatInstant } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import { personCards, queueSms } from '../../identity/index.ts'
import { isQuiet, remindersOf, type Reminder } from '../domain/timing.ts'
import { resolveInvitations } from '../store/invitation-rows.ts'
import { findMeeting, type MeetingRow } from '../store/meeting-rows.ts'
import { settingsAt } from '../store/setting-rows.ts'
import { notifyInvited } from './notify-invited.ts'

/** A meeting that was moved meanwhile has reminders of its own; the old one sees another time and stays silent. */
export const remind = defineJob<{ meetingId: string; which: Reminder['which']; startsAt: string }>('meetings.remind', {
  vi: 'Nhắc họp',
  en: 'Remind of a meeting',
})

interface Planned {
  id: string
  organiser_id: string
  starts_at: Date
}

/** Has all who are invited reminded of these meetings, as their organiser's settings say now. */
export async function planReminders(system: Work, meetings: readonly Planned[]): Promise<void> {
  const [first] = meetings
  if (!first) return
  const settings = await settingsAt(system.tx, first.organiser_id)
  for (const { id, starts_at } of meetings) {
    for (const { which, at } of remindersOf(starts_at, settings, system.now)) {
      const payload = { meetingId: id, which, startsAt: starts_at.toISOString() }
      await system.enqueue(remind, payload, { runAt: at, key: `meetings.remind:${id}:${which}` })
    }
  }
}

/** Reminds screens, and by text those who were named or said that they come. */
export async function remindOf(
  system: Work,
  { meetingId, startsAt }: { meetingId: string; startsAt: string },
): Promise<void> {
  const meeting = await findMeeting(system.tx, meetingId)
  if (meeting?.status !== 'planned' || meeting.starts_at.toISOString() !== startsAt || meeting.starts_at < system.now)
    return
  // the map may have changed since it was planned
  await resolveInvitations(system.tx, [meetingId], system.now)
  await notifyInvited(system, [meetingId], 'meeting.reminder')
  const { textReminders } = await settingsAt(system.tx, meeting.organiser_id)
  if (textReminders && !isQuiet(system.now)) await text(system, meeting)
}

const kindNames = { briefing: 'họp giao ban', professional: 'sinh hoạt chuyên môn', training: 'tập huấn' } as const

/** Says what and when, never about whom; a title is typed by people, so it stays inside. */
async function text(system: Work, meeting: MeetingRow): Promise<void> {
  const { rows } = await sql<{ id: string; organiser: string }>`
    select distinct p.id, f.short_name as organiser from facilities.unit f cross join lateral (
      select person_id as id from meetings.named_person where meeting_id = ${meeting.id}
      union select answered_by from meetings.invitation
      where meeting_id = ${meeting.id} and removed_at is null and answer = 'yes') p
    where f.id = ${meeting.organiser_id} and p.id is not null`.execute(system.tx)
  const people = await personCards(
    system.tx,
    rows.map((row) => row.id),
  )
  const what = `${kindNames[meeting.kind]} lúc ${formatInstant(meeting.starts_at)}, ${rows[0]?.organiser ?? ''} chủ trì`
  for (const { phone } of people) {
    if (phone === null) continue
    const body = `Mọi Nhà: nhắc ${what}. Mở ứng dụng để vào họp.`
    await queueSms(system, { to: phone, text: body, purpose: 'meeting_reminder', validUntil: meeting.starts_at })
  }
}
