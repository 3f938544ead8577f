import type { MinutesContent, MinutesView } from '@moinha/contracts/meetings'
import { isDeepStrictEqual } from 'node:util'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { actionsWithoutWho, emptyMinutes, isEmpty, withoutEmptyLines } from '../domain/minutes-content.ts'
import { meetingErrors } from '../errors.ts'
import { giveOutActions } from '../store/action-rows.ts'
import { invitationsOf } from '../store/invitation-rows.ts'
import type { MeetingRow } from '../store/meeting-rows.ts'
import { approveDraft, beginDraft, minutesOf, writeDraft, type MinutesRow } from '../store/minutes-rows.ts'
import { attendanceToKeep } from './attendance.ts'
import { notifyInvited } from './notify-invited.ts'
import { requireHost } from './require-meeting.ts'
import { readMinutes } from './show-minutes.ts'

/** Saves the draft over the revision that was read; sent twice it is saved once. Answers the new revision. */
export async function saveMinutes(
  work: Work,
  id: string,
  { content, revision }: { content: MinutesContent; revision: number },
): Promise<number> {
  const { meeting } = await requireHost(work, id)
  if (meeting.status === 'cancelled') throw meetingErrors.MEETING_CANCELLED()
  const saved = await asSystem(work, systemActor, async ({ tx }) => {
    const [row] = await minutesOf(tx, id)
    const by = work.actor.personId
    if (row?.status === 'approved') throw meetingErrors.MEETING_MINUTES_LOCKED()
    if (!row) {
      const begun =
        revision === 0 && (await beginDraft(tx, { meetingId: id, version: 1, content, reason: null, by, at: work.now }))
      if (!begun) throw platformErrors.CHANGED_MEANWHILE()
      return 1
    }
    if (row.revision === revision + 1 && isDeepStrictEqual(row.content, content)) return row.revision
    if (row.revision !== revision || !(await writeDraft(tx, row, { content, by, at: work.now })))
      throw platformErrors.CHANGED_MEANWHILE({ current: { revision: row.revision, content: row.content } })
    return revision + 1
  })
  work.audit({ action: 'meetings.saveMinutes', subject: 'meeting', subjectId: id, facilityId: meeting.organiser_id })
  return saved
}

/** Locks the draft as it was read and gives out what is to do. */
export async function approveMinutes(work: Work, id: string, revision: number): Promise<MinutesView> {
  const { meeting } = await requireHost(work, id)
  if (meeting.status !== 'ended') throw meetingErrors.MEETING_NOT_ENDED()
  const approved = await asSystem(work, systemActor, async (system) => {
    const [row] = await minutesOf(system.tx, id)
    if (row?.status === 'approved' && row.revision === revision + 1) return false
    if (row?.status !== 'draft') throw meetingErrors.MEETING_MINUTES_EMPTY()
    await approve(system, meeting, { row, revision, by: work.actor.personId })
    return true
  })
  if (approved)
    work.audit({
      action: 'meetings.approveMinutes',
      subject: 'meeting',
      subjectId: id,
      facilityId: meeting.organiser_id,
    })
  return readMinutes(work, id)
}

interface Approval {
  row: MinutesRow
  revision: number
  by: string | null
}

async function approve(system: Work, meeting: MeetingRow, { row, revision, by }: Approval): Promise<void> {
  const { tx, now } = system
  const content = withoutEmptyLines(row.content)
  await requireComplete(system, meeting, content)
  // the trimmed text is what was read; the revision moves on so that nobody writes over it
  const stood =
    row.revision === revision && (await writeDraft(tx, row, { content, by: row.written_by, at: row.written_at }))
  const attendance = await attendanceToKeep(system, meeting)
  if (!stood || !(await approveDraft(tx, { ...row, revision: revision + 1 }, { by, at: now, attendance })))
    throw platformErrors.CHANGED_MEANWHILE({ current: { revision: row.revision, content: row.content } })
  await giveOutActions(tx, meeting, content.actions, { by, now })
  await notifyInvited(system, [meeting.id], 'meeting.changed')
}

async function requireComplete({ tx }: Work, meeting: MeetingRow, content: MinutesContent): Promise<void> {
  if (isEmpty(content)) throw meetingErrors.MEETING_MINUTES_EMPTY()
  const fields = actionsWithoutWho(content).map((at) => ({
    path: `content.actions.${at}.who`,
    code: 'MEETING_ACTION_WITHOUT_WHO',
  }))
  if (fields.length > 0) throw meetingErrors.MEETING_ACTION_WITHOUT_WHO(undefined, fields)
  const invited = new Set((await invitationsOf(tx, meeting.id)).map((row) => row.facility_id))
  if (content.actions.some((action) => action.unitId !== null && !invited.has(action.unitId)))
    throw meetingErrors.MEETING_UNIT_UNKNOWN()
}

/** Begins the next version over approved minutes; what was approved stays on file. */
export async function correctMinutes(
  work: Work,
  id: string,
  { version, reason }: { version: number; reason: string },
): Promise<MinutesView> {
  const { meeting } = await requireHost(work, id)
  await asSystem(work, systemActor, async ({ tx }) => {
    const [row] = await minutesOf(tx, id)
    if (row?.version === version + 1 && row.reason === reason) return
    if (row?.version !== version || row.status !== 'approved') throw platformErrors.CHANGED_MEANWHILE()
    const content = row.content ?? emptyMinutes
    await beginDraft(tx, {
      meetingId: id,
      version: version + 1,
      content,
      reason,
      by: work.actor.personId,
      at: work.now,
    })
  })
  work.audit({
    action: 'meetings.correctMinutes',
    subject: 'meeting',
    subjectId: id,
    facilityId: meeting.organiser_id,
    detail: { version: version + 1 },
  })
  return readMinutes(work, id)
}
