import { systemActor } from '../../platform/access/actor.ts'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { particularsCorrected } from '../identity/index.ts'
import { encounterCancelled, encounterFinished } from '../records/index.ts'
import { finishAppointment } from './actions/finish-appointment.ts'
import { offerSlot, releaseOffer } from './actions/offer-slot.ts'
import { reopenAppointment } from './actions/reopen-appointment.ts'
import { showCorrectedPatient } from './actions/show-corrected-patient.ts'
import { closeWaitlist, endOffer, offerFreedSlot } from './job-types.ts'
import { forgetLeft } from './store/changed-appointments.ts'
import { forgetSlotChanges } from './store/slot-versions.ts'
import { endPastWaits } from './store/waitlist-rows.ts'

const FORGET_SECONDS = 600

/** Own jobs, and what happens here when something happens below. */
export function jobs({ jobs, events, transact }: Platform): void {
  jobs.on(offerFreedSlot, (work, { facilityId, practitionerId, start }) =>
    offerSlot(work, { facilityId, practitionerId, start: new Date(start) }),
  )
  jobs.on(endOffer, async (work, { entryId, appointmentId }) => void (await releaseOffer(work, entryId, appointmentId)))
  jobs.on(closeWaitlist, (work: Work) => endPastWaits(work.tx, localDateOf(work.now)))
  // ten past midnight in Vietnam; the crontab speaks UTC
  jobs.every('10 17 * * *', closeWaitlist)
  jobs.sweep('what changed of free times', FORGET_SECONDS, () =>
    transact(systemActor, ({ tx }) => forgetSlotChanges(tx)),
  )
  jobs.sweep('where appointments stood before', FORGET_SECONDS, () => transact(systemActor, ({ tx }) => forgetLeft(tx)))
  events.on(encounterFinished, (work, { encounterId, finishedAt }) => finishAppointment(work, encounterId, finishedAt))
  events.on(encounterCancelled, (work, { encounterId, appointmentId }) =>
    reopenAppointment(work, appointmentId, encounterId),
  )
  events.on(particularsCorrected, (work, { personId }) => showCorrectedPatient(work, personId))
}
