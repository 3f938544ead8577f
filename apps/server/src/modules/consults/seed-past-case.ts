import type { Work } from '../../platform/db/work.ts'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { StaffCard } from '../identity/index.ts'
import type { DemoAnswer } from './data/demo-answers.ts'
import { nextNumber } from './store/consult-rows.ts'

export interface PastEncounter {
  id: string
  patientId: string
  patientName: string
  patientSex: 'male' | 'female' | 'unknown'
  patientBirthDate: string | null
  facilityId: string
  facilityName: string
  requesterId: string
  startedAt: Date
  complaint: string
  diagnosis: string
  icd10: string
}

export interface PastCase {
  id: string
  encounter: PastEncounter
  answer: DemoAnswer
  consultant: StaffCard
  requester: StaffCard
  hospital: { id: string; name: string }
  at: (minutes: number) => Date
}

/** The request and its one question, as it stands at its end. */
export async function insertConsult(work: Work, past: PastCase, closed: boolean): Promise<void> {
  await work.tx
    .insertInto('consults.consult')
    .values({
      id: past.id,
      ...(await numberOf(work, past)),
      status: closed ? 'closed' : 'signed',
      urgency: 'scheduled',
      specialty: past.answer.specialty,
      ...askedBy(past),
      supporting_facility_id: past.hospital.id,
      consultant_id: past.consultant.personId,
      visit_id: null,
      preferred_at: null,
      scheduled_at: null,
      ask_lead: false,
      step: 1,
      round: 1,
      return_reason: null,
      cancel_reason: null,
      ...timesOf(past, closed),
      version: 9,
    })
    .execute()
  await work.tx
    .insertInto('consults.question')
    .values({ consult_id: past.id, no: 1, text: past.answer.question })
    .execute()
}

async function numberOf(work: Work, { encounter }: PastCase) {
  const year = Number(localDateOf(encounter.startedAt).slice(0, 4))
  return { number: await nextNumber(work, encounter.facilityId, year), number_year: year }
}

/** What the station wrote, out of the encounter. */
function askedBy({ encounter, at }: PastCase) {
  return {
    encounter_id: encounter.id,
    patient_id: encounter.patientId,
    patient_name: encounter.patientName,
    patient_sex: encounter.patientSex,
    patient_birth_date: encounter.patientBirthDate,
    requesting_facility_id: encounter.facilityId,
    requester_id: encounter.requesterId,
    informed_at: at(5),
    informed_how: 'in_person' as const,
    history: encounter.complaint,
    treatment: '',
    allergies: '',
    diagnosis: encounter.diagnosis,
    icd10: encounter.icd10,
  }
}

function timesOf({ at }: PastCase, closed: boolean) {
  return {
    created_at: at(5),
    submitted_at: at(6),
    accepted_at: at(7),
    started_at: at(9),
    signed_at: at(32),
    closed_at: closed ? at(2 * 1440 + 5) : null,
  }
}

/** The one ring, answered. */
export async function insertRing({ tx }: Work, past: PastCase): Promise<void> {
  await tx
    .insertInto('consults.ring')
    .values({
      consult_id: past.id,
      step: 1,
      person_id: past.consultant.personId,
      facility_id: past.hospital.id,
      reason: 'ON_DUTY_ONLINE',
      round: 1,
      rung_at: past.at(6),
      deadline_at: past.at(8),
      ring_result: 'answered',
      ended_at: past.at(7),
      note: null,
    })
    .execute()
}

/** What the history of the case shows. */
export async function insertEvents({ tx }: Work, past: PastCase, closed: boolean): Promise<void> {
  const event = (name: string, minutes: number, actorId: string, step: number | null = null) => ({
    consult_id: past.id,
    at: past.at(minutes),
    name,
    actor_id: actorId,
    step,
    note: null,
  })
  const [asking, answering] = [past.requester.personId, past.consultant.personId]
  await tx
    .insertInto('consults.event')
    .values([
      event('submitted', 6, asking),
      event('rung', 6, answering, 1),
      event('accepted', 7, answering),
      event('started', 9, answering),
      event('minutes_proposed', 28, answering),
      event('signed_by', 30, answering),
      event('signed_by', 32, asking),
      event('signed', 32, asking),
      ...(closed ? [event('outcome', 2 * 1440, asking), event('closed', 2 * 1440 + 5, asking)] : []),
    ])
    .execute()
}
