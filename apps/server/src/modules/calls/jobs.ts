import { defineJob } from '../../platform/jobs/add-job.ts'
import type { Platform } from '../../platform/module.ts'
import { visitFinished } from './events.ts'
import type { CallEngine } from './ports/livekit.ts'

const closeRoom = defineJob<{ visitId: string }>('calls.closeRoom')

/** After a finish the media server must not go on carrying the room. */
export function registerJobs({ jobs, events }: Platform, engine: () => CallEngine): void {
  events.on(visitFinished, (work, { visitId }) => work.enqueue(closeRoom, { visitId }, { key: `calls.closeRoom:${visitId}` }))
  jobs.onOutside(closeRoom, async ({ visitId }) => engine().livekit?.closeRoom(visitId))
}
