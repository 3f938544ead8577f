import type { Actor } from '../access/actor.ts'

/** What a page hears of without asking: what concerns its person, and the units they work at. */
export function topicsOf(actor: Actor): string[] {
  return [`person:${actor.personId}`, ...actor.clinicalFacilityIds.map((id) => `facility:${id}`)]
}

/** Nothing was won or lost between two readings. */
export function sameAccess(before: Actor, now: Actor): boolean {
  const shape = ({ kind, grants, clinicalFacilityIds, proxyFor }: Actor) =>
    JSON.stringify([kind, grants, clinicalFacilityIds, proxyFor])
  return shape(before) === shape(now)
}
