import type { MeetingKind } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { invitationsOf } from '../store/invitation-rows.ts'
import { findMeeting } from '../store/meeting-rows.ts'

/** What a held meeting counts as for the unit that called it, and for each unit that attended. */
const countedAs: Readonly<Record<MeetingKind, { held: string; attended: string }>> = {
  briefing: { held: 'briefing_held', attended: 'briefing_attended' },
  professional: { held: 'professional_session_held', attended: 'professional_session_attended' },
  training: { held: 'training_held', attended: 'training_attended' },
}

/**
 * Once for the organiser and once for each other unit that was there, while the meeting counts as held. At its planned
 * time: a briefing of the 30th that began late in the night is one of that month.
 */
export function meetingActivities(work: Work, id: string): Promise<ExpectedActivity[]> {
  return asSystem(work, systemActor, async ({ tx }) => {
    const meeting = await findMeeting(tx, id)
    if (meeting?.status !== 'ended' || !meeting.held) return []
    const { organiser_id: organiserId, starts_at: at } = meeting
    const { held, attended } = countedAs[meeting.kind]
    const units = (await invitationsOf(tx, id)).filter(
      (row) => row.facility_id !== organiserId && (row.hand_attended ?? row.attended),
    )
    return [
      { kind: held, at, facilityId: organiserId },
      ...units.map((row) => ({ kind: attended, at, facilityId: row.facility_id, counterpartFacilityId: organiserId })),
    ]
  })
}
