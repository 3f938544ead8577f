import { systemActor } from '../../../platform/access/actor.ts'
import type { Transact } from '../../../platform/db/work.ts'
import type { Log } from '../../../platform/log/log.ts'
import { mediaRoom } from '../domain/media-pass.ts'
import type { CallEngine } from '../ports/livekit.ts'
import { doubtfulRooms, endPresenceOf, type DoubtfulRoom } from '../store/media-presence-rows.ts'
import { tellOfLeaver } from './record-visit.ts'

/** News of an arrival may come a little before the media server lists who arrived. */
const YOUNG_MS = 60_000

export interface PresenceParts {
  transact: Transact
  engine: () => CallEngine
  log: Pick<Log, 'warn'>
}

/**
 * News of a departure that was lost would leave somebody in the room for ever: their consent is waited for, and their
 * time goes on. Only the media server that carries the room knows better; what it does not answer is left as it stands.
 */
export async function endUnseenPresence({ transact, engine, log }: PresenceParts): Promise<void> {
  const { alive } = engine()
  if (alive.length === 0) return
  const rooms = await transact(
    systemActor,
    ({ tx, now }) => doubtfulRooms(tx, new Date(now.getTime() - YOUNG_MS)),
    'sweep calls.presence',
  )
  const silent = new Set<string>()
  for (const room of rooms) {
    const node = alive.find(({ url }) => url === room.node)
    if (node === undefined || silent.has(node.url)) continue
    try {
      const listed = await node.livekit.inside(mediaRoom(room.visitId, room.roomNo))
      await endMissing(transact, room, new Set(listed))
    } catch (error) {
      silent.add(node.url)
      log.warn({ err: error, url: node.url }, 'who is in the rooms of a media server could not be asked')
    }
  }
}

async function endMissing(transact: Transact, room: DoubtfulRoom, listed: ReadonlySet<string>): Promise<void> {
  const gone = room.sids.filter((sid) => !listed.has(sid))
  if (gone.length === 0) return
  await transact(
    systemActor,
    async (work) => {
      for (const personId of await endPresenceOf(work.tx, gone, work.now))
        await tellOfLeaver(work, room.visitId, personId)
    },
    'sweep calls.presence',
  )
}
