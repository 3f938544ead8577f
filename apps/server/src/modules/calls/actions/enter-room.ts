import type { OwnDevices, Participant } from '@moinha/contracts/calls'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { Db } from '../../../platform/db/database.ts'
import { asSystem, type Transact, type Work } from '../../../platform/db/work.ts'
import { CodedError, platformErrors } from '../../../platform/errors/coded-error.ts'
import type { Log } from '../../../platform/log/log.ts'
import type { ParticipationLog, Entry, Exit, Joined } from '../participation-log.ts'
import { hasPlaceIn } from '../domain/media-role.ts'
import { otherDevicesOf, placeFor, participantLimit, transportFor, type MediaState } from '../domain/room-capacity.ts'
import { callsErrors } from '../errors.ts'
import { visitJoined } from '../events.ts'
import type { CallEngine } from '../ports/livekit.ts'
import { lockRoom, recordEntry, recordExit } from '../store/participation-rows.ts'
import { insertParticipant, removeParticipants, participantsIn } from '../store/participant-rows.ts'
import type { MemberRow, VisitRow } from '../store/visit-rows.ts'
import { patientsOf } from './read-visits.ts'
import { sessionOf } from './read-guests.ts'
import { pauseForNewcomer, restAfterLeaver } from './record-visit.ts'
import { requireInside, type InVisit } from './require-inside.ts'
import { requireJoinable } from './require-joinable.ts'
import { requireSpeakerPlace } from './speaker-room.ts'

export interface ParticipationLogParts {
  db: Db
  transact: Transact
  clock: Clock
  processes: { id: string }
  log: Pick<Log, 'warn'>
}

/** Whatever kept a leaving from being written down may be over by then. */
const LEAVE_AGAIN_MS = 1_000

/** The sockets' book, kept in the database. */
export function createParticipationLog(parts: ParticipationLogParts, engine: () => CallEngine): ParticipationLog {
  const { db, transact, processes } = parts
  return {
    enter: async (actor, entry) => {
      const sessionId = (await sessionOf(db, actor, entry.cookie)) ?? null
      const here = { processId: processes.id, sessionId, media: engine().state }
      return transact(actor, (work) => enterRoom(work, entry, here), 'call:enter')
    },
    others: (visitId, socketId) =>
      transact(
        systemActor,
        async ({ tx }) =>
          (await participantsIn(tx, visitId)).filter((participant) => participant.socketId !== socketId),
        'call:enter',
      ),
    left: (exit) => leaveForSure(parts, exit),
    mayStay: (actor, visitId) =>
      transact(
        actor,
        async (work) => {
          await requireJoinable(work, visitId)
          return true
        },
        'call:stay',
      ).catch((error: unknown) => {
        if (error instanceof CodedError) return false
        throw error
      }),
  }
}

/**
 * A row that stays shows a person in the room who is not there: tried once more. Failed for good, it goes when the
 * person comes back or this process is gone.
 */
async function leaveForSure({ transact, clock, log }: ParticipationLogParts, exit: Exit): Promise<void> {
  const at = clock.now()
  const leave = () => transact(systemActor, (work) => leaveRoom(work, exit, at), 'call:leave')
  await leave()
    .catch(async (error: unknown) => {
      log.warn({ err: error }, 'a page left a room and it was not written down; tried once more')
      await sleep(LEAVE_AGAIN_MS, undefined, { ref: false })
      await leave()
    })
    .catch((error: unknown) => log.warn({ err: error }, 'a page that left a room still stands in it'))
}

async function leaveRoom(work: Work, { visitId, socketId, peer, personId, reason }: Exit, at: Date): Promise<void> {
  const given = await removeParticipants(work.tx, visitId, [socketId])
  // a place given to a newer page of the same tab goes on with the same line of history
  if (given === 0) return
  await recordExit(work.tx, { visitId, peer, reason, at })
  await restAfterLeaver(work, visitId, personId)
}

