import { Figures } from '@moinha/contracts/calls'
import { Id } from '@moinha/contracts/common'
import { z } from 'zod'
import type { Actor } from '../../platform/access/actor.ts'
import type { Platform } from '../../platform/module.ts'
import type { LiveSocket } from '../../platform/realtime/live.ts'
import { TokenBucket } from '../../platform/realtime/token-bucket.ts'
import { helpedPlaces, mayHearFigures, maySendFigures } from './actions/help-assist.ts'
import { assistTopic, helpersTopic, type PageInRooms } from './room.ts'

const Watch = z.object({ assistId: Id })
const Sent = z.object({ visitId: Id, assistId: Id, figures: Figures })

/** A page sends every three seconds, a helper's page looks again every ten. */
const messages = { size: 10, perSecond: 1 } as const

type Answer = (reply: { ok: boolean }) => void

/**
 * Figures go from the asker's page to the helper's through our own line: never through the media server, where the
 * helper is nobody. They are kept nowhere.
 */
export function assistLive({ live, transact, log }: Platform): void {
  const complain = (error: unknown) => log.warn({ err: error }, 'figures of a call were not looked at')
  live.onSocket((socket) => {
    joinHelpers(socket, live.actorOf(socket))
    const bucket = new TokenBucket(messages.size, messages.perSecond)
    const asActor = async (ask: (actor: Actor) => Promise<boolean>): Promise<boolean> => {
      const actor = await live.freshActor(socket)
      return actor !== undefined && ask(actor)
    }
    socket.on('call:watch-figures', (message: unknown, answer: unknown) => {
      const watch = Watch.safeParse(message)
      if (typeof answer !== 'function' || !watch.success || !bucket.take()) return
      const { assistId } = watch.data
      asActor((actor) => transact(actor, (work) => mayHearFigures(work, assistId), 'live call:watch-figures'))
        .then(async (ok) => {
          if (ok) await socket.join(assistTopic(assistId))
          else await socket.leave(assistTopic(assistId))
          ;(answer as Answer)({ ok })
        })
        .catch(complain)
    })
    socket.on('call:figures', (message: unknown) => {
      const sent = Sent.safeParse(message)
      if (!sent.success || !bucket.take()) return
      const { visitId, assistId, figures } = sent.data
      if ((socket as unknown as PageInRooms).data.joined?.[visitId] === undefined) return
      asActor((actor) => transact(actor, (work) => maySendFigures(work, visitId, assistId), 'live call:figures'))
        .then((ok) => {
          if (ok) socket.to(assistTopic(assistId)).emit('call:figures', { assistId, figures })
        })
        .catch(complain)
    })
  })
  live.onActorChanged((socket, actor) => {
    leaveWhere(socket, (room) => room.startsWith(helpersTopic('')) || room.startsWith(assistTopic('')))
    joinHelpers(socket, actor)
  })
  live.onMessage('call:assist-over', (socket, message) =>
    leaveWhere(socket, (room) => room === assistTopic((message as { assistId: string }).assistId)),
  )
}

const joinHelpers = (socket: LiveSocket, actor: Actor): void => void socket.join(helpedPlaces(actor).map(helpersTopic))

function leaveWhere(socket: LiveSocket, which: (room: string) => boolean): void {
  for (const room of [...socket.rooms].filter(which)) void socket.leave(room)
}
