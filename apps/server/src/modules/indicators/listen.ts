import type { Platform } from '../../platform/module.ts'
import { consultSigned, type ConsultFact } from '../consults/index.ts'
import { helpGiven, helpTakenBack, newsPublished } from '../news/index.ts'
import { encounterFinished } from '../records/index.ts'
import { appointmentBooked } from '../scheduling/index.ts'
import { takeActBack, writeAct, type NewAct } from './store/ledger.ts'

const actOfMode = {
  HEALTH_ADVICE: 'health_advice',
  DIRECT_TO_PATIENT: 'remote_exam',
  VIA_RECEIVING_FACILITY: 'remote_exam',
} as const

/** Counts what other modules announce, inside their transaction: undone with it, never told twice. */
export function listen({ events }: Platform): void {
  events.on(encounterFinished, async (work, done) => {
    const kind = done.remoteMode in actOfMode ? actOfMode[done.remoteMode as keyof typeof actOfMode] : undefined
    if (!kind) return // in person, or counted by the consult itself
    await writeAct(work, {
      kind, at: done.finishedAt, facilityId: done.facilityId, practitionerId: done.practitionerId, patientId: done.patientId,
      selfPerformed: !done.referredUp, subjectKind: 'encounter', subjectId: done.encounterId,
    })
  })
  events.on(consultSigned, async (work, consult) => {
    for (const act of actsOfConsult(consult)) await writeAct(work, act)
  })
  events.on(appointmentBooked, (work, booked) => writeAct(work, {
    // counted when somebody books, not when the appointment is
    kind: 'appointment_booked', at: work.now, facilityId: booked.facilityId, practitionerId: booked.practitionerId, patientId: booked.patientId,
    programme: booked.programme, subjectKind: 'appointment', subjectId: booked.appointmentId,
  }))
  events.on(newsPublished, (work, news) => writeAct(work, {
    kind: 'news_published', at: news.at, facilityId: news.facilityId, practitionerId: news.publisherId, counterpartFacilityId: news.areaId,
    subjectKind: 'news', subjectId: news.newsId,
  }))
  events.on(helpGiven, (work, help) => writeAct(work, {
    kind: 'install_help', at: help.at, facilityId: help.facilityId, practitionerId: help.helperId, patientId: help.patientId, subjectKind: 'help', subjectId: help.helpId,
  }))
  events.on(helpTakenBack, (work, { helpId, facilityId }) => takeActBack(work, { kind: 'install_help', facilityId, subjectId: helpId }))
}

/** A signed consult is one act of who asked (annex row 10) and one of who answered (row 11). */
function actsOfConsult(consult: ConsultFact): NewAct[] {
  const { supportingFacilityId: answering, requestingFacilityId: asking } = consult
  const shared = { at: consult.at, patientId: consult.patientId, subjectKind: 'consult', subjectId: consult.consultId }
  const asked: NewAct = { ...shared, kind: 'consult', facilityId: asking, practitionerId: consult.requesterId, counterpartFacilityId: answering, selfPerformed: false }
  if (!answering) return [asked]
  return [asked, { ...shared, kind: 'consult_answer', facilityId: answering, practitionerId: consult.consultantId, counterpartFacilityId: asking }]
}
