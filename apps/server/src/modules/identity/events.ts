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
