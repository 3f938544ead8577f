import { randomBytes } from 'node:crypto'
import { OwnDevices, Transport, type Participant } from '@moinha/contracts/calls'
import { Id } from '@moinha/contracts/common'
import type { Server } from 'socket.io'
import { z } from 'zod'
import type { Actor } from '../../platform/access/actor.ts'
import { CodedError } from '../../platform/errors/coded-error.ts'
import type { LiveSocket } from '../../platform/realtime/live.ts'
import { TokenBucket } from '../../platform/realtime/token-bucket.ts'
import type { ParticipationLog } from './participation-log.ts'
import { addressOf, callRoom, visitTopic, type PageInRooms } from './room.ts'

/** Pages opened before they could ask use both devices, as they did. */
const Enter = z.object({
  visitId: Id,
  peer: Id,
  device: Id,
  transport: Transport,
  ownDevices: OwnDevices.default('both'),
})
const Leave = z.object({ visitId: Id })
/** Descriptions and candidates are the browsers' own business; only their size and outer shape are ours. */
const Signal = z.object({
  visitId: Id,
  to: z.string().max(64),
  data: z.object({
    epoch: z.number().int(),
    description: z.object({ type: z.string().max(10), sdp: z.string().max(150_000).optional() }).optional(),
    candidate: z.record(z.string(), z.unknown()).optional(),
    requestOffer: z.literal(true).optional(),
    voice: z.literal('thin').optional(),
  }),
})

/** A short measurement of the link before a call: what was sent up is thrown away, as much as asked for comes down. */
const Probe = z.object({ data: z.string().max(20_000), wanted: z.number().int().min(0).max(20_000) })
/** One check takes ten of them; a second one at once is fine, a third waits. */
const probes = { size: 24, perSecond: 0.5 } as const

/** As whom the page is in, and who else is. */
interface Inside {
  personId: string
  participants: Participant[]
}

/** The figures of a refusal's sentence go with its code, as in a problem over HTTP. */
type Refused = { ok: false; code: string; params?: Record<string, unknown> }
type Answer = (reply: ({ ok: true } & Inside) | Refused) => void

/** Entering is a transaction that may wait for the room: one person tries so often, and one try after the other. */
const entries = { size: 20, perSecond: 1 } as const

/** The tries of one person, over all their pages at this process. */
interface Tries {
  bucket: TokenBucket
  last: Promise<void>
  pages: number
}

/** What a call needs of the open pages. */
export interface CallLive {
  readonly io: Server
  actorOf(socket: LiveSocket): Actor
  ownerOf(socket: LiveSocket): { cookie: string }
  /** As fresh as a request; undefined when the session ended. */
  freshActor(socket: LiveSocket): Promise<Actor | undefined>
}

/** Signalling of calls: entering a room, relaying between pages of one room, leaving it. */
export function callSocket(participationLog: ParticipationLog): (socket: LiveSocket, live: CallLive) => void {
  const people = new Map<string, Tries>()
  return (socket, live) => {
    const personId = live.actorOf(socket).personId ?? ''
    const tries = triesOf(people, personId)
    tries.pages += 1
    const page = socket as unknown as PageInRooms
    page.data.joined ??= {}
    const place: Place = { live, io: live.io, socket: page, participationLog }
    socket.on('call:enter', (message: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return
      if (tries.bucket.take()) tries.last = tries.last.then(() => enter(place, message, answer as Answer))
      else (answer as Answer)({ ok: false, code: 'TOO_MANY_REQUESTS' })
    })
    socket.on('call:alive', (answer: unknown) => {
      if (typeof answer === 'function') (answer as () => void)()
    })
    const probing = new TokenBucket(probes.size, probes.perSecond)
    socket.on('call:probe', (message: unknown, answer: unknown) => {
      const probe = Probe.safeParse(message)
      if (typeof answer === 'function' && probe.success && probing.take())
        (answer as (data: string) => void)(filler(probe.data.wanted))
    })
    socket.on('call:signal', (message: unknown) => relay(page, message))
    socket.on('call:leave', (message: unknown) => {
      const leave = Leave.safeParse(message)
      if (leave.success) void leaveRoom(place, leave.data.visitId, 'left')
    })
    socket.on('disconnecting', () => {
      tries.pages -= 1
      if (tries.pages === 0) people.delete(personId)
      for (const visitId of Object.keys(page.data.joined)) void leaveRoom(place, visitId, 'dropped')
    })
  }
}

/** Letters that do not grow smaller on the way. */
const filler = (bytes: number): string =>
  randomBytes(Math.ceil((bytes * 3) / 4))
    .toString('base64')
    .slice(0, bytes)

function triesOf(people: Map<string, Tries>, personId: string): Tries {
  const tries = people.get(personId) ?? {
    bucket: new TokenBucket(entries.size, entries.perSecond),
    last: Promise.resolve(),
    pages: 0,
  }
  people.set(personId, tries)
  return tries
}

