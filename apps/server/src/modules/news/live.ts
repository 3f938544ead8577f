import type { Platform } from '../../platform/module.ts'
import { areaTopic } from './actions/notify-screens.ts'
import { areasAround, homesOf } from './store/areas.ts'

/** A citizen's open page hears of messages to the areas of their homes. */
export function newsLive({ live, transact, log }: Platform): void {
  live.onSocket((socket) => {
    const actor = live.actorOf(socket)
    if (actor.kind !== 'citizen') return
    transact(actor, async (work) =>
      areasAround(
        work,
        (await homesOf(work)).map((home) => home.id),
      ),
    ).then(
      (areas) => socket.join(areas.map(areaTopic)),
      (error: unknown) => log.warn({ err: String(error) }, 'a page hears no news until it connects again'),
    )
  })
}
