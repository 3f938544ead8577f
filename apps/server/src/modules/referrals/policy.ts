import type { Actor } from '../../platform/access/actor.ts'
import { platformErrors } from '../../platform/errors/coded-error.ts'
import { refusalOf, type SlipAction } from './domain/slip-states.ts'
import type { SlipRow } from './store/tables.ts'

const worksAt = (actor: Actor, facilityId: string): boolean => actor.clinicalFacilityIds.includes(facilityId)

/** Which side does what: the receiving unit takes in and tells, the issuing one takes back. */
const sideOf = (row: SlipRow, action: SlipAction): string =>
  action === 'cancel' ? row.facility_id : row.to_facility_id

/** Is it this actor's to do, whatever state the slip is in? */
export function requireSide(actor: Actor, row: SlipRow, action: SlipAction): void {
  if (!worksAt(actor, sideOf(row, action))) throw platformErrors.NOT_ALLOWED()
}

/** What screens offer: the actor's to do, and possible now. */
export function offersOf(actor: Actor, row: SlipRow, today: string) {
  const may = (action: SlipAction): boolean =>
    actor.can('encounter.write') && worksAt(actor, sideOf(row, action)) && refusalOf(row, action, today) === undefined
  return {
    arrive: may('arrive'),
    notArrived: row.state === 'issued' && may('notArrived'),
    tellOutcome: may('tellOutcome'),
    cancel: may('cancel'),
  }
}

/** Slips are written by people of the unit that answers for the encounter. */
export function requireIssuer(actor: Actor, facilityId: string): string {
  if (!worksAt(actor, facilityId) || actor.personId === null) throw platformErrors.NOT_ALLOWED()
  return actor.personId
}
