import { randomUUID } from 'node:crypto'
import type { CallTicket } from '@moinha/contracts/calls'
import { io, type Socket } from 'socket.io-client'

type Answer = { ok: true } | { ok: false; code: string }

/** Somebody's way to the server: session, open page. */
export class Caller {
  readonly #base: string
  readonly #cookie: string
  #socket: Socket | undefined

  constructor(base: string, cookie: string) {
    this.#base = base
    this.#cookie = cookie
  }

  async send<T>(path: string, body?: object): Promise<T> {
    const headers = { 'x-moinha': '1', origin: this.#base, cookie: this.#cookie, 'content-type': 'application/json' }
    const request = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
    const reply = await fetch(this.#base + path, request)
    if (!reply.ok) throw new Error(`${path.replace(/[0-9a-f-]{36}/g, '…')}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }

  /** The page stands open, e.g. with the list of meetings. */
  async openPage(): Promise<void> {
    const extraHeaders = { cookie: this.#cookie, origin: this.#base }
    const socket = io(this.#base, { extraHeaders, transports: ['websocket'], forceNew: true })
    this.#socket = socket
    await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
  }

  /** All that the product's page does between tap and media: the meeting, the ticket, the room. */
  async enter(meetingId: string): Promise<{ url: string; token: string }> {
    await this.send(`/api/meetings/${meetingId}/join`, {})
    const ticket = await this.send<CallTicket>(`/api/calls/visits/${meetingId}/ticket`, {})
    if (ticket.livekit === undefined) throw new Error(`a ticket for ${ticket.transport}`)
    const entry = { visitId: meetingId, peer: randomUUID(), device: randomUUID(), transport: 'livekit' }
    const answer = (await this.#socket?.timeout(30_000).emitWithAck('call:enter', entry)) as Answer
    if (!answer.ok) throw new Error(`call:enter ${answer.code}`)
    return ticket.livekit
  }
}
