import type { MeetingSettings, Remind } from '@moinha/contracts/meetings'
import { sql } from 'kysely'
import { formatInstant } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import { facilityCard } from '../../facilities/index.ts'
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

type Planned = Pick<MeetingRow, 'id' | 'organiser_id' | 'starts_at' | 'remind'>

/** As the organiser said of this meeting, else as the unit does it. */
const wishOf = ({ remind }: Pick<Planned, 'remind'>, settings: MeetingSettings): Remind =>
  remind ?? { dayBefore: settings.remindDayBefore, minutesBefore: settings.remindMinutesBefore }

/** Has all who are invited reminded of these meetings, as their organiser's settings say now. */
export async function planReminders(system: Work, meetings: readonly Planned[]): Promise<void> {
  const [first] = meetings
  if (!first) return
  const settings = await settingsAt(system.tx, first.organiser_id)
  for (const { id, starts_at, remind: wish } of meetings) {
    for (const { which, at } of remindersOf(starts_at, wishOf({ remind: wish }, settings), system.now)) {
      const payload = { meetingId: id, which, startsAt: starts_at.toISOString() }
      await system.enqueue(remind, payload, { runAt: at, key: `meetings.remind:${id}:${which}` })
    }
  }
}

/** Reminds screens, and by text those who were named or said that they come. */
export async function remindOf(
  system: Work,
  { meetingId, which, startsAt }: { meetingId: string; which: Reminder['which']; startsAt: string },
): Promise<void> {
  const meeting = await findMeeting(system.tx, meetingId)
  if (!meeting || meeting.starts_at.toISOString() !== startsAt || meeting.starts_at < system.now) return
  // a host may be in already, to try the room out
  if (meeting.status !== 'planned' && meeting.status !== 'running') return
  const settings = await settingsAt(system.tx, meeting.organiser_id)
  const { dayBefore, minutesBefore } = wishOf(meeting, settings)
  // the organiser may have taken it back since
  if (which === 'day' ? !dayBefore : minutesBefore === 0) return
  // the map may have changed since it was planned
  await resolveInvitations(system.tx, [meetingId], system.now)
  await notifyInvited(system, [meetingId], 'meeting.reminder')
  if (settings.textReminders && !isQuiet(system.now))
    await textInvited(system, meeting, await comingPeople(system, meeting))
}

/** Who was named, or said that they come. */
async function comingPeople({ tx }: Work, { id }: MeetingRow): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from meetings.named_person where meeting_id = ${id}
    union select answered_by from meetings.invitation
    where meeting_id = ${id} and removed_at is null and answer = 'yes' and answered_by is not null`.execute(tx)
  return rows.map((row) => row.id)
}

/** Tells by text whom a plan names, where the unit pays for that; not at night. */
export async function textNamed(system: Work, meetingId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0 || isQuiet(system.now)) return
  const meeting = await findMeeting(system.tx, meetingId)
  if (!meeting || !(await settingsAt(system.tx, meeting.organiser_id)).textInvitations) return
  await textInvited(system, meeting, personIds, 'meeting_invitation')
}

const kindNames = { briefing: 'họp giao ban', professional: 'sinh hoạt chuyên môn', training: 'tập huấn' } as const
const leads = { meeting_reminder: 'nhắc', meeting_invitation: 'mời dự' } as const

/** Says what and when, never about whom; a title is typed by people, so it stays inside. */
async function textInvited(
  system: Work,
  meeting: MeetingRow,
  personIds: readonly string[],
  purpose: keyof typeof leads = 'meeting_reminder',
): Promise<void> {
  const organiser = (await facilityCard(system.tx, meeting.organiser_id))?.shortName ?? ''
  const what = `${kindNames[meeting.kind]} lúc ${formatInstant(meeting.starts_at)}, ${organiser} chủ trì`
  for (const { phone } of await personCards(system.tx, personIds)) {
    if (phone === null) continue
    const text = `Mọi Nhà: ${leads[purpose]} ${what}. Mở ứng dụng để vào họp.`
    await queueSms(system, { to: phone, text, purpose, validUntil: meeting.starts_at })
  }
}
