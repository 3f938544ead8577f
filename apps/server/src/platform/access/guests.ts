import { anonymousActor, type Actor } from './actor.ts'

/**
 * Who is behind the guest cookies of these headers; anonymous where it is nobody, or no more. A guest has no account:
 * the module that invites them knows them.
 */
export type ReadGuests = (cookies: readonly string[]) => Promise<Actor[]>

/** Of a server that knows no guests. */
export const noGuests: ReadGuests = async (cookies) => cookies.map(() => anonymousActor)

/** A page that acts as a guest says so in this header: the same browser may also hold somebody's session. */
export const guestHeader = 'x-moinha-guest'

/** Who acts on a page: its guest where it was opened by one, else the person of its session. */
export async function readPage(
  { readActor, readGuests }: { readActor(cookie: string): Promise<Actor>; readGuests: ReadGuests },
  { cookie, guest }: { cookie: string; guest: boolean },
): Promise<Actor> {
  if (!guest) return readActor(cookie)
  const [actor] = await readGuests([cookie])
  return actor ?? anonymousActor
}
