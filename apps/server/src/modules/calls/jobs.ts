import { systemActor } from '../../platform/access/actor.ts'
import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { endUnseenPresence } from './actions/end-unseen-presence.ts'
import { loseUnknownNodes } from './actions/lose-node.ts'
import { endRecordingOf } from './actions/record-visit.ts'
import { judgePasses, showOut } from './actions/media-passes.ts'
import { registerRecorderJobs } from './actions/record-at-server.ts'
import { registerMediaRoleJobs } from './actions/media-role.ts'
import { registerMediaEventJobs } from './actions/take-media-event.ts'
import { JUDGE_SECONDS, LOOK_SECONDS, mediaRoom } from './domain/media-pass.ts'
import { visitFinished } from './events.ts'
import { serverOf, type CallEngine } from './ports/livekit.ts'
import { EgressFolder } from './ports/egress-folder.ts'
import { findVisit } from './store/visit-rows.ts'

const closeRoom = defineJob<{ visitId: string }>('calls.closeRoom', { vi: 'Đóng phòng gọi', en: 'Close a call room' })

/** A page that is open asks for a ticket much sooner; this is for rooms to which nobody comes back. */
const NODES_SECONDS = 30
/** Nobody's consent is waited for much longer than this after they went. */
const PRESENCE_SECONDS = 30

/**
 * After a finish the media server must not go on carrying the room, nor those in it who lost their right to be there.
 */
export function registerJobs(platform: Platform, engine: () => CallEngine): void {
  const { jobs, events, transact, db, files, config, log } = platform
  events.on(visitFinished, (work, { visitId }) =>
    work.enqueue(closeRoom, { visitId }, { key: `calls.closeRoom:${visitId}` }),
  )
  events.on(visitFinished, (work, { visitId }) => endRecordingOf(work, visitId))
  jobs.onOutside(closeRoom, async ({ visitId }) => {
    const visit = await transact(systemActor, ({ tx }) => findVisit(tx, visitId), 'job calls.closeRoom')
    if (visit) await serverOf(engine(), visit)?.closeRoom(mediaRoom(visitId, visit.media_room_no))
  })
  registerMediaRoleJobs({ jobs, transact }, engine)
  registerMediaEventJobs({ jobs, transact }, engine)
  const { LIVEKIT_EGRESS: path } = config
  if (path !== undefined) registerRecorderJobs({ jobs, transact, files, engine, log, folder: new EgressFolder(path) })
  const parts = { transact, db, engine }
  jobs.sweep('rooms at media servers that are no more', NODES_SECONDS, () => loseUnknownNodes(transact, engine()))
  jobs.sweep('who left a media room unheard', PRESENCE_SECONDS, () => endUnseenPresence({ transact, engine, log }))
  jobs.sweep('who lost the right to a media room', LOOK_SECONDS, () => showOut(parts))
  jobs.sweep('rights behind media passes', JUDGE_SECONDS, () => judgePasses(parts))
}
