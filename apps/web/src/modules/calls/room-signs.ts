import type { Presenter, VisitView } from '@moinha/contracts/calls'
import type { CallSnapshot } from './transport/call-transport.ts'
import type { CallSocket } from './transport/signal-channel.ts'

/** Who asked to speak, who shows something, and whether the floor is open to all. */
export interface SignsSnapshot {
  /** Since when each hand is up (epoch, ms). */
  readonly hands: ReadonlyMap<string, number>
  readonly presenter: Presenter | null
  readonly floorClosed: boolean
  /** People who lead. */
  readonly hosts: ReadonlySet<string>
}

const NONE: SignsSnapshot = { hands: new Map(), presenter: null, floorClosed: false, hosts: new Set() }

/** What people of the room tell each other beside sound and picture, kept as long as the page is in the visit. */
export class RoomSigns {
  readonly #visitId: string
  readonly #listeners = new Set<() => void>()
  readonly #silenced: () => void
  readonly #offs: (() => void)[] = []
  #snapshot: SignsSnapshot = NONE
  #self: string | null = null

  /** `silenced`: a host switched our microphone off. */
  constructor(visitId: string, silenced: () => void) {
    this.#visitId = visitId
    this.#silenced = silenced
  }

  /** Who we are in this visit, once the server showed it. */
  get self(): string | null {
    return this.#self
  }

  readonly snapshot = (): SignsSnapshot => this.#snapshot

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** As the server showed the visit just now. */
  seed(visit: VisitView): void {
    this.#self = visit.self
    const hands = visit.members.flatMap(({ personId, handRaisedAt }) =>
      handRaisedAt === null ? [] : [[personId, Date.parse(handRaisedAt)] as const],
    )
    const hosts = visit.members.filter((member) => member.mayFinish).map((member) => member.personId)
    const { presenter, floorClosed } = visit
    this.#set({ hands: new Map(hands), presenter, floorClosed, hosts: new Set(hosts) })
  }

  /** Hears of changes on the page's line; once, however often it enters. */
  listen(socket: CallSocket): void {
    if (this.#offs.length > 0) return
    this.#on(socket, 'call:hand', (message: { personId: string; raisedAt: string | null }) => {
      const hands = new Map(this.#snapshot.hands)
      if (message.raisedAt === null) hands.delete(message.personId)
      else hands.set(message.personId, Date.parse(message.raisedAt))
      this.#set({ hands })
    })
    this.#on(socket, 'call:presenting', ({ presenter }: { presenter: Presenter | null }) => this.#set({ presenter }))
    this.#on(socket, 'call:floor', ({ closed }: { closed: boolean }) => this.#set({ floorClosed: closed }))
    this.#on(socket, 'call:muted', ({ personId, by }: { personId: string | null; by: string }) => {
      if (personId === this.#self || (personId === null && by !== this.#self)) this.#silenced()
    })
  }

  close(): void {
    for (const off of this.#offs.splice(0)) off()
    this.#listeners.clear()
  }

  #on<Message>(socket: CallSocket, event: string, hear: (message: Message) => void): void {
    const listener = (message: unknown): void => {
      if ((message as { visitId: string }).visitId === this.#visitId) hear(message as Message)
    }
    socket.on(event, listener)
    this.#offs.push(() => socket.off(event, listener))
  }

  #set(change: Partial<SignsSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}

/** People as the engine tells them, with the hands that the house knows of. */
export function withHands(call: CallSnapshot, { hands }: SignsSnapshot): CallSnapshot {
  const participants = call.participants.map((person) => ({
    ...person,
    handRaisedAt: hands.get(person.personId) ?? null,
  }))
  return { ...call, participants }
}
