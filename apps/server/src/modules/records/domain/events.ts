import { defineEvent } from '../../../platform/events/events.ts'
import type { RemoteMode } from '@moinha/contracts/records'

/** A finished encounter, as other modules learn of it. */
export interface FinishedEncounter {
  encounterId: string
  patientId: string
  facilityId: string
  practitionerId: string
  remoteMode: RemoteMode
  /** Sent to the upper level; otherwise the unit did it by itself (annex rows 4.1/4.2, 5.1/5.2). */
  referredUp: boolean
  prescribed: boolean
  finishedAt: Date
}

/** An encounter was finished and locked. */
export const encounterFinished = defineEvent<FinishedEncounter>('encounterFinished')

/** A finished encounter was corrected: a new version over the one before. */
export const encounterCorrected = defineEvent<{ encounterId: string }>('encounterCorrected')

/** A doctor of the upper level came into a case of this encounter, or is no longer in one. */
export const upperLevelChanged = defineEvent<{ encounterId: string; tookPart: boolean }>('upperLevelChanged')

/** An encounter was taken back as opened by mistake; what it was opened for waits as before. */
export const encounterCancelled = defineEvent<{
  encounterId: string
  patientId: string
  facilityId: string
  appointmentId: string | null
  /** As typed; for the record's own rows, not for the wire. */
  reason: string
}>('encounterCancelled')

/** A record opened in an emergency. Ids only leave the database; the reason is read from the row. */
export interface EmergencyOpening {
  patientId: string
  personId: string
  /** Units at which who opened has a clinical practitioner role. */
  facilityIds: readonly string[]
  homeFacilityId: string | null
  reason: string
  at: Date
  until: Date
}

/** Somebody opened a record in an emergency. */
export const glassBroken = defineEvent<EmergencyOpening>('glassBroken')
