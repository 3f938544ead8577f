import { StillAnswer, StillWish } from '@moinha/contracts/calls'
import { CodedError } from '../../platform/errors/coded-error.ts'
import type { Platform } from '../../platform/module.ts'
import { TokenBucket } from '../../platform/realtime/token-bucket.ts'
import { askStill } from './actions/ask-still.ts'
import { addressOf, callRoom, type PageInRooms } from './room.ts'

/** A series of pictures of a rash is a dozen; nobody needs one a second. */
const wishes = { size: 12, perSecond: 0.5 } as const

type Answer = (reply: { ok: true; pages: number } | { ok: false; code: string }) => void

/**
 * A wish for a still goes to the pages of whoever has the camera, and their word goes back to the page that asked. The
 * picture itself comes as a file of the visit.
 */
export function stillLive({ live, transact, log }: Platform): void {
  live.onSocket((socket) => {
    const page = socket as unknown as PageInRooms
    const bucket = new TokenBucket(wishes.size, wishes.perSecond)
    const isIn = (visitId: string): boolean =>
      page.data.joined?.[visitId] !== undefined && page.rooms.has(callRoom(visitId))
    const ask = async (wish: StillWish): Promise<Parameters<Answer>[0]> => {
      const { visitId, personId } = wish
      const actor = await live.freshActor(socket)
      if (actor === undefined) return { ok: false, code: 'SIGN_IN_REQUIRED' }
      // as good as no member: only from within the room
      if (!isIn(visitId)) return { ok: false, code: 'VISIT_UNKNOWN' }
      const { sockets, ...by } = await transact(actor, (work) => askStill(work, visitId, personId), 'live call:still')
      const addresses = sockets.map((id) => addressOf(visitId, id))
      socket.to(addresses).emit('call:still', { ...wish, from: socket.id, ...by })
      return { ok: true, pages: sockets.length }
    }
    socket.on('call:still', (message: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return
      const reply = answer as Answer
      const wish = StillWish.safeParse(message)
      if (!wish.success) return reply({ ok: false, code: 'INVALID_INPUT' })
      if (!bucket.take()) return reply({ ok: false, code: 'TOO_MANY_REQUESTS' })
      ask(wish.data).then(reply, (refusal: unknown) => {
        if (refusal instanceof CodedError) return reply({ ok: false, code: refusal.code })
        log.warn({ err: refusal }, 'a still was not asked for')
        reply({ ok: false, code: 'UNAVAILABLE' })
      })
    })
    socket.on('call:still-answer', (message: unknown) => {
      const told = StillAnswer.safeParse(message)
      if (!told.success || !isIn(told.data.visitId)) return
      const { to, ...said } = told.data
      socket.to(addressOf(said.visitId, to)).emit('call:still-answer', said)
    })
  })
}
