import { defineEvent } from '../../../platform/events/events.ts'
import type { RemoteMode } from '@moinha/contracts/records'

/** An encounter was finished and locked. */
export const encounterFinished = defineEvent<{
  encounterId: string
  patientId: string
  facilityId: string
  practitionerId: string
  remoteMode: RemoteMode
  /** Sent to the upper level; otherwise the unit did it by itself (annex rows 4.1/4.2, 5.1/5.2). */
  referredUp: boolean
  prescribed: boolean
  finishedAt: Date
}>('encounterFinished')

/** An encounter was taken back as opened by mistake; what it was opened for waits as before. */
export const encounterCancelled = defineEvent<{
  encounterId: string
  patientId: string
  facilityId: string
  appointmentId: string | null
}>('encounterCancelled')
