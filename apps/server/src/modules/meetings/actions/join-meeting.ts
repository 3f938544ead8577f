import type { HandlerReply } from '@moinha/contracts/route'
import type { join } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { addMember, openVisit, wasRemoved } from '../../calls/index.ts'
import { facilityCard, type FacilityCard } from '../../facilities/index.ts'
import { personCards } from '../../identity/index.ts'
import { doorOf, opensAt, type DoorState } from '../domain/timing.ts'
import { meetingErrors } from '../errors.ts'
import { mayEnter, type Standing } from '../policy.ts'
import { resolveInvitations } from '../store/invitation-rows.ts'
import { lockMeeting, type MeetingRow } from '../store/meeting-rows.ts'
import { settingsAt } from '../store/setting-rows.ts'
import { notifyInvited } from './notify-invited.ts'
import { requireVisible } from './require-meeting.ts'

/** The kind of visit a meeting opens: its screens differ from those of a consultation. */
export const meetingVisit = 'meeting'
/** A hundred sites, some with a second page. */
const roomLimit = 150

/** Makes the actor a member of the meeting's visit, for one of their units; the first who may opens it. */
export async function joinMeeting(
  work: Work,
  id: string,
  facilityId: string | undefined,
): Promise<HandlerReply<typeof join>> {
  const { meeting, standing } = await requireVisible(work, id)
  const personId = work.actor.personId
  if (personId === null || !mayEnter(standing)) throw meetingErrors.MEETING_UNIT_NOT_YOURS()
  const unit = await unitFor(work, meeting, { standing, facilityId })
  await requireOpenDoor(work, meeting, standing.host)
  if (!standing.host && (await wasRemoved(work, id, personId))) throw meetingErrors.MEETING_SHOWN_OUT()
  if (meeting.status === 'planned') await openMeeting(work, id)
  await enterFor(work, meeting, { personId, unit, host: standing.host })
  work.audit({
    action: 'meetings.join',
    subject: 'meeting',
    subjectId: id,
    facilityId: unit?.id ?? meeting.organiser_id,
  })
  return {
    visitId: id,
    meetingId: id,
    unit: unit ? { id: unit.id, name: unit.name } : null,
    host: standing.host,
    enterAs: standing.host ? 'speaker' : meeting.enter_as,
    heads: unit ? await headsOf(work, id, unit.id) : null,
  }
}

interface Wish {
  standing: Standing
  facilityId: string | undefined
}

/** The unit asked for, else the first one's own; the organiser for its host; none for whoever was invited by name. */
async function unitFor(
  work: Work,
  meeting: MeetingRow,
  { standing, facilityId }: Wish,
): Promise<FacilityCard | undefined> {
  const allowed = [...standing.units.map((unit) => unit.id), ...(standing.host ? [meeting.organiser_id] : [])]
  if (facilityId !== undefined && !allowed.includes(facilityId)) throw meetingErrors.MEETING_UNIT_NOT_YOURS()
  const own = standing.units.find((unit) => unit.id === meeting.organiser_id) ?? standing.units[0]
  const chosen = facilityId ?? own?.id
  return chosen === undefined ? undefined : facilityCard(work.tx, chosen)
}

const refusals: Readonly<Record<Exclude<DoorState, 'open'>, (opens: Date) => Error>> = {
  early: (opens) => meetingErrors.MEETING_NOT_OPEN_YET({ opensAt: opens.toISOString() }),
  over: () => meetingErrors.MEETING_OVER(),
  ended: () => meetingErrors.MEETING_ENDED(),
  cancelled: () => meetingErrors.MEETING_CANCELLED(),
}

async function requireOpenDoor(work: Work, meeting: MeetingRow, host: boolean): Promise<void> {
  const { opensMinutesBefore } = await asSystem(work, systemActor, ({ tx }) => settingsAt(tx, meeting.organiser_id))
  const door = doorOf(meeting, { host, minutesBefore: opensMinutesBefore, now: work.now })
  if (door !== 'open') throw refusals[door](opensAt(meeting, opensMinutesBefore))
}

/** Opens the visit, once; who comes at the same time finds it open. */
async function openMeeting(work: Work, id: string): Promise<void> {
  const begun = await asSystem(work, systemActor, async (system) => {
    const meeting = await lockMeeting(system.tx, id)
    if (meeting?.status !== 'planned') return meeting?.status === 'running' ? undefined : meeting
    await resolveInvitations(system.tx, [id], system.now)
    await system.tx
      .updateTable('meetings.meeting')
      .set({ status: 'running', visit_id: id, started_at: system.now })
      .where('id', '=', id)
      .execute()
    return meeting
  })
  if (!begun) return
  if (begun.status !== 'planned')
    throw begun.status === 'ended' ? meetingErrors.MEETING_ENDED() : meetingErrors.MEETING_CANCELLED()
  await openVisit(work, {
    visitId: id,
    kind: meetingVisit,
    members: [],
    lobby: begun.lobby,
    limit: roomLimit,
    listenOnly: begun.enter_as === 'listener',
  })
  await notifyInvited(work.as(systemActor), [id], 'meeting.started')
}

interface Attendee {
  personId: string
  unit: FacilityCard | undefined
  host: boolean
}

async function enterFor(work: Work, meeting: MeetingRow, { personId, unit, host }: Attendee): Promise<void> {
  const fullName = await asSystem(work, systemActor, async ({ tx, now }) => {
    await tx
      .insertInto('meetings.attendee')
      .values({ meeting_id: meeting.id, person_id: personId, facility_id: unit?.id ?? null, host, entered_at: now })
      .onConflict((conflict) =>
        conflict.columns(['meeting_id', 'person_id']).doUpdateSet({ facility_id: unit?.id ?? null, host }),
      )
      .execute()
    return (await personCards(tx, [personId]))[0]?.fullName ?? ''
  })
  await addMember(work, meeting.id, {
    personId,
    role: host ? 'host' : 'participant',
    mayFinish: host,
    // a room of units is read by units
    ...(unit && { name: `${unit.shortName} · ${fullName}` }),
  })
}

async function headsOf(work: Work, meetingId: string, facilityId: string): Promise<number | null> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('meetings.invitation')
      .select('heads')
      .where('meeting_id', '=', meetingId)
      .where('facility_id', '=', facilityId)
      .executeTakeFirst(),
  )
  return row?.heads ?? null
}
