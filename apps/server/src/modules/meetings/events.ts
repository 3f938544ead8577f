import { defineEvent } from '../../platform/events/events.ts'

/** A meeting ended, held or not: what it counts as may be asked now. */
export const meetingEnded = defineEvent<{ meetingId: string; held: boolean }>('meetings.ended')

/** Attendance of an ended meeting was corrected by hand. */
export const attendanceCorrected = defineEvent<{ meetingId: string }>('meetings.attendanceCorrected')
