import { defineEvent } from '../../platform/events/events.ts'

/** The national system acknowledged a prescription: from now on it counts as issued. */
export const prescriptionIssued = defineEvent<{ prescriptionId: string; encounterId: string }>('prescriptionIssued')

/** It was taken back. */
export const prescriptionWithdrawn = defineEvent<{ prescriptionId: string; encounterId: string }>(
  'prescriptionWithdrawn',
)

/** Another prescription took its place. */
export const prescriptionReplaced = defineEvent<{ prescriptionId: string; encounterId: string }>('prescriptionReplaced')
