import type { Platform } from '../../platform/module.ts'
import { systemActor } from '../../platform/access/actor.ts'
import { leaveToLapse, pageClosed, pageOpened, pagesSeen, type OpenPage } from './actions/open-pages.ts'

/** A reload or a short loss of the network is not an absence. */
const graceMs = 6_000
const heartbeatMs = 10_000

/** Presence from real connections: every open page of a member of staff is a row that its process keeps fresh. */
export function watchPages(platform: Platform): void {
  const { live, processes } = platform
  const pages = new Map<string, OpenPage>()
  const record = (what: string, write: Promise<void>) =>
    void write.catch((error: unknown) => platform.log.warn({ err: String(error) }, what))
  const going = new Set<NodeJS.Timeout>()
  processes.onLost((work, processIds) => leaveToLapse(work, processIds, graceMs))
  live.onActorChanged((socket, { clinicalFacilityIds }) => {
    const page = pages.get(socket.id)
    if (page)
      record(
        'presence not recorded',
        platform.transact(systemActor, (work) => pageOpened(work, { ...page, facilityIds: clinicalFacilityIds })),
      )
  })
  live.onSocket((socket) => {
    const { personId, kind, clinicalFacilityIds } = live.actorOf(socket)
    if (!personId || kind !== 'staff') return
    const page = { socketId: socket.id, personId, processId: processes.id }
    pages.set(socket.id, page)
    record(
      'presence not recorded',
      platform.transact(systemActor, (work) => pageOpened(work, { ...page, facilityIds: clinicalFacilityIds })),
    )
    socket.on('disconnect', () => {
      pages.delete(socket.id)
      const timer = setTimeout(() => {
        going.delete(timer)
        record(
          'absence not recorded',
          platform.transact(systemActor, (work) => pageClosed(work, page)),
        )
      }, graceMs)
      going.add(timer)
    })
  })
  const beat = setInterval(() => {
    if (pages.size > 0)
      record(
        'heartbeat missed',
        platform.transact(systemActor, (work) => pagesSeen(work, [...pages.values()])),
      )
  }, heartbeatMs)
  beat.unref()
  platform.onClose(async () => {
    clearInterval(beat)
    for (const timer of going) clearTimeout(timer)
    // the socket server has closed: these pages come back to another process, or go stale
    if (pages.size > 0) pages.clear()
  })
}
