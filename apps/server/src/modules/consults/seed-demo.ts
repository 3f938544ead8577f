import { sql } from 'kysely'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { supportRoutes } from '../facilities/index.ts'
import { practitionerRolesOf } from '../identity/index.ts'
import { onDuty } from '../roster/index.ts'
import { demoAnswer } from './data/demo-answers.ts'
import { recordUpperLevelPart } from './actions/signed-consult.ts'
import { consultSigned } from './events.ts'
import { insertConsult, insertEvents, insertRing, type PastCase, type PastEncounter } from './seed-past-case.ts'
import { fileMinutes, insertMinutes } from './seed-past-minutes.ts'
import './store/tables.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** Younger cases still wait for their outcome. */
const closedAfterDays = 4

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
  await fileMinutes(work, past, content)
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
  await recordUpperLevelPart(work, past.encounter.id)
}
