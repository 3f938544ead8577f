/**
 * One thing after the other in each room. What is under way in a room that is gone may hang for seconds (the client
 * waits 10 s for the answer to a publication): the next room does not wait for it.
 */
export class RoomTurns {
  readonly #last = new WeakMap<object, Promise<void>>()

  /** Does this in the room when all that was asked for there before is done, or has failed. */
  take(room: object, work: () => Promise<void>): void {
    const before = this.#last.get(room) ?? Promise.resolve()
    this.#last.set(
      room,
      before.then(work).catch(() => undefined),
    )
  }
}
