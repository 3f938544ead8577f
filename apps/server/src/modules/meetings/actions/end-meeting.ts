import type { HandlerReply } from '@moinha/contracts/route'
import type { end } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Transact, type Work } from '../../../platform/db/work.ts'
import { finishVisit } from '../../calls/index.ts'
import { personCards } from '../../identity/index.ts'
import { isAttended, isHeld, isLate } from '../domain/attendance.ts'
import { isLongPast, isTrial, opensAt } from '../domain/timing.ts'
import { meetingErrors } from '../errors.ts'
import { meetingEnded } from '../events.ts'
import { invitationsOf, settleInvitations } from '../store/invitation-rows.ts'
import { findMeeting, lockMeeting, meetingOfVisit, type MeetingRow } from '../store/meeting-rows.ts'
import { readPresence, type MeetingPresence } from '../store/presence.ts'
import { settingsAt } from '../store/setting-rows.ts'
import { notifyInvited } from './notify-invited.ts'
import { requireHost } from './require-meeting.ts'

/** Ends a meeting for all. Of two who do so the visit lets one through; the other is told who it was. */
export async function endMeeting(work: Work, id: string): Promise<HandlerReply<typeof end>> {
  const { meeting } = await requireHost(work, id)
  if (meeting.status === 'cancelled') throw meetingErrors.MEETING_CANCELLED()
  if (meeting.visit_id === null) throw meetingErrors.MEETING_NOT_RUNNING()
  await finishVisit(work, meeting.visit_id)
  work.audit({ action: 'meetings.end', subject: 'meeting', subjectId: id, facilityId: meeting.organiser_id })
  return asSystem(work, systemActor, async ({ tx }) => {
    const ended = await findMeeting(tx, id)
    if (!ended?.ended_at) throw meetingErrors.MEETING_NOT_RUNNING()
    const [by] = ended.ended_by ? await personCards(tx, [ended.ended_by]) : []
    return {
      meetingId: id,
      endedAt: ended.ended_at.toISOString(),
      endedBy: by?.fullName ?? null,
      byMe: ended.ended_by !== null && ended.ended_by === work.actor.personId,
      held: ended.held ?? false,
    }
  })
}

/** The visit of a meeting is finished, whoever did it: attendance is settled and counted in the same transaction. */
export async function settleMeeting(
  work: Work,
  { visitId, finishedBy }: { visitId: string; finishedBy: string | null },
) {
  await asSystem(work, systemActor, async (system) => {
    const found = await meetingOfVisit(system.tx, visitId)
    const meeting = found && (await lockMeeting(system.tx, found.id))
    if (meeting?.status !== 'running') return
    const { opensMinutesBefore } = await settingsAt(system.tx, meeting.organiser_id)
    // the room was only tried out: were it ended now, nobody could enter at its hour
    if (finishedBy !== null && isTrial(meeting, opensMinutesBefore, system.now))
      throw meetingErrors.MEETING_NOT_OPEN_YET({ opensAt: opensAt(meeting, opensMinutesBefore).toISOString() })
    const held = await settleAttendance(system, { ...meeting, ended_at: system.now }, finishedBy === null)
    await system.tx
      .updateTable('meetings.meeting')
      .set({ status: 'ended', ended_at: system.now, ended_by: finishedBy, held })
      .where('id', '=', meeting.id)
      .execute()
    await notifyInvited(system, [meeting.id], 'meeting.ended')
    await system.emit(meetingEnded, { meetingId: meeting.id, held })
  })
}

/** Writes down who was there; answers whether the meeting counts as held. */
async function settleAttendance(system: Work, meeting: MeetingRow, byItself: boolean): Promise<boolean> {
  const settings = await settingsAt(system.tx, meeting.organiser_id)
  const presence = await readPresence(system, meeting, settings)
  // who tried the sound and left before the hour did not meet
  const tried = byItself && presence.emptySince !== null && presence.emptySince <= meeting.starts_at
  const began = { startsAt: meeting.starts_at, startedAt: meeting.started_at ?? meeting.starts_at }
  const rows = (await invitationsOf(system.tx, meeting.id)).map((row) => {
    const unit = presence.ofUnit(row.facility_id)
    return {
      facility_id: row.facility_id,
      attended: !tried && isAttended(unit, settings.heldMinutes),
      late: isLate(unit, began, settings.lateAfterMinutes),
      joined_at: unit.joinedAt,
      left_at: unit.leftAt,
      seconds_present: unit.seconds,
    }
  })
  await settleInvitations(system.tx, meeting.id, rows)
  return isHeld(rows.map((row) => ({ organiser: row.facility_id === meeting.organiser_id, attended: row.attended })))
}

/** Ends meetings that all have left, or that a page was left on in, each in a transaction of its own. */
export async function endEmptyMeetings(transact: Transact): Promise<void> {
  const running = await transact(systemActor, ({ tx }) =>
    tx.selectFrom('meetings.meeting').select('id').where('status', '=', 'running').orderBy('started_at').execute(),
  )
  for (const { id } of running) await transact(systemActor, (system) => endIfEmpty(system, id), 'meetings.endEmpty')
}

async function endIfEmpty(system: Work, id: string): Promise<void> {
  const meeting = await findMeeting(system.tx, id)
  if (meeting?.status !== 'running' || meeting.visit_id === null) return
  const settings = await settingsAt(system.tx, meeting.organiser_id)
  const presence = await readPresence(system, meeting, settings)
  const emptyMs = presence.anybodyIn ? 0 : system.now.getTime() - emptySince(meeting, presence)
  if (isLongPast(meeting, system.now) || emptyMs >= settings.endsAfterEmptyMinutes * 60_000)
    await finishVisit(system, meeting.visit_id)
}

/** A room tried out before the meeting, or opened and not entered, is waited for from when it should have begun. */
function emptySince(meeting: MeetingRow, { emptySince: left }: MeetingPresence): number {
  return Math.max((left ?? meeting.started_at)?.getTime() ?? 0, meeting.starts_at.getTime())
}
