import type { MediaRole } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { asSystem, type Transact, type Work } from '../../../platform/db/work.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import type { Jobs } from '../../../platform/jobs/jobs.ts'
import { EVENT_KEPT_SECONDS, isFresh, oversteps, type Inside, type MediaEvent } from '../domain/media-event.ts'
import { holderOf, roomOf } from '../domain/media-pass.ts'
import { mediaRights } from '../domain/media-role.ts'
import { callsErrors } from '../errors.ts'
import { serverOf, type CallEngine } from '../ports/livekit.ts'
import { isValidPass } from '../store/media-pass-rows.ts'
import { endPresence, forgetEvents, noteEvent, recordPresence } from '../store/media-presence-rows.ts'
import { findVisit, membersOf, type VisitRow } from '../store/visit-rows.ts'
import { takeEgressEnd } from './record-at-server.ts'
import { pauseForNewcomer, tellOfLeaver } from './record-visit.ts'

interface AtServer {
  room: string
  identity: string
}

const settle = defineJob<AtServer>('calls.settleAtServer', {
  vi: 'Chỉnh quyền ở máy chủ hình ảnh',
  en: 'Set somebody’s rights at the media server',
})

/** Writes down what a media server tells. Answers whether it was news: sent again, it changes nothing. */
export async function takeMediaEvent(work: Work, event: MediaEvent): Promise<boolean> {
  if (!isFresh(event, work.now)) throw callsErrors.MEDIA_EVENT_REFUSED()
  const room = roomOf(event.room)
  if (room === undefined) return false
  return asSystem(work, systemActor, async (system) => {
    const visit = await findVisit(system.tx, room.visitId)
    if (visit === undefined || !(await noteEvent(system.tx, event.id, system.now))) return false
    if (event.kind === 'roomFinished') await endPresence(system.tx, [visit.id], event.at, room.no)
    else if (event.egress !== undefined) await takeEgressEnd(system, event.egress)
    else if (event.inside !== undefined) await takePerson(system, visit, event, event.inside)
    return true
  })
}

/** Who came or went is kept; who is there as something they may not be is set right, outside of this transaction. */
async function takePerson(work: Work, visit: VisitRow, event: MediaEvent, inside: Inside): Promise<void> {
  const [room, holder] = [roomOf(event.room), holderOf(inside.identity)]
  if (room === undefined || holder === undefined) return
  const presence = { sid: inside.sid, visitId: visit.id, roomNo: room.no, personId: holder.personId }
  if (event.kind === 'left') {
    await recordPresence(work.tx, presence, { left_at: event.at })
    return tellOfLeaver(work, visit.id, holder.personId)
  }
  const arrives = event.kind === 'joined' && visit.finished_at === null
  if (arrives) {
    await recordPresence(work.tx, presence, { joined_at: event.at })
    const members = await membersOf(work.tx, [visit.id])
    await pauseForNewcomer(work, visit.id, { members, personId: holder.personId })
  }
  const role = await roleOf(work.tx, event.room, inside.identity)
  if (role === undefined || oversteps(role, event))
    await work.enqueue(settle, { room: event.room, identity: inside.identity })
}

/** As what somebody may be in this room of the media server now; undefined: not at all. */
async function roleOf(tx: Tx, roomName: string, identity: string): Promise<MediaRole | undefined> {
  const [room, holder] = [roomOf(roomName), holderOf(identity)]
  if (room === undefined || holder === undefined) return undefined
  const visit = await findVisit(tx, room.visitId)
  if (visit === undefined || visit.finished_at !== null || visit.media_room_no !== room.no) return undefined
  if (!(await isValidPass(tx, holder.passId))) return undefined
  return (await membersOf(tx, [visit.id])).find((member) => member.person_id === holder.personId)?.media_role
}

/** Judged anew when the job runs: the role may have changed meanwhile. */
async function settleOne(transact: Transact, engine: () => CallEngine, { room, identity }: AtServer): Promise<void> {
  const place = await transact(
    systemActor,
    async ({ tx }) => {
      const visit = await findVisit(tx, roomOf(room)?.visitId ?? '')
      const role = await roleOf(tx, room, identity)
      return { node: visit?.media_node ?? null, rights: role && mediaRights(role) }
    },
    'call:media-role',
  )
  const livekit = serverOf(engine(), { media_node: place.node })
  if (place.rights === undefined) await livekit?.removeParticipant(room, identity)
  else await livekit?.setRights(room, identity, place.rights)
}

export function registerMediaEventJobs(
  { jobs, transact }: { jobs: Jobs; transact: Transact },
  engine: () => CallEngine,
): void {
  jobs.onOutside(settle, (where) => settleOne(transact, engine, where))
  jobs.sweep('news of media servers', EVENT_KEPT_SECONDS, () =>
    transact(systemActor, ({ tx, now }) => forgetEvents(tx, new Date(now.getTime() - EVENT_KEPT_SECONDS * 1000))),
  )
}
