import type { MinutesContent } from '@moinha/contracts/consults'
import { sql } from 'kysely'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { supportRoutes } from '../facilities/index.ts'
import { practitionerRolesOf, type StaffCard } from '../identity/index.ts'
import { fileDocument } from '../records/index.ts'
import { onDuty } from '../roster/index.ts'
import { demoAnswer, type DemoAnswer } from './data/demo-answers.ts'
import { contentHash } from './domain/content-hash.ts'
import { tellRecord } from './actions/signed-consult.ts'
import { consultSigned } from './events.ts'
import { nextNumber } from './store/consult-rows.ts'
import './store/tables.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** Younger cases still wait for their outcome. */
const closedAfterDays = 4

interface PastEncounter {
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

interface PastCase {
  id: string
  encounter: PastEncounter
  answer: DemoAnswer
  consultant: StaffCard
  requester: StaffCard
  hospital: { id: string; name: string }
  at: (minutes: number) => Date
}

/** Consults of the past two quarters: one for every encounter of the demo that says the upper level was asked. */
export async function seedDemo(platform: Platform): Promise<void> {
  await seedOnce(platform, 'consults.demo-past', async (work) => {
    for (const encounter of await askedEncounters(work)) {
      const past = await findCase(work, encounter)
      if (past) await loadCase(work, past)
    }
  })
}

async function askedEncounters({ tx }: Work): Promise<PastEncounter[]> {
  const { rows } = await sql<PastEncounter>`
    select e.id, e.patient_id as "patientId", p.full_name as "patientName", p.sex as "patientSex",
      p.birth_date as "patientBirthDate", e.facility_id as "facilityId",
      f.name as "facilityName", e.practitioner_id as "requesterId", e.started_at as "startedAt", e.complaint,
      e.diagnosis, e.icd10
    from records.encounter_card e join records.patient_card p on p.id = e.patient_id
      join facilities.unit f on f.id = e.facility_id
    where e.icd10 is not null and e.referred_up and e.status = 'finished'
      and not exists (select from consults.consult c where c.encounter_id = e.id) order by e.started_at, e.id`.execute(
    tx,
  )
  return rows
}

/** Who would have answered: the first on duty along the support network, as it is today. */
async function findCase(work: Work, encounter: PastEncounter): Promise<PastCase | undefined> {
  const answer = demoAnswer(encounter.icd10)
  for (const link of await supportRoutes(work.tx, encounter.facilityId, answer.specialty, localDateOf(work.now))) {
    const [duty] = await onDuty(work, { facilityId: link.facilityId, specialty: answer.specialty, at: work.now })
    if (!duty) continue
    const practitionerRoles = await practitionerRolesOf(work.tx, [duty.personId, encounter.requesterId])
    const consultant = practitionerRoles.find(
      (practitionerRole) =>
        practitionerRole.personId === duty.personId && practitionerRole.facilityId === link.facilityId,
    )
    const requester = practitionerRoles.find((practitionerRole) => practitionerRole.personId === encounter.requesterId)
    const hospital = await work.tx
      .selectFrom('facilities.unit')
      .where('id', '=', link.facilityId)
      .select(['id', 'name'])
      .executeTakeFirst()
    if (!consultant || !requester || !hospital) return undefined
    const at = (minutes: number): Date =>
      new Date(Math.min(encounter.startedAt.getTime() + minutes * minuteMs, work.now.getTime()))
    return { id: stableId(`demo consult ${encounter.id}`), encounter, answer, consultant, requester, hospital, at }
  }
  return undefined
}

async function loadCase(work: Work, past: PastCase): Promise<void> {
  const closed = work.now.getTime() - past.encounter.startedAt.getTime() > closedAfterDays * dayMs
  await insertConsult(work, past, closed)
  await insertRing(work, past)
  const content = await insertMinutes(work, past)
  await insertEvents(work, past, closed)
  if (closed)
    await work.tx
      .insertInto('consults.patient_outcome')
      .values({
        consult_id: past.id,
        code: 'improved',
        text: '',
        reported_by: past.encounter.requesterId,
        reported_at: past.at(2 * 1440),
      })
      .execute()
  await file(work, past, content)
  await work.emit(consultSigned, {
    consultId: past.id,
    encounterId: past.encounter.id,
    patientId: past.encounter.patientId,
    requestingFacilityId: past.encounter.facilityId,
    supportingFacilityId: past.hospital.id,
    requesterId: past.encounter.requesterId,
    consultantId: past.consultant.personId,
    specialty: past.answer.specialty,
    at: past.at(32),
  })
  await tellRecord(work, past.encounter.id)
}

async function insertConsult(work: Work, past: PastCase, closed: boolean): Promise<void> {
  const { encounter, at } = past
  const year = Number(localDateOf(encounter.startedAt).slice(0, 4))
  await work.tx
    .insertInto('consults.consult')
    .values({
      id: past.id,
      number: await nextNumber(work, encounter.facilityId, year),
      number_year: year,
      status: closed ? 'closed' : 'signed',
      urgency: 'scheduled',
      specialty: past.answer.specialty,
      encounter_id: encounter.id,
      patient_id: encounter.patientId,
      patient_name: encounter.patientName,
      patient_sex: encounter.patientSex,
      patient_birth_date: encounter.patientBirthDate,
      requesting_facility_id: encounter.facilityId,
      requester_id: encounter.requesterId,
      supporting_facility_id: past.hospital.id,
      consultant_id: past.consultant.personId,
      visit_id: null,
      preferred_at: null,
      scheduled_at: null,
      informed_at: at(5),
      informed_how: 'in_person',
      history: encounter.complaint,
      treatment: '',
      allergies: '',
      diagnosis: encounter.diagnosis,
      icd10: encounter.icd10,
      ask_lead: false,
      step: 1,
      round: 1,
      return_reason: null,
      cancel_reason: null,
      created_at: at(5),
      submitted_at: at(6),
      accepted_at: at(7),
      started_at: at(9),
      signed_at: at(32),
      closed_at: closed ? at(2 * 1440 + 5) : null,
      version: 9,
    })
    .execute()
  await work.tx
    .insertInto('consults.question')
    .values({ consult_id: past.id, no: 1, text: past.answer.question })
    .execute()
}

async function insertRing({ tx }: Work, past: PastCase): Promise<void> {
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

function minutesOf(past: PastCase): MinutesContent {
  const { encounter, answer, at } = past
  const member = (
    practitionerRole: StaffCard,
    unit: string,
    end: 'requesting' | 'supporting',
    role: 'chair' | 'secretary',
  ) => ({
    personId: practitionerRole.personId,
    name: practitionerRole.fullName,
    title: practitionerRole.title,
    specialty: practitionerRole.specialties[0] ?? '',
    unit,
    licenceNo: practitionerRole.licenceNo,
    end,
    role,
    invited: false,
    present: true,
    opinion: '',
  })
  return {
    treatedFrom: localDateOf(encounter.startedAt),
    treatedTo: null,
    startedAt: at(9).toISOString(),
    endedAt: at(24).toISOString(),
    place: `${encounter.facilityName} – ${past.hospital.name}`,
    members: [
      member(past.consultant, past.hospital.name, 'supporting', 'chair'),
      member(past.requester, encounter.facilityName, 'requesting', 'secretary'),
    ],
    course: encounter.complaint || answer.question,
    answers: [{ no: 1, text: answer.answer }],
    diagnosis: encounter.diagnosis,
    icd10: encounter.icd10,
    treatment: answer.treatment,
    plan: answer.answer,
    transferTo: '',
    followUpOn: null,
    informedAt: at(26).toISOString(),
    informedBy: past.requester.fullName,
  }
}

async function insertMinutes({ tx }: Work, past: PastCase): Promise<MinutesContent> {
  const content = minutesOf(past)
  const [id, hash] = [stableId(`demo minutes ${past.id}`), contentHash(content)]
  await tx
    .insertInto('consults.minutes')
    .values({
      id,
      consult_id: past.id,
      version: 1,
      state: 'proposed',
      side_facility_id: past.hospital.id,
      drafted_by: past.consultant.personId,
      content: JSON.stringify(content),
      content_hash: hash,
      decision: 'accepts',
      created_at: past.at(25),
      proposed_at: past.at(28),
      locked_at: null,
    })
    .execute()
  const signature = (personId: string, role: 'chair' | 'secretary' | 'requester', minutes: number) => ({
    minutes_id: id,
    person_id: personId,
    role,
    signed_at: past.at(minutes),
    method: 'click',
    content_hash: hash,
    proof: JSON.stringify({ demo: true }),
  })
  await tx
    .insertInto('consults.signature')
    .values([
      signature(past.consultant.personId, 'chair', 30),
      signature(past.requester.personId, 'secretary', 32),
      signature(past.requester.personId, 'requester', 32),
    ])
    .execute()
  await tx
    .updateTable('consults.minutes')
    .where('id', '=', id)
    .set({ state: 'locked', locked_at: past.at(32) })
    .execute()
  return content
}

async function insertEvents({ tx }: Work, past: PastCase, closed: boolean): Promise<void> {
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

async function file(work: Work, past: PastCase, content: MinutesContent): Promise<void> {
  const row = await work.tx
    .selectFrom('consults.consult')
    .where('id', '=', past.id)
    .select(['number', 'number_year'])
    .executeTakeFirstOrThrow()
  const number = `${row.number}/${row.number_year}`
  const signed = (practitionerRole: StaffCard, role: string, minutes: number) => ({
    name: practitionerRole.fullName,
    role,
    signedAt: past.at(minutes).toISOString(),
    method: 'click',
  })
  await fileDocument(
    { ...work, now: past.at(32) },
    {
      id: past.id,
      patientId: past.encounter.patientId,
      encounterId: past.encounter.id,
      facilityId: past.encounter.facilityId,
      kind: 'consult_minutes',
      title: `Biên bản hội chẩn số ${number}`,
      version: 1,
      content: {
        consultId: past.id,
        number,
        specialty: past.answer.specialty,
        patient: {
          fullName: past.encounter.patientName,
          sex: past.encounter.patientSex,
          birthDate: past.encounter.patientBirthDate,
        },
        questions: [{ no: 1, text: past.answer.question }],
        ...content,
        decision: 'accepts',
        decisionReason: '',
        contentHash: contentHash(content),
        signatures: [
          signed(past.consultant, 'chair', 30),
          signed(past.requester, 'secretary', 32),
          signed(past.requester, 'requester', 32),
        ],
      },
    },
  )
}
