import { defineEvent } from '../../platform/events/events.ts'

export interface ConsultFact {
  consultId: string
  encounterId: string
  patientId: string
  requestingFacilityId: string
  supportingFacilityId: string | null
  requesterId: string
  consultantId: string | null
  specialty: string
  at: Date
}

export const consultSubmitted = defineEvent<ConsultFact>('consultSubmitted')
export const consultAccepted = defineEvent<ConsultFact>('consultAccepted')
export const consultReturned = defineEvent<ConsultFact>('consultReturned')
/** The minutes were locked for the first time: the consult counts now. */
export const consultSigned = defineEvent<ConsultFact>('consultSigned')
export const consultClosed = defineEvent<ConsultFact>('consultClosed')
