import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { isTrial } from '../domain/timing.ts'
import { meetingErrors } from '../errors.ts'
import { maySee, type Standing } from '../policy.ts'
import { findMeeting, type MeetingRow } from '../store/meeting-rows.ts'
import { settingsAt } from '../store/setting-rows.ts'
import { standingOf } from '../store/standing.ts'

export interface Known {
  meeting: MeetingRow
  standing: Standing
}

/** The meeting, if the actor may know of it; otherwise it does not exist for them. */
export async function requireVisible(work: Work, id: string): Promise<Known> {
  const meeting = await findMeeting(work.tx, id)
  const standing = meeting && (await standingOf(work, meeting))
  if (!meeting || !standing || !maySee(standing)) throw meetingErrors.MEETING_UNKNOWN()
  return { meeting, standing }
}

/** The same for whoever leads it; others who see it hear that they do not. */
export async function requireHost(work: Work, id: string): Promise<Known> {
  const known = await requireVisible(work, id)
  if (!known.standing.host) throw meetingErrors.MEETING_NOT_HOST()
  return known
}

/** It may still be changed and answered: a room that is only tried out is no beginning. */
export async function requireNotBegun(work: Work, meeting: MeetingRow): Promise<void> {
  if (meeting.status === 'planned') return
  const { opensMinutesBefore } = await asSystem(work, systemActor, ({ tx }) => settingsAt(tx, meeting.organiser_id))
  if (!isTrial(meeting, opensMinutesBefore, work.now)) throw meetingErrors.MEETING_BEGUN()
}
