import { defineEvent } from '../../platform/events/events.ts'
import type { ProxyProof } from './domain/proxy-rules.ts'

export interface FamilyLink {
  linkId: string
  guardianId: string
  dependantId: string
}

/** Somebody acts for a patient from now on. */
export const familyLinked = defineEvent<FamilyLink & { proof: ProxyProof }>('familyLinked')

/** Somebody acts for a patient no longer; whoever ended it is the actor. */
export const familyLinkEnded = defineEvent<FamilyLink>('familyLinkEnded')

/** Name, sex or birth date of a person changed: whoever keeps them, or a list that shows them, reads them again. */
export const particularsCorrected = defineEvent<{ personId: string }>('particularsCorrected')
