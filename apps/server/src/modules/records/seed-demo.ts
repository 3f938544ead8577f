import type { Insertable } from 'kysely'
import { icd10 } from '@moinha/contracts/vital-signs'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { castCitizens, demoBlocks, demoCitizens, demoPersonId, demoSeed, staffAt } from '../identity/index.ts'
import { facilityIdOf, pilotStations } from '../facilities/index.ts'
import { judgeEnding } from './actions/judge-ending.ts'
import { encounterFinished } from './domain/events.ts'
import { writeGateSetting } from './store/gate-settings.ts'
import { measurements, pastEncounter, type Clinic, type Past, type Station } from './seed-past-encounter.ts'
import type { PatientTable } from './store/tables.ts'

const citizensEach = 24
const encountersEach = 16

/**
 * Patients of the stations of the demo and what happened to them in the past two quarters. The same on every machine,
 * apart from the day it is counted back from.
 */
export async function seedDemo(platform: Platform): Promise<void> {
  await seedOnce(platform, 'records.demo-past', async (work) => {
    const blocks = demoBlocks(
      (await work.tx.selectFrom('facilities.unit').select('key').execute()).map((row) => row.key),
    )
    for (const { id, key } of await stations(work)) await loadStation(work, { id, key, block: blocks.get(key) })
  })
  // the demo has announcements and contracts; of registrations it has the cast's only
  await seedOnce(platform, 'records.demo-gate', async ({ tx }) => {
    await writeGateSetting(tx, 'announcement', 'bind')
    await writeGateSetting(tx, 'contract', 'bind')
  })
}

/** The pilot stations, and those of the cast. */
const stations = ({ tx }: Work) =>
  pilotStations(tx, {
    keys: Object.values(castCitizens).map((citizen) => citizen.facilityKey),
    types: ['commune_station'],
  })

async function loadStation(work: Work, station: Station): Promise<void> {
  const citizens = demoCitizens(demoSeed, station.key, citizensEach, station.block)
  await registerAll(work, station.id, citizens)
  const staff = (await staffAt(work.tx, [station.id])).filter((one) => one.licenceNo !== '')
  const [first, ...others] = staff
  if (first)
    await loadEncounters(work, {
      ...station,
      patients: [...citizens, ...castPatients(station)].map(({ key, sex, birthDate }) => ({
        id: demoPersonId(key),
        sex,
        birthDate,
      })),
      staff: [first, ...others],
    })
}

async function registerAll({ tx }: Work, facilityId: string, citizens: ReturnType<typeof demoCitizens>): Promise<void> {
  const patients: Insertable<PatientTable>[] = citizens.map((one) => ({
    id: demoPersonId(one.key),
    full_name: one.fullName,
    sex: one.sex,
    birth_date: one.birthDate,
    phone: one.phone,
    address: null,
    home_facility_id: facilityId,
    ethnicity_system: one.ethnicityCodeSystem,
    ethnicity_code: one.ethnicityCode,
    occupation: null,
    created_by: null,
  }))
  await tx
    .insertInto('records.patient')
    .values(patients)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx
    .insertInto('records.care_relationship')
    .values(
      patients.map(({ id }) => ({
        patient_id: id,
        facility_id: facilityId,
        person_id: null,
        reason: 'registered' as const,
        subject_id: null,
        note: null,
        created_by: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function castPatients(station: Station) {
  return Object.values(castCitizens)
    .filter((one) => facilityIdOf(one.facilityKey) === station.id)
    .flatMap((one) => [one, ...one.family])
}

async function loadEncounters(work: Work, clinic: Clinic): Promise<void> {
  const past = Array.from({ length: encountersEach }, (_, index) => pastEncounter(work.now, clinic, index))
  await work.tx
    .insertInto('records.encounter')
    .values(past.map(({ row }) => row))
    .execute()
  await work.tx
    .insertInto('records.observation')
    .values(past.flatMap((one) => measurements(one)))
    .execute()
  await work.tx
    .insertInto('records.encounter_diagnosis')
    .values(
      past.map(({ row, story }) => ({
        encounter_id: row.id,
        position: 0,
        patient_id: row.patient_id,
        system: icd10,
        code: story.code,
        display: story.name,
      })),
    )
    .execute()
  for (const one of past) await finish(work, one)
}

async function finish(work: Work, { row, story, finishedAt }: Past): Promise<void> {
  const { disposition, conclusion, code } = story
  const ending = { ...row, judged_conditions: null, disposition, conclusion, diagnoses: [{ code }], at: finishedAt }
  const judged = await judgeEnding(work, ending)
  await work.tx
    .updateTable('records.encounter')
    .set({
      status: 'finished',
      disposition,
      finished_at: finishedAt,
      closed_by: row.practitioner_id,
      updated_at: finishedAt,
      ...judged,
      judged_conditions: JSON.stringify(judged.judged_conditions),
    })
    .where('id', '=', row.id)
    .execute()
  await insertFirstVersion(work, { row, story, finishedAt })
  await work.emit(encounterFinished, {
    encounterId: row.id,
    patientId: row.patient_id,
    facilityId: row.facility_id,
    practitionerId: row.practitioner_id,
    remoteMode: row.remote_mode,
    referredUp: row.referred_up ?? false,
    prescribed: false,
    finishedAt,
  })
}

async function insertFirstVersion({ tx }: Work, { row, story, finishedAt }: Past): Promise<void> {
  await tx
    .insertInto('records.encounter_version')
    .values({
      encounter_id: row.id,
      no: 1,
      patient_id: row.patient_id,
      reason: null,
      author_id: row.practitioner_id,
      author_name: row.practitioner_name,
      at: finishedAt,
      content: JSON.stringify({
        complaint: story.complaint,
        findings: story.findings,
        conclusion: story.conclusion,
        advice: story.advice,
        nextAppointmentOn: row.next_appointment_on ?? null,
        referredUp: row.referred_up ?? false,
        disposition: story.disposition,
        channel: row.channel,
        identityCheck: row.identity_check,
        consentBy: 'patient',
        diagnoses: [{ code: story.code, display: story.name }],
      }),
    })
    .execute()
}
