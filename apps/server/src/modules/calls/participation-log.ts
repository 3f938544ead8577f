import type { Seat, Transport } from '@moinha/contracts/calls'
import type { Actor } from '../../platform/access/actor.ts'

/** The page that enters. */
export interface Entry {
  readonly visitId: string
  readonly peer: string
  readonly device: string
  readonly transport: Transport
  readonly socketId: string
  /** Of the page's line: names its session. */
  readonly cookie: string
}

/** A page that took its seat. */
export interface Seated {
  readonly seat: Seat
  /** Older pages that gave their seat to this one. */
  readonly cleared: Seat[]
}

/** What the sockets need of the database: who may enter, who sits, and the history of who was in. */
export interface ParticipationLog {
  /**
   * Checks membership and takes a seat, while no other page of any process can enter the same room. Throws coded
   * errors.
   */
  enter(actor: Actor, entry: Entry): Promise<Seated>
  /** Who else sits there. */
  others(visitId: string, socketId: string): Promise<Seat[]>
  /** Gives the seat back. */
  left(exit: { visitId: string; socketId: string; peer: string; reason: 'left' | 'dropped' }): Promise<void>
  /** May this person, as they are now, stay in the room? */
  mayStay(actor: Actor, visitId: string): Promise<boolean>
}
