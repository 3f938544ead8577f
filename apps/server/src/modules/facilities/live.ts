import type { Platform } from '../../platform/module.ts'
import { treeTopic } from './actions/announce-change.ts'

/** Whoever may see the tree hears when any unit changes. */
export function facilitiesLive({ live }: Platform): void {
  live.onSocket((socket) => {
    if (live.actorOf(socket).can('facility.read')) void socket.join(treeTopic)
  })
}
