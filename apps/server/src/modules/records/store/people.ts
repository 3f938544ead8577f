import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import { personCards, practitionerRolesOf } from '../../identity/index.ts'

const known = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

/** Names of people by id, for screens of those who already may see the row that names them. */
export async function namesOf(work: Work, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = known(ids)
  if (wanted.length === 0) return new Map()
  const cards = await asSystem(work, systemActor, ({ tx }) => personCards(tx, wanted))
  return new Map(cards.map((card) => [card.id, card.fullName]))
}

export async function nameOf(work: Work, id: string | null): Promise<string> {
  return id === null ? '' : ((await namesOf(work, [id])).get(id) ?? '')
}

/**
 * Name and licence of a practitioner, the practitioner role at this unit first; copied onto the encounter
 * (REQ-TELE-03).
 */
export async function practitionerAt(
  work: Work,
  personId: string,
  facilityId: string,
): Promise<{ name: string; licenceNo: string | null }> {
  const practitionerRoles = await asSystem(work, systemActor, ({ tx }) => practitionerRolesOf(tx, [personId]))
  const practitionerRole = practitionerRoles.find((one) => one.facilityId === facilityId) ?? practitionerRoles[0]
  return {
    name: practitionerRole?.fullName ?? (await nameOf(work, personId)),
    licenceNo: practitionerRole?.licenceNo || null,
  }
}

/** Short names of units by id. */
export async function unitNames(work: Work, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const cards = await facilityCards(work.tx, known(ids))
  return new Map(cards.map((card) => [card.id, card.shortName]))
}
