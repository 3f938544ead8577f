import type { OwnDevices, Participant, Transport } from '@moinha/contracts/calls'
import type { Actor } from '../../platform/access/actor.ts'

/** The page that enters. */
export interface Entry {
  readonly visitId: string
  readonly peer: string
  readonly device: string
  readonly transport: Transport
  /** Where the same person is in already on another device. */
  readonly ownDevices: OwnDevices
  readonly socketId: string
  /** Of the page's line: names its session. */
  readonly cookie: string
}

/** The page that goes. */
export interface Exit {
  readonly visitId: string
  readonly socketId: string
  readonly peer: string
  readonly personId: string
  readonly reason: 'left' | 'dropped'
}

/** A page that was let in. */
export interface Joined {
  readonly participant: Participant
  /** Older pages that gave way to this one. */
  readonly cleared: Participant[]
}

/** What the sockets need of the database: who may enter, who is in, and the history of who was in. */
export interface ParticipationLog {
  /**
   * Checks membership and lets the page in, while no other page of any process can enter the same room. Throws coded
   * errors.
   */
  enter(actor: Actor, entry: Entry): Promise<Joined>
  /** Who else is there. */
  others(visitId: string, socketId: string): Promise<Participant[]>
  /** The page is in the room no more. Never rejects: nobody who goes can be told. */
  left(exit: Exit): Promise<void>
  /** May this person, as they are now, stay in the room? */
  mayStay(actor: Actor, visitId: string): Promise<boolean>
}
