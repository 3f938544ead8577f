import { auditSubjects } from '../../platform/audit/subjects.ts'
import { activityKinds, countedSubjects, recountOn } from '../../platform/activities/activities.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { visitReaders } from '../calls/index.ts'
import { careReasons } from '../records/index.ts'
import { bookedActivity, bookingActivities } from './actions/standing-booking.ts'
import { appointmentBooked, appointmentCancelled, appointmentMoved } from './events.ts'
import { judgeAppointments } from './store/appointment-care.ts'
import { ofAppointments, ofWaits } from './store/audit-subjects.ts'
import { readsEncounterOf } from './store/visit-reader.ts'

const appointmentIdOf = ({ appointmentId }: { appointmentId: string }): string => appointmentId

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
  ...declare(visitReaders, { code: 'encounter', mayRead: readsEncounterOf }),
  ...declare(
    auditSubjects,
    { code: 'appointment', paths: ['/api/appointments/:id'], find: ofAppointments },
    // a remote appointment's visit carries its id
    { code: 'visit', find: ofAppointments },
    { code: 'waitlist', paths: ['/api/waitlist/:id'], find: ofWaits },
  ),
]
