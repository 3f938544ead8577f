import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { encounterCancelled, encounterFinished, registerCareSubject } from '../records/index.ts'
import { finishAppointment } from './actions/finish-appointment.ts'
import { offerSlot, releaseOffer } from './actions/offer-slot.ts'
import { reopenAppointment } from './actions/reopen-appointment.ts'
import { registerSchedulingSubjects } from './store/audit-subjects.ts'
import { judgeAppointments } from './store/appointment-care.ts'
import { closeWaitlist, endOffer, offerFreedSlot } from './job-types.ts'
import { endPastWaits } from './store/waitlist-rows.ts'

/** Own jobs, and what happens here when something happens below. */
export function jobs({ jobs, events }: Platform): void {
  registerSchedulingSubjects()
  registerCareSubject('appointment', { lapseKey: 'appointment_lapses_after_days', judge: judgeAppointments })
  jobs.on(offerFreedSlot, (work, { facilityId, practitionerId, start }) =>
    offerSlot(work, { facilityId, practitionerId, start: new Date(start) }),
  )
  jobs.on(endOffer, async (work, { entryId, appointmentId }) => void (await releaseOffer(work, entryId, appointmentId)))
  jobs.on(closeWaitlist, (work: Work) => endPastWaits(work.tx, localDateOf(work.now)))
  // ten past midnight in Vietnam; the crontab speaks UTC
  jobs.every('10 17 * * *', closeWaitlist)
  events.on(encounterFinished, (work, { encounterId, finishedAt }) => finishAppointment(work, encounterId, finishedAt))
  events.on(encounterCancelled, (work, { encounterId, appointmentId }) =>
    reopenAppointment(work, appointmentId, encounterId),
  )
}
