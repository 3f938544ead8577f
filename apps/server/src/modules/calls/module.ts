import { takeMediaEvent } from '@moinha/contracts/calls'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../platform/access/actor.ts'
import type { Platform, ServerModule } from '../../platform/module.ts'
import type { LiveSocket } from '../../platform/realtime/live.ts'
import { clearParticipantsOf } from './actions/clear-participants.ts'
import { createParticipationLog } from './actions/enter-room.ts'
import { loseNode } from './actions/lose-node.ts'
import { judgePasses } from './actions/media-passes.ts'
import { sessionOf } from './actions/read-guests.ts'
import { callsDeclares } from './declares.ts'
import { registerJobs } from './jobs.ts'
import { assistLive } from './live-assists.ts'
import { callSocket, closeRoomHere, leaveLostRooms } from './live.ts'
import { stillLive } from './live-stills.ts'
import { readIceServers } from './ports/ice-servers.ts'
import { engineSource, type EngineSource } from './ports/call-engine.ts'
import { registerAssistRoutes } from './routes-assists.ts'
import { registerGuestRoutes } from './routes-guests.ts'
import { registerMediaEventRoutes } from './routes-media-events.ts'
import { registerMessageRoutes } from './routes-messages.ts'
import { registerRoutes } from './routes.ts'
import { registerRecordingRoutes } from './routes-recording.ts'
import './store/tables.ts'

/** One source per platform: tests run several servers in one process. */
const sources = new WeakMap<Platform, EngineSource>()

function sourceOf(platform: Platform): EngineSource {
  const known = sources.get(platform)
  if (known !== undefined) return known
  const source = engineSource(platform.config, platform.mediaServer)
  sources.set(platform, source)
  platform.onClose(async () => {
    source.nodes.stop()
    await source.own?.stop()
  })
  source.nodes.onGone((url) => {
    platform.log.warn({ url }, 'a media server is gone')
    void loseNode(platform.transact, url).catch((error: unknown) =>
      platform.log.warn({ err: error }, 'rooms of a lost media server were not told'),
    )
  })
  platform.health.push(() => {
    const { state, detail } = source.engine()
    return { name: 'calls', embedded: state === 'none' || platform.config.LIVEKIT_URL === undefined, detail }
  })
  return source
}

/** Where the media server beside this process reaches it. */
function eventsUrlOf(app: FastifyInstance): string | undefined {
  const own = app.addresses()[0]
  if (own === undefined || typeof own === 'string') return undefined
  const host = own.family === 'IPv6' ? `[${own.address}]` : own.address
  const reached = own.address === '0.0.0.0' || own.address === '::' ? '127.0.0.1' : host
  return `http://${reached}:${own.port}${takeMediaEvent.path}`
}

export const calls: ServerModule = {
  name: 'calls',
  declares: callsDeclares,
  routes(app, platform) {
    const source = sourceOf(platform)
    registerRoutes(app, {
      engine: () => source.engine(),
      iceServers: readIceServers(platform.config.ICE_SERVERS),
      sessionOf: (actor, cookie) => sessionOf(platform.db, actor, cookie),
      suspect: (url) => source.nodes.suspect(url),
    })
    registerMediaEventRoutes(app, { read: source.nodes.read, log: platform.log })
    const offersServer = () => platform.config.LIVEKIT_EGRESS !== undefined && source.engine().livekit !== null
    registerRecordingRoutes(app, { files: platform.files, offersServer })
    registerGuestRoutes(app, platform)
    registerAssistRoutes(app)
    registerMessageRoutes(app, platform.files)
    app.addHook('onListen', async () => {
      if (!source.own) {
        source.nodes.watch()
        return platform.log.info(`calls: ${source.engine().detail}`)
      }
      // Not awaited: the page answers first, the engine may come later.
      if (platform.config.ROLE !== 'worker')
        void source.own
          .start(eventsUrlOf(app))
          .catch((error: unknown) => platform.log.warn({ err: String(error) }, 'calls: LiveKit not started'))
    })
  },
  jobs: (platform) => registerJobs(platform, () => sourceOf(platform).engine()),
  live(platform) {
    const { live, log, processes } = platform
    const participationLog = createParticipationLog(platform, () => sourceOf(platform).engine())
    const complain = (error: unknown) => log.warn({ err: error }, 'a page was not shown out of its room')
    live.onSocket(callSocket(participationLog))
    assistLive(platform)
    stillLive(platform)
    const lookAgain = (socket: LiveSocket, actor: Actor) =>
      void leaveLostRooms(participationLog, live.io, socket, actor).catch(complain)
    live.onActorChanged(lookAgain)
    // whoever signed out has no page here to look at, and may still be in the media server's room
    const passes = { transact: platform.transact, db: platform.db, engine: () => sourceOf(platform).engine() }
    const judge = (holderId: string) => void judgePasses(passes, holderId).catch(complain)
    live.onAccessTold(judge)
    // only a removal takes a right away: a hundred that join would have each page of the room asked after
    live.onMessage('call:members', (socket, message) => {
      if ((message as { removed?: boolean }).removed === true) lookAgain(socket, live.actorOf(socket))
    })
    const closeHere = (socket: LiveSocket, message: unknown) =>
      closeRoomHere(socket, (message as { visitId: string }).visitId)
    live.onMessage('call:finished', closeHere)
    // at once, without asking first: whoever was shown out hears not one signal more
    live.onMessage('call:removed', closeHere)
    processes.onLost(clearParticipantsOf)
  },
}
