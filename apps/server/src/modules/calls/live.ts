import { Transport, type Seat } from '@moinha/contracts/calls'
import type { Server } from 'socket.io'
import { z } from 'zod'
import { CodedError } from '../../platform/errors/coded-error.ts'
import type { Live, LiveSocket } from '../../platform/realtime/live.ts'
import type { CallLedger } from './call-ledger.ts'
import { callsErrors } from './errors.ts'
import { placeFor, seatLimit, transportFor } from './domain/seating.ts'
import { addressOf, callRoom, seatsOf, visitTopic, type Seated } from './room.ts'

const Enter = z.object({ visitId: z.uuid(), peer: z.uuid(), device: z.uuid(), transport: Transport })
const Leave = z.object({ visitId: z.uuid() })
/** Descriptions and candidates are the browsers' own business; only their size and outer shape are ours. */
const Signal = z.object({
  visitId: z.uuid(),
  to: z.string().max(64),
  data: z.object({
    epoch: z.number().int(),
    description: z.object({ type: z.string().max(10), sdp: z.string().max(150_000).optional() }).optional(),
    candidate: z.record(z.string(), z.unknown()).optional(),
    please: z.literal(true).optional(),
  }),
})

type Answer = (reply: { ok: true; seats: Seat[] } | { ok: false; code: string }) => void

/** Signalling of calls: entering a room, relaying between pages of one room, leaving it. */
export function callSocket(ledger: CallLedger): (socket: LiveSocket, live: Pick<Live, 'io'>) => void {
  return (socket, { io }) => {
    const seated = socket as unknown as Seated
    seated.data.seats ??= {}
    socket.on('call:enter', (message: unknown, answer: unknown) => {
      if (typeof answer === 'function') void enter({ io, socket: seated, ledger }, message, answer as Answer)
    })
    socket.on('call:alive', (answer: unknown) => {
      if (typeof answer === 'function') (answer as () => void)()
    })
    socket.on('call:signal', (message: unknown) => relay(seated, message))
    socket.on('call:leave', (message: unknown) => {
      const leave = Leave.safeParse(message)
      if (leave.success) void getUp({ io, socket: seated, ledger }, leave.data.visitId, 'left')
    })
    socket.on('disconnecting', () => {
      for (const visitId of Object.keys(seated.data.seats)) void getUp({ io, socket: seated, ledger }, visitId, 'dropped')
    })
  }
}

interface Place {
  readonly io: Server
  readonly socket: Seated
  readonly ledger: CallLedger
}

async function enter(place: Place, message: unknown, answer: Answer): Promise<void> {
  const request = Enter.safeParse(message)
  if (!request.success) return answer({ ok: false, code: 'INVALID_INPUT' })
  try {
    const { seat, others } = await sitDown(place, request.data)
    answer({ ok: true, seats: others })
    place.socket.to(callRoom(request.data.visitId)).emit('call:joined', { visitId: request.data.visitId, seat })
  } catch (refusal) {
    answer({ ok: false, code: refusal instanceof CodedError ? refusal.code : 'UNAVAILABLE' })
  }
}

async function sitDown({ io, socket, ledger }: Place, request: z.infer<typeof Enter>): Promise<{ seat: Seat; others: Seat[] }> {
  const { visitId, peer, device, transport } = request
  return ledger.enter(socket.data.actor, request, async (member, livekitHere) => {
    const seat: Seat = { socketId: socket.id, peer, device, personId: member.personId, name: member.name, role: member.role, transport }
    const seated = await seatsOf(io, visitId)
    if (transport !== transportFor(seated, livekitHere)) throw callsErrors.CALL_ENGINE_CHANGED()
    const limit = seatLimit(transport)
    const { ok, clear } = placeFor(seated, seat, limit)
    if (!ok) throw callsErrors.CALL_FULL({ limit })
    for (const old of clear) clearSeat(io, visitId, old)
    socket.data.seats[visitId] = seat
    await socket.join([callRoom(visitId), visitTopic(visitId), addressOf(visitId, socket.id)])
    return { seat, others: seated.filter((other) => other.socketId !== socket.id && !clear.includes(other)) }
  })
}

/** Somebody's older page gives its chair to a newer one; it is told, so that it does not come back by itself. */
function clearSeat(io: Server, visitId: string, old: Seat): void {
  const address = addressOf(visitId, old.socketId)
  io.to(address).emit('call:replaced', { visitId })
  io.to(callRoom(visitId)).except(address).emit('call:left', { visitId, seat: old, reason: 'dropped' })
  io.in(address).socketsLeave([callRoom(visitId), visitTopic(visitId), address])
}

function relay(socket: Seated, message: unknown): void {
  const signal = Signal.safeParse(message)
  if (!signal.success) return
  const { visitId, to, data } = signal.data
  const from = socket.data.seats[visitId]
  // Only between two pages of one room: the sender sits in it, and the address exists only within it.
  if (from === undefined || !socket.rooms.has(callRoom(visitId))) return
  socket.to(addressOf(visitId, to)).emit('call:signal', { visitId, from, data })
}

async function getUp({ io, socket, ledger }: Place, visitId: string, reason: 'left' | 'dropped'): Promise<void> {
  const seat = socket.data.seats[visitId]
  if (seat === undefined) return
  delete socket.data.seats[visitId]
  const wasInside = socket.rooms.has(callRoom(visitId))
  for (const room of [callRoom(visitId), visitTopic(visitId), addressOf(visitId, socket.id)]) void socket.leave(room)
  if (wasInside) io.to(callRoom(visitId)).emit('call:left', { visitId, seat, reason })
  await ledger.left(socket.data.actor, { visitId, peer: seat.peer, reason }).catch(() => undefined)
}
