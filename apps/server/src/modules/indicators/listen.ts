import type { ActivityCause } from '@moinha/contracts/indicators'
import type { EventType } from '../../platform/events/events.ts'
import type { Platform } from '../../platform/module.ts'
import { consultClosed, consultReturned, consultSigned } from '../consults/index.ts'
import { helpGiven, helpTakenBack, newsPublished, newsWithdrawn } from '../news/index.ts'
import { encounterCancelled, encounterCorrected, encounterFinished, upperLevelChanged } from '../records/index.ts'
import { appointmentBooked, appointmentCancelled, appointmentMoved } from '../scheduling/index.ts'
import { recount } from './actions/recount.ts'
import type { SubjectKind } from './actions/expected-activities.ts'

/** Whatever may change a counted thing has it counted anew, inside the announcer's transaction: undone with it. */
export function listen({ events }: Platform): void {
  const on = <T>(cause: ActivityCause, event: EventType<T>, kind: SubjectKind, idOf: (payload: T) => string): void =>
    events.on(event, (work, payload) => recount(work, kind, idOf(payload), cause))

  on('encounterFinished', encounterFinished, 'encounter', (done) => done.encounterId)
  on('encounterCorrected', encounterCorrected, 'encounter', (done) => done.encounterId)
  on('encounterCancelled', encounterCancelled, 'encounter', (done) => done.encounterId)
  on('upperLevelChanged', upperLevelChanged, 'encounter', (done) => done.encounterId)
  on('consultSigned', consultSigned, 'consult', (consult) => consult.consultId)
  on('consultReturned', consultReturned, 'consult', (consult) => consult.consultId)
  on('consultClosed', consultClosed, 'consult', (consult) => consult.consultId)
  on('appointmentBooked', appointmentBooked, 'appointment', (booked) => booked.appointmentId)
  on('appointmentMoved', appointmentMoved, 'appointment', (booked) => booked.appointmentId)
  on('appointmentCancelled', appointmentCancelled, 'appointment', (booked) => booked.appointmentId)
  on('newsPublished', newsPublished, 'news', (news) => news.newsId)
  on('newsWithdrawn', newsWithdrawn, 'news', (news) => news.newsId)
  on('helpGiven', helpGiven, 'help', (help) => help.helpId)
  on('helpTakenBack', helpTakenBack, 'help', (help) => help.helpId)
}
