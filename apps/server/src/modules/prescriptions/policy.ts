import type { QualificationCode } from '@moinha/contracts/qualifications'
import type { Actor } from '../../platform/access/actor.ts'

/** Bác sĩ and y sĩ prescribe. Source: Circular 26/2025/TT-BYT, domain notes on regulations, §6.2. */
const prescribers: ReadonlySet<QualificationCode> = new Set(['doctor', 'assistant-doctor'])

export const isPrescriber = (qualification: QualificationCode | undefined): boolean =>
  qualification !== undefined && prescribers.has(qualification)

/** Works at the unit that answers for the encounter. */
export function worksAt(actor: Actor, facilityId: string): boolean {
  return actor.kind === 'system' || actor.clinicalFacilityIds.includes(facilityId)
}

/** Oneself and those one acts for. */
export function isOwnRecord(actor: Actor, patientId: string): boolean {
  return actor.personId === patientId || actor.proxyFor.includes(patientId)
}
