import type { MinutesAttendance, UnitAttendance } from '@moinha/contracts/meetings'
import type { HandlerReply } from '@moinha/contracts/route'
import type { attendance } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { personCards } from '../../identity/index.ts'
import { isAttended, isHeld, isLate, type Presence } from '../domain/attendance.ts'
import { meetingErrors } from '../errors.ts'
import { attendanceCorrected } from '../events.ts'
import { mayOrganise, type Standing } from '../policy.ts'
import { invitationsOf } from '../store/invitation-rows.ts'
import { lockMeeting, type MeetingRow } from '../store/meeting-rows.ts'
import { isApproved } from '../store/minutes-rows.ts'
import { readPresence, type MeetingPresence } from '../store/presence.ts'
import { settingsAt } from '../store/setting-rows.ts'
import { requireOwnUnit } from './answer-invitation.ts'
import { requireHost, requireVisible } from './require-meeting.ts'

type Attendance = HandlerReply<typeof attendance>
type Invitation = Awaited<ReturnType<typeof invitationsOf>>[number]
interface Judging {
  meeting: MeetingRow
  presence: MeetingPresence
  settings: { heldMinutes: number; lateAfterMinutes: number }
  /** Names of those who corrected. */
  names: ReadonlyMap<string, string>
}

/** Who was there or is: all units for the host, one's own and those beneath one for others. */
export async function readAttendance(work: Work, id: string): Promise<Attendance> {
  const { meeting, standing } = await requireVisible(work, id)
  const units = await asSystem(work, systemActor, async (system) => {
    const rows = (await invitationsOf(system.tx, id)).filter((row) => isShown(work, row, standing))
    const judging = await judgingOf(system, meeting, rows)
    return rows.map((row) => unitOf(row, judging))
  })
  work.audit({ action: 'meetings.attendance', subject: 'meeting', subjectId: id, facilityId: meeting.organiser_id })
  return {
    meetingId: id,
    held: meeting.held,
    counts: countsOf(units),
    units,
    mayCorrect: standing.host && meeting.status === 'ended',
  }
}

function countsOf(units: readonly UnitAttendance[]): Attendance['counts'] {
  const attended = units.filter((unit) => unit.attended)
  return {
    invited: units.length,
    attended: attended.length,
    late: attended.filter((unit) => unit.late).length,
    absent: units.length - attended.length,
    heads: attended.reduce((sum, unit) => sum + (unit.heads ?? unit.people.length), 0),
  }
}

/** Attendance of all units as minutes keep it. Asked as the system. */
export async function attendanceToKeep(system: Work, meeting: MeetingRow): Promise<MinutesAttendance> {
  const rows = await invitationsOf(system.tx, meeting.id)
  const judging = await judgingOf(system, meeting, rows)
  const units = rows.map((row) => unitOf(row, judging))
  const { invited, attended, heads } = countsOf(units)
  const names = (there: boolean) => units.flatMap((one) => (one.attended === there ? one.unit.name : []))
  return { invited, attended, heads, present: names(true), absent: names(false) }
}

const isShown = ({ actor }: Work, row: Invitation, { host, units }: Standing): boolean =>
  host || units.some((unit) => unit.id === row.facility_id) || mayOrganise(actor, row.path)

async function judgingOf(system: Work, meeting: MeetingRow, rows: readonly Invitation[]): Promise<Judging> {
  const correctors = rows.flatMap((row) => row.hand_by ?? [])
  const cards = await personCards(system.tx, correctors)
  const settings = await settingsAt(system.tx, meeting.organiser_id)
  return {
    meeting,
    presence: await readPresence(system, meeting, settings),
    settings,
    names: new Map(cards.map((card) => [card.id, card.fullName])),
  }
}

function unitOf(row: Invitation, judging: Judging): UnitAttendance {
  const { meeting, presence, names } = judging
  const unit = presence.ofUnit(row.facility_id)
  return {
    unit: { id: row.facility_id, name: row.name },
    organiser: row.facility_id === meeting.organiser_id,
    answer: row.answer,
    ...judgementOf(row, unit, judging),
    ...timesOf(row, unit),
    heads: row.heads,
    people: presence.people.flatMap((person) => (person.facilityId === row.facility_id ? personOf(person) : [])),
    correction:
      row.hand_attended === null
        ? null
        : {
            attended: row.hand_attended,
            reason: row.hand_reason ?? '',
            by: names.get(row.hand_by ?? '') ?? '',
            at: (row.hand_at ?? meeting.created_at).toISOString(),
          },
  }
}

