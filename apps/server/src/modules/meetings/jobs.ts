import type { Platform } from '../../platform/module.ts'
import { visitFinished } from '../calls/index.ts'
import { endEmptyMeetings, settleMeeting } from './actions/end-meeting.ts'
import { meetingVisit } from './actions/join-meeting.ts'
import { handOutSeries, planAhead, planFurther, planSeries } from './actions/plan-series.ts'
import { remind, remindOf } from './actions/remind.ts'

/** Between two looks for meetings that all have left; their own time is counted in minutes. */
const EMPTY_LOOK_SECONDS = 60

export function meetingsJobs({ jobs, events, transact }: Platform): void {
  events.on(visitFinished, async (work, visit) => {
    if (visit.kind === meetingVisit) await settleMeeting(work, visit)
  })
  jobs.on(remind, remindOf)
  jobs.on(planAhead, handOutSeries)
  jobs.on(planSeries, (work, { seriesId }) => planFurther(work, seriesId))
  // at night in Vietnam
  jobs.every('10 18 * * *', planAhead)
  jobs.sweep('meetings that all have left', EMPTY_LOOK_SECONDS, () => endEmptyMeetings(transact))
}
