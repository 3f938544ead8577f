import { anonymousActor, createActor, type Actor } from '../../../platform/access/actor.ts'
import type { ReadGuests } from '../../../platform/access/guests.ts'
import type { Db } from '../../../platform/db/database.ts'
import { actorsOfSessions, sessionIdOf } from '../../identity/index.ts'
import { guestSessionOf, hashOf } from '../domain/guest-session.ts'
import { liveGuests, type LiveGuest } from '../store/guest-rows.ts'

/** A guest holds no grant, acts for nobody, and is a member of one visit: that is all they may touch. */
const actorOfGuest = ({ id }: LiveGuest): Actor =>
  createActor({
    kind: 'guest',
    personId: id,
    grants: [],
    clinicalFacilityIds: [],
    proxyFor: [],
    personal: ['call.join'],
  })

/** Who is behind guest cookies. Asks the database each time, so whoever was shown out is nobody. */
export function createGuestReader(db: Db): ReadGuests {
  return async (cookies) => {
    const hashes = cookies.map((cookie) => {
      const session = guestSessionOf(cookie)
      return session === undefined ? undefined : hashOf(session)
    })
    const asked = hashes.filter((hash) => hash !== undefined)
    const guests = new Map((await liveGuests(db, { sessionHashes: asked })).map((guest) => [guest.session_hash, guest]))
    return hashes.map((hash) => {
      const guest = hash === undefined ? undefined : guests.get(hash)
      return guest === undefined ? anonymousActor : actorOfGuest(guest)
    })
  }
}

/** The id of the session by which somebody acts. A guest has one only, named like themselves. */
export async function sessionOf(db: Db, actor: Actor, cookie: string): Promise<string | undefined> {
  return actor.kind === 'guest' ? (actor.personId ?? undefined) : sessionIdOf(db, cookie)
}

/** Who is behind these sessions now, guests too; those that ended are missing. */
export async function actorsBehind(db: Db, sessionIds: readonly string[]): Promise<Map<string, Actor>> {
  const actors = new Map(await actorsOfSessions(db, sessionIds))
  const others = sessionIds.filter((id) => !actors.has(id))
  for (const guest of await liveGuests(db, { ids: others })) actors.set(guest.id, actorOfGuest(guest))
  return actors
}
