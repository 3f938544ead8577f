import type { Transport } from '@moinha/contracts/calls'
import type { Actor } from '../../platform/access/actor.ts'

/** A member as the room needs them. */
export interface RoomMember {
  readonly personId: string
  readonly name: string
  readonly role: string
}

/** The page that enters. */
export interface Entry {
  readonly visitId: string
  readonly peer: string
  readonly device: string
  readonly transport: Transport
}

/** What the sockets need of the database: who may enter, and the history of who was in. */
export interface CallLedger {
  /** Checks membership and runs `sitDown` while no other page can enter the same room. Throws coded errors. */
  enter<T>(actor: Actor, entry: Entry, sitDown: (member: RoomMember, livekitHere: boolean) => Promise<T>): Promise<T>
  left(actor: Actor, exit: { visitId: string; peer: string; reason: string }): Promise<void>
}
