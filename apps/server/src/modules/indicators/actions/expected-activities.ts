import type { Work } from '../../../platform/db/work.ts'
import { signedConsult } from '../../consults/index.ts'
import { standingHelp, standingNews } from '../../news/index.ts'
import { finishedEncounter } from '../../records/index.ts'
import { standingBooking } from '../../scheduling/index.ts'
import type { ExpectedActivity } from '../domain/ledger-difference.ts'

const activityOfMode = {
  HEALTH_ADVICE: 'health_advice',
  DIRECT_TO_PATIENT: 'remote_exam',
  VIA_RECEIVING_FACILITY: 'remote_exam',
} as const

/** In person, or support between facilities, is not counted here: the consult itself is. */
async function ofEncounter(work: Work, id: string): Promise<ExpectedActivity[]> {
  const done = await finishedEncounter(work, id)
  const kind = done && activityOfMode[done.remoteMode as keyof typeof activityOfMode]
  if (!done || !kind) return []
  return [
    {
      kind,
      at: done.finishedAt,
      facilityId: done.facilityId,
      practitionerId: done.practitionerId,
      patientId: done.patientId,
      selfPerformed: !done.referredUp,
    },
  ]
}

/** A signed consult is one activity of who asked (annex row 10) and one of who answered (row 11). */
async function ofConsult(work: Work, id: string): Promise<ExpectedActivity[]> {
  const consult = await signedConsult(work, id)
  if (!consult) return []
  const { supportingFacilityId: answering, requestingFacilityId: asking, at, patientId } = consult
  const asked: ExpectedActivity = {
    kind: 'consult',
    at,
    patientId,
    facilityId: asking,
    practitionerId: consult.requesterId,
    counterpartFacilityId: answering,
    selfPerformed: false,
  }
  if (!answering) return [asked]
  const answered: ExpectedActivity = {
    kind: 'consult_answer',
    at,
    patientId,
    facilityId: answering,
    practitionerId: consult.consultantId,
    counterpartFacilityId: asking,
  }
  return [asked, answered]
}

/** Counted on the day somebody booked, not on the day of the appointment; not when it was called off. */
async function ofAppointment(work: Work, id: string): Promise<ExpectedActivity[]> {
  const booking = await standingBooking(work, id)
  if (!booking) return []
  const { bookedAt: at, facilityId, practitionerId, patientId, programme } = booking
  return [{ kind: 'appointment_booked', at, facilityId, practitionerId, patientId, programme }]
}

async function ofNews(work: Work, id: string): Promise<ExpectedActivity[]> {
  const news = await standingNews(work, id)
  if (!news) return []
  const { at, facilityId, publisherId, areaId } = news
  return [{ kind: 'news_published', at, facilityId, practitionerId: publisherId, counterpartFacilityId: areaId }]
}

async function ofHelp(work: Work, id: string): Promise<ExpectedActivity[]> {
  const help = await standingHelp(work, id)
  if (!help) return []
  const { at, facilityId, helperId, patientId } = help
  return [{ kind: 'install_help', at, facilityId, practitionerId: helperId, patientId }]
}

/** Every kind of thing that is counted, and the activities its facts of now make. A new kind is a new line here. */
export const expectedActivities = {
  encounter: ofEncounter,
  consult: ofConsult,
  appointment: ofAppointment,
  news: ofNews,
  help: ofHelp,
} as const satisfies Record<string, (work: Work, id: string) => Promise<ExpectedActivity[]>>

export type SubjectKind = keyof typeof expectedActivities
