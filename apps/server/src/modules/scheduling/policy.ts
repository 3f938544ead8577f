import type { Actor } from '../../platform/access/actor.ts'
import type { Side } from './domain/appointment-states.ts'

/** What a decision about an appointment needs to know. */
export interface AppointmentStanding {
  patientId: string
  facilityId: string
  /** ltree path of the unit today. */
  facilityPath: string
  practitionerId: string | null
}

/** Oneself and the family members one acts for. */
export function mayBookFor(actor: Actor, patientId: string): boolean {
  return (
    actor.kind === 'system' ||
    (actor.kind === 'citizen' && (actor.personId === patientId || actor.proxyFor.includes(patientId)))
  )
}

/** Run the unit's appointments: those who hold the desk there, and have a clinical practitioner role at it. */
export function mayRunDesk(actor: Actor, facilityId: string, facilityPath: string): boolean {
  return (
    actor.kind === 'system' ||
    (actor.canAt('appointment.desk', facilityPath) && actor.clinicalFacilityIds.includes(facilityId))
  )
}

/** See the unit's day: everybody with a clinical practitioner role at it. */
export function maySeeDay(actor: Actor, facilityId: string): boolean {
  return actor.kind === 'system' || (actor.can('appointment.attend') && actor.clinicalFacilityIds.includes(facilityId))
}

/**
 * Change hours at a unit: its own clinical staff, and those who manage its staff from above. A grant at a hospital does
 * not reach the stations beneath it.
 */
export function mayManageSchedule(actor: Actor, facilityId: string, facilityPath: string): boolean {
  return (
    actor.kind === 'system' ||
    (actor.canAt('schedule.manage', facilityPath) &&
      (actor.clinicalFacilityIds.includes(facilityId) || actor.canAt('staff.manage', facilityPath)))
  )
}

/** Which side of the desk the actor stands on for this appointment; undefined: neither. */
export function sideOf(actor: Actor, standing: AppointmentStanding): Side | undefined {
  if (mayBookFor(actor, standing.patientId) && actor.kind !== 'system') return 'citizen'
  const attends =
    actor.personId !== null && actor.personId === standing.practitionerId && actor.can('appointment.attend')
  return attends || mayRunDesk(actor, standing.facilityId, standing.facilityPath) ? 'station' : undefined
}
