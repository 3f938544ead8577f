import type { Platform } from '../../platform/module.ts'
import type { Work } from '../../platform/db/work.ts'
import { systemActor } from '../../platform/access/actor.ts'
import { leaveToLapse, pageClosed, pageOpened, pagesSeen, type OpenPage } from './actions/open-pages.ts'

/** A reload or a short loss of the network is not an absence. */
const graceMs = 6_000
const heartbeatMs = 10_000

/** Presence from real connections: every open page of a member of staff is a row that its process keeps fresh. */
export function watchPages(platform: Platform): void {
  const { live, processes } = platform
  const pages = new Map<string, OpenPage>()
  const transact = (failed: string, write: (work: Work) => Promise<void>) =>
    void platform
      .transact(systemActor, write)
      .catch((error: unknown) => platform.log.warn({ err: String(error) }, failed))
  const open = (page: OpenPage, facilityIds: readonly string[]) =>
    transact('presence not recorded', (work) => pageOpened(work, { ...page, facilityIds }))
  const closings = delayedClosings((page) => transact('absence not recorded', (work) => pageClosed(work, page)))
  processes.onLost((work, processIds) => leaveToLapse(work, processIds, graceMs))
  live.onActorChanged((socket, { clinicalFacilityIds }) => {
    const page = pages.get(socket.id)
    if (page) open(page, clinicalFacilityIds)
  })
  live.onSocket((socket) => {
    const { personId, kind, clinicalFacilityIds } = live.actorOf(socket)
    if (!personId || kind !== 'staff') return
    const page = { socketId: socket.id, personId, processId: processes.id }
    pages.set(socket.id, page)
    open(page, clinicalFacilityIds)
    socket.on('disconnect', () => {
      pages.delete(socket.id)
      closings.add(page)
    })
  })
  const beat = setInterval(() => {
    if (pages.size > 0) transact('heartbeat missed', (work) => pagesSeen(work, [...pages.values()]))
  }, heartbeatMs)
  beat.unref()
  platform.onClose(async () => {
    clearInterval(beat)
    closings.stop()
    // the socket server has closed: these pages come back to another process, or go stale
    pages.clear()
  })
}

/** Closes a page once its grace is over. */
function delayedClosings(close: (page: OpenPage) => void) {
  const waiting = new Set<NodeJS.Timeout>()
  return {
    add(page: OpenPage): void {
      const timer = setTimeout(() => {
        waiting.delete(timer)
        close(page)
      }, graceMs)
      waiting.add(timer)
    },
    stop(): void {
      for (const timer of waiting) clearTimeout(timer)
    },
  }
}
