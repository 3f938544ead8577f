import { defineJob } from '../../platform/jobs/add-job.ts'

/** A time became free: offer it to the first who waits for it. */
export const offerFreedSlot = defineJob<{ facilityId: string; practitionerId: string; start: string }>(
  'scheduling.offerFreedSlot',
)

/** The hold of an offer is over. */
export const endOffer = defineJob<{ entryId: string; appointmentId: string }>('scheduling.endOffer')

/** Once a day: who waited for days that are over waits no more. */
export const closeWaitlist = defineJob<Record<string, never>>('scheduling.closeWaitlist')