/** From the rows of presence; where they are no more, as it was settled. */
function timesOf(row: Invitation, unit: Presence) {
  const joinedAt = unit.joinedAt ?? row.joined_at
  const leftAt = unit.joinedAt ? unit.leftAt : row.left_at
  const spans = unit.spans.length > 0 || !joinedAt ? unit.spans : [{ from: joinedAt, to: leftAt }]
  return {
    presentNow: unit.presentNow,
    joinedAt: joinedAt?.toISOString() ?? null,
    leftAt: leftAt?.toISOString() ?? null,
    minutes: Math.floor((unit.joinedAt ? unit.seconds : (row.seconds_present ?? 0)) / 60),
    spans: spans.map(({ from, to }) => ({ from: from.toISOString(), to: to?.toISOString() ?? null })),
  }
}

/** Settled at the end; while it runs, as it would be settled now. */
function judgementOf(row: Invitation, unit: Presence, { meeting, settings }: Judging) {
  const began = { startsAt: meeting.starts_at, startedAt: meeting.started_at ?? meeting.starts_at }
  const counted = row.attended ?? isAttended(unit, settings.heldMinutes)
  return { attended: row.hand_attended ?? counted, late: row.late ?? isLate(unit, began, settings.lateAfterMinutes) }
}

function personOf({ personId, name, presence }: MeetingPresence['people'][number]): UnitAttendance['people'] {
  if (presence.joinedAt === null) return []
  return [{ personId, name, joinedAt: presence.joinedAt.toISOString(), leftAt: presence.leftAt?.toISOString() ?? null }]
}

/** How many people sit in a unit's room; said by anybody of the unit, or by the host. */
export async function setHeads(work: Work, id: string, { facilityId, heads }: { facilityId: string; heads: number }) {
  const { meeting, standing } = await requireVisible(work, id)
  if (!standing.host) {
    requireOwnUnit(standing, facilityId)
    // what the approved minutes say stands; the host may still put a figure right
    if (await asSystem(work, systemActor, ({ tx }) => isApproved(tx, id))) throw meetingErrors.MEETING_MINUTES_LOCKED()
  }
  if (meeting.status === 'planned') throw meetingErrors.MEETING_NOT_RUNNING()
  if (meeting.status === 'cancelled') throw meetingErrors.MEETING_CANCELLED()
  const { numUpdatedRows } = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .updateTable('meetings.invitation')
      .set({ heads, heads_by: work.actor.personId, heads_at: work.now })
      .where('meeting_id', '=', id)
      .where('facility_id', '=', facilityId)
      .where('removed_at', 'is', null)
      .executeTakeFirst(),
  )
  if (numUpdatedRows === 0n) throw meetingErrors.MEETING_UNIT_NOT_YOURS()
  work.audit({ action: 'meetings.setHeads', subject: 'meeting', subjectId: id, facilityId, detail: { heads } })
  await work.live(`facility:${meeting.organiser_id}`, 'meeting.changed', { meetingId: id })
  return { facilityId, heads }
}

interface Correction {
  facilityId: string
  attended: boolean
  reason: string
}

/** Says by hand that a unit was there or not; whether the meeting was held, and what it counts as, follows. */
export async function correctAttendance(work: Work, id: string, { facilityId, attended, reason }: Correction) {
  const { meeting } = await requireHost(work, id)
  if (meeting.status !== 'ended') throw meetingErrors.MEETING_NOT_ENDED()
  const held = await asSystem(work, systemActor, async ({ tx }) => {
    await lockMeeting(tx, id)
    const rows = await invitationsOf(tx, id)
    const row = rows.find((one) => one.facility_id === facilityId)
    if (!row) throw meetingErrors.MEETING_UNIT_UNKNOWN()
    if (row.hand_attended !== attended || row.hand_reason !== reason)
      await tx
        .updateTable('meetings.invitation')
        .set({ hand_attended: attended, hand_reason: reason, hand_by: work.actor.personId, hand_at: work.now })
        .where('meeting_id', '=', id)
        .where('facility_id', '=', facilityId)
        .execute()
    const held = isHeld(
      rows.map((one) => ({
        organiser: one.facility_id === meeting.organiser_id,
        attended: one.facility_id === facilityId ? attended : (one.hand_attended ?? one.attended ?? false),
      })),
    )
    await tx.updateTable('meetings.meeting').set({ held }).where('id', '=', id).execute()
    return held
  })
  await work.emit(attendanceCorrected, { meetingId: id })
  work.audit({
    action: 'meetings.correctAttendance',
    subject: 'meeting',
    subjectId: id,
    facilityId,
    detail: { attended },
  })
  return { facilityId, attended, held }
}