/** The process that holds the socket and how it stands with media servers; the session of the page. */
interface Here {
  processId: string
  sessionId: string | null
  media: MediaState
}

async function enterRoom(work: Work, entry: Entry, here: Here): Promise<Joined> {
  // held before it is asked who may: whoever finishes the visit or shows somebody out waits, or is waited for
  await lockRoom(work.tx, entry.visitId)
  const found = await requireInside(work, entry.visitId)
  const { visit, members, membership } = found
  const joined = await joinRoom(work, { entry, found, ...here })
  await writeDown(work, { visit, membership, entry })
  // the page that recorded may be the one that gave way, e.g. loaded anew
  for (const old of joined.cleared) await restAfterLeaver(work, visit.id, old.personId)
  await pauseForNewcomer(work, visit.id, { members, personId: membership.person_id })
  return joined
}

interface Newcomer extends Here {
  entry: Entry
  found: InVisit
}

/** Only the database is asked while the room is held; the sockets move afterwards. */
function joinRoom(work: Work, newcomer: Newcomer): Promise<Joined> {
  const { entry, found, processId, sessionId, media } = newcomer
  const { visit, membership } = found
  const { visitId, socketId, peer, device, transport } = entry
  const participant: Participant = {
    socketId,
    peer,
    device,
    personId: membership.person_id,
    name: membership.guest_name ?? membership.name,
    role: membership.role,
    guest: membership.guest,
    transport,
  }
  return asSystem(work, systemActor, async ({ tx, now }) => {
    const participants = await participantsIn(tx, visitId)
    // a name of a page that is another person's: an id is no proof
    if (participants.some((one) => one.peer === peer && one.personId !== participant.personId))
      throw platformErrors.ID_TAKEN()
    if (!hasPlaceIn(transport, membership.media_role)) throw callsErrors.CALL_NEEDS_SERVER()
    if (transport !== transportFor(participants, media)) throw callsErrors.CALL_ENGINE_CHANGED()
    const limit = participantLimit(transport, visit.participant_limit)
    const clear = makePlace(participants, participant, { limit, ownDevices: entry.ownDevices })
    requireSpeakerPlace(found, participants)
    await removeParticipants(tx, visitId, [socketId, ...clear.map((old) => old.socketId)])
    await insertParticipant(tx, { visitId, processId, sessionId, participant, at: now })
    for (const old of clear) {
      if (old.peer !== peer) await recordExit(tx, { visitId, peer: old.peer, reason: 'dropped', at: now })
    }
    return { participant, cleared: clear }
  })
}

/** Who gives way to the newcomer: older pages of the same tab, and the person's other devices where they move here. */
function makePlace(
  present: readonly Participant[],
  newcomer: Participant,
  { limit, ownDevices }: { limit: number; ownDevices: OwnDevices },
): Participant[] {
  const others = otherDevicesOf(present, newcomer)
  if (others.length > 0 && ownDevices === 'ask') throw callsErrors.CALL_ELSEWHERE()
  const moved = ownDevices === 'move' ? others : []
  const { ok, clear } = placeFor(
    present.filter((participant) => !moved.includes(participant)),
    newcomer,
    limit,
  )
  if (!ok) throw callsErrors.CALL_FULL({ limit })
  return [...clear, ...moved]
}

interface Arrival {
  readonly visit: VisitRow
  readonly membership: MemberRow
  readonly entry: Entry
}

async function writeDown(work: Work, { visit, membership, entry }: Arrival): Promise<void> {
  const personId = membership.person_id
  const { first } = await asSystem(work, systemActor, ({ tx }) =>
    recordEntry(tx, {
      visitId: visit.id,
      personId,
      peer: entry.peer,
      device: entry.device,
      transport: entry.transport,
      at: work.now,
    }),
  )
  if (first) {
    const patientIds = await patientsOf(work, [visit.id])
    work.audit({ action: 'calls.enterRoom', subject: 'visit', subjectId: visit.id, patientIds })
  }
  await work.emit(visitJoined, { visitId: visit.id, kind: visit.kind, personId, first })
}
