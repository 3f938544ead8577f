import type { Actor } from '../../platform/access/actor.ts'
import type { Platform, ServerModule } from '../../platform/module.ts'
import type { LiveSocket } from '../../platform/realtime/live.ts'
import { sessionIdOf } from '../identity/index.ts'
import { clearSeatsOf } from './actions/clear-seats.ts'
import { createParticipationLog } from './actions/enter-room.ts'
import { judgePasses } from './actions/media-passes.ts'
import { registerJobs } from './jobs.ts'
import { callSocket, closeRoomHere, leaveLostRooms } from './live.ts'
import { readIceServers } from './ports/ice-servers.ts'
import { LivekitFinder } from './ports/livekit-server.ts'
import { registerRoutes } from './routes.ts'
import './store/tables.ts'

/** One finder per platform: tests run several servers in one process. */
const finders = new WeakMap<Platform, LivekitFinder>()

function finderOf(platform: Platform): LivekitFinder {
  const known = finders.get(platform)
  if (known !== undefined) return known
  const finder = new LivekitFinder(platform.config, platform.log)
  finders.set(platform, finder)
  platform.onClose(() => finder.stop())
  platform.health.push(() => {
    const { livekit, detail } = finder.engine()
    return { name: 'calls', embedded: livekit === null || platform.config.LIVEKIT_URL === undefined, detail }
  })
  return finder
}

export const calls: ServerModule = {
  name: 'calls',
  routes(app, platform) {
    const finder = finderOf(platform)
    registerRoutes(app, {
      engine: () => finder.engine(),
      iceServers: readIceServers(platform.config.ICE_SERVERS),
      sessionIdOf: (cookie) => sessionIdOf(platform.db, cookie),
    })
    app.addHook('onListen', async () => {
      // Not awaited: the page answers first, the engine may come later.
      if (platform.config.ROLE !== 'worker')
        void finder
          .start()
          .catch((error: unknown) => platform.log.warn({ err: String(error) }, 'calls: LiveKit not started'))
    })
  },
  jobs: (platform) => registerJobs(platform, () => finderOf(platform).engine()),
  live(platform) {
    const { live, log, processes } = platform
    const participationLog = createParticipationLog(platform, () => finderOf(platform).engine())
    const complain = (error: unknown) => log.warn({ err: error }, 'a page was not shown out of its room')
    live.onSocket(callSocket(participationLog))
    const lookAgain = (socket: LiveSocket, actor: Actor) =>
      void leaveLostRooms(participationLog, live.io, socket, actor).catch(complain)
    live.onActorChanged(lookAgain)
    // whoever signed out has no page here to look at, and may still be in the media server's room
    const passes = { transact: platform.transact, db: platform.db, engine: () => finderOf(platform).engine() }
    const judge = (holderId: string) => void judgePasses(passes, holderId).catch(complain)
    live.onAccessTold(judge)
    live.onMessage('call:members', (socket) => lookAgain(socket, live.actorOf(socket)))
    live.onMessage('call:finished', (socket, message) =>
      closeRoomHere(socket, (message as { visitId: string }).visitId),
    )
    processes.onLost(clearSeatsOf)
  },
}