/** Access of this page's person changed: out of every room of which they are no members any more. */
export async function leaveLostRooms(
  participationLog: ParticipationLog,
  io: Server,
  socket: LiveSocket,
  actor: Actor,
): Promise<void> {
  const page = socket as unknown as PageInRooms
  for (const visitId of Object.keys(page.data.joined ?? {})) {
    if (await participationLog.mayStay(actor, visitId)) continue
    page.emit('call:removed', { visitId })
    await leaveRoom({ io, socket: page, participationLog }, visitId, 'left')
  }
}

/** The visit is over, or the person was shown out of it: the page is in its room no more, whether it leaves or not. */
export function closeRoomHere(socket: LiveSocket, visitId: string): void {
  const { data } = socket as unknown as PageInRooms
  delete data.joined?.[visitId]
  for (const room of [callRoom(visitId), visitTopic(visitId), addressOf(visitId, socket.id)]) void socket.leave(room)
}

interface Room {
  readonly io: Server
  readonly socket: PageInRooms
  readonly participationLog: ParticipationLog
}

interface Place extends Room {
  readonly live: CallLive
}

async function enter(place: Place, message: unknown, answer: Answer): Promise<void> {
  const request = Enter.safeParse(message)
  if (!request.success) return answer({ ok: false, code: 'INVALID_INPUT' })
  try {
    const actor = await place.live.freshActor(place.socket as unknown as LiveSocket)
    if (!actor) return answer({ ok: false, code: 'SIGN_IN_REQUIRED' })
    answer({ ok: true, ...(await joinRoom(place, actor, request.data)) })
  } catch (refusal) {
    if (!(refusal instanceof CodedError)) return answer({ ok: false, code: 'UNAVAILABLE' })
    const { code, params } = refusal
    answer({ ok: false, code, ...(params && { params }) })
  }
}

/** The database lets the page in first; then the sockets follow. */
async function joinRoom(place: Place, actor: Actor, request: z.infer<typeof Enter>): Promise<Inside> {
  const { io, live, socket, participationLog } = place
  const { visitId } = request
  const { participant, cleared } = await participationLog.enter(actor, {
    ...request,
    socketId: socket.id,
    cookie: live.ownerOf(socket as unknown as LiveSocket).cookie,
  })
  socket.data.joined[visitId] = participant
  for (const old of cleared) evict(io, visitId, old)
  await socket.join([callRoom(visitId), visitTopic(visitId), addressOf(visitId, socket.id)])
  // the page went away while it was being let in: nobody is told of it who would never hear that it left
  if (!socket.connected) {
    await leaveRoom(place, visitId, 'dropped')
    return { personId: participant.personId, participants: [] }
  }
  // what rests since our older page gave way was told before we listened
  if (cleared.length > 0) socket.emit('call:recording', { visitId })
  socket.to(callRoom(visitId)).emit('call:joined', { visitId, participant })
  // who joined between our row and our socket in the room told nobody of us: asked once more, now that nothing is
  // missed
  return { personId: participant.personId, participants: await participationLog.others(visitId, socket.id) }
}

/** Somebody's older page gives way to a newer one; it is told, so that it does not come back by itself. */
function evict(io: Server, visitId: string, old: Participant): void {
  const address = addressOf(visitId, old.socketId)
  io.to(address).emit('call:replaced', { visitId })
  io.to(callRoom(visitId)).except(address).emit('call:left', { visitId, participant: old, reason: 'dropped' })
  io.in(address).socketsLeave([callRoom(visitId), visitTopic(visitId), address])
}

function relay(socket: PageInRooms, message: unknown): void {
  const signal = Signal.safeParse(message)
  if (!signal.success) return
  const { visitId, to, data } = signal.data
  const from = socket.data.joined[visitId]
  // Only between two pages of one room: the sender is in it, and the address exists only within it.
  if (from === undefined || !socket.rooms.has(callRoom(visitId))) return
  socket.to(addressOf(visitId, to)).emit('call:signal', { visitId, from, data })
}

async function leaveRoom(
  { io, socket, participationLog }: Room,
  visitId: string,
  reason: 'left' | 'dropped',
): Promise<void> {
  const participant = socket.data.joined?.[visitId]
  if (participant === undefined) return
  delete socket.data.joined[visitId]
  const wasInside = socket.rooms.has(callRoom(visitId))
  for (const room of [callRoom(visitId), visitTopic(visitId), addressOf(visitId, socket.id)]) void socket.leave(room)
  if (wasInside) io.to(callRoom(visitId)).emit('call:left', { visitId, participant, reason })
  const { peer, personId } = participant
  await participationLog.left({ visitId, socketId: socket.id, peer, personId, reason })
}
