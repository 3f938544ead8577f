import { auditSubjects, behindSubjects } from '../../platform/audit/subjects.ts'
import { activityKinds, countedSubjects, recountOn } from '../../platform/activities/activities.ts'
import type { Work } from '../../platform/db/work.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { visitReaders } from '../calls/index.ts'
import { careReasons, patientCards } from '../records/index.ts'
import { bookedActivity, bookingActivities } from './actions/standing-booking.ts'
import { appointmentBooked, appointmentCancelled, appointmentMoved } from './events.ts'
import { judgeAppointments } from './store/appointment-care.ts'
import { ofAppointments, ofWaits } from './store/audit-subjects.ts'

const appointmentIdOf = ({ appointmentId }: { appointmentId: string }): string => appointmentId

/** Whoever may see the record of the patient a visit is about. */
async function maySeeRecordOf(work: Work, visitId: string): Promise<boolean> {
  const behind = await behindSubjects(work, 'visit', [visitId])
  const patientIds = [...new Set(behind.map((one) => one.patientId))]
  return patientIds.length > 0 && (await patientCards(work, patientIds)).length === patientIds.length
}

/** What this module brings to the registries of the house. */
export const schedulingDeclares: Declaration[] = [
  ...declare(careReasons, {
    code: 'appointment',
    names: { vi: 'Có lịch hẹn', en: 'Has an appointment' },
    keepsParticulars: true,
    subject: {
      judge: judgeAppointments,
      lapsesAfterDays: 14,
      source: 'house rule: an appointment nobody started, cancelled or marked this long after its time',
    },
    grace: [{ cause: 'no_show', hours: 168, source: 'house rule: a week to call the patient and find another time' }],
  }),
  ...declare(visitReaders, { code: 'record', mayRead: maySeeRecordOf }),
  ...declare(activityKinds, { code: 'appointment_booked', names: { vi: 'Đặt lịch', en: 'Booking' } }),
  ...declare(countedSubjects, {
    code: 'appointment',
    activitiesOf: bookingActivities,
    recountOn: [
      recountOn(
        appointmentBooked,
        appointmentIdOf,
        { vi: 'lịch hẹn được đặt', en: 'the appointment was booked' },
        bookedActivity,
      ),
      recountOn(appointmentMoved, appointmentIdOf, {
        vi: 'lịch hẹn đổi giờ hoặc đổi người',
        en: 'the appointment got another time or person',
      }),
      recountOn(appointmentCancelled, appointmentIdOf, { vi: 'lịch hẹn bị hủy', en: 'the appointment was cancelled' }),
    ],
  }),
  ...declare(
    auditSubjects,
    { code: 'appointment', paths: ['/api/appointments/:id'], find: ofAppointments },
    // a remote appointment's visit carries its id
    { code: 'visit', find: ofAppointments },
    { code: 'waitlist', paths: ['/api/waitlist/:id'], find: ofWaits },
  ),
]
