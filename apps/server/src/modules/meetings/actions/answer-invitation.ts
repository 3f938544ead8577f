import type { UnitAnswer } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { meetingErrors } from '../errors.ts'
import type { Standing } from '../policy.ts'
import { invitationsOf } from '../store/invitation-rows.ts'
import { requireNotBegun, requireVisible } from './require-meeting.ts'
import { answerOf } from './show-meeting.ts'

interface Answer {
  facilityId: string
  answer: 'yes' | 'no'
  attendees: string
  expectedHeads: number | null
}

/** Whether a unit comes; said by anybody who works there, the last answer holds. */
export async function answerInvitation(work: Work, id: string, given: Answer): Promise<UnitAnswer> {
  const { meeting, standing } = await requireVisible(work, id)
  requireOwnUnit(standing, given.facilityId)
  if (meeting.status === 'cancelled') throw meetingErrors.MEETING_CANCELLED()
  await requireNotBegun(work, meeting)
  const row = await asSystem(work, systemActor, async ({ tx }) => {
    const said = { answer: given.answer, attendees: given.attendees, expected_heads: given.expectedHeads }
    await tx
      .updateTable('meetings.invitation')
      .set({ ...said, answered_by: work.actor.personId, answered_at: work.now })
      .where('meeting_id', '=', id)
      .where('facility_id', '=', given.facilityId)
      .where((where) =>
        where.or(
          (Object.keys(said) as (keyof typeof said)[]).map((column) => where(column, 'is distinct from', said[column])),
        ),
      )
      .execute()
    return (await invitationsOf(tx, id)).find((one) => one.facility_id === given.facilityId)
  })
  if (!row) throw meetingErrors.MEETING_UNIT_NOT_YOURS()
  await work.live(`facility:${meeting.organiser_id}`, 'meeting.changed', { meetingId: id })
  work.audit({ action: 'meetings.respond', subject: 'meeting', subjectId: id, facilityId: given.facilityId })
  return answerOf(row)
}

/** An invited unit at which the actor works. */
export function requireOwnUnit({ units }: Standing, facilityId: string): void {
  if (!units.some((unit) => unit.id === facilityId)) throw meetingErrors.MEETING_UNIT_NOT_YOURS()
}
