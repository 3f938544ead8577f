import { type Insertable } from 'kysely'
import { icd10, loinc, vitalSignOf } from '@moinha/contracts/vital-signs'
import { ageOn } from '../../platform/clock/age.ts'
import { addDays, instantOf, localDateOf, weekdayOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import {
  castCitizens,
  demoBlocks,
  demoCitizens,
  demoPersonId,
  demoSeed,
  staffAt,
  type StaffCard,
} from '../identity/index.ts'
import { facilityIdOf, pilotStations } from '../facilities/index.ts'
import { judgeEnding } from './actions/judge-ending.ts'
import { cases, type DemoCase } from './data/demo-cases.ts'
import { encounterFinished } from './domain/events.ts'
import { treatsInPerson } from './domain/tele-list.ts'
import type { EncounterTable, ObservationTable, PatientTable } from './store/tables.ts'

const citizensEach = 24
const encountersEach = 16
/** Two quarters back. */
const daysBack = 182
const minutesEach = 15

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
}

/** The pilot stations, and those of the cast. */
const stations = ({ tx }: Work) =>
  pilotStations(tx, {
    keys: Object.values(castCitizens).map((citizen) => citizen.facilityKey),
    types: ['commune_station'],
  })

interface Station {
  id: string
  key: string
  block: number | undefined
}

interface Patient {
  id: string
  sex: 'male' | 'female' | 'unknown'
  birthDate: string
}

/** A station with the people who meet there. */
interface Clinic extends Station {
  patients: Patient[]
  staff: [StaffCard, ...StaffCard[]]
}

/** A number that depends on its label only. */
function draw(label: string, below: number): number {
  return Number.parseInt(stableId(`records demo ${label}`).slice(0, 8), 16) % below
}

function pick<Item>(label: string, items: readonly [Item, ...Item[]]): Item {
  return items[draw(label, items.length)] ?? items[0]
}

async function loadStation(work: Work, station: Station): Promise<void> {
  const citizens = demoCitizens(demoSeed, station.key, citizensEach, station.block)
  const patients: Insertable<PatientTable>[] = citizens.map((one) => ({
    id: demoPersonId(one.key),
    full_name: one.fullName,
    sex: one.sex,
    birth_date: one.birthDate,
    phone: one.phone,
    address: null,
    home_facility_id: station.id,
    ethnicity_system: one.ethnicityCodeSystem,
    ethnicity_code: one.ethnicityCode,
    occupation: null,
    created_by: null,
  }))
  await work.tx
    .insertInto('records.patient')
    .values(patients)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await work.tx
    .insertInto('records.care_relationship')
    .values(
      patients.map(({ id }) => ({
        patient_id: id,
        facility_id: station.id,
        person_id: null,
        reason: 'registered' as const,
        subject_id: null,
        note: null,
        created_by: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
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

function castPatients(station: Station) {
  return Object.values(castCitizens)
    .filter((one) => facilityIdOf(one.facilityKey) === station.id)
    .flatMap((one) => [one, ...one.family])
}

interface Past {
  row: Insertable<EncounterTable> & { id: string; started_at: Date }
  story: DemoCase
  finishedAt: Date
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

function pastEncounter(now: Date, { id: facilityId, key, patients, staff }: Clinic, index: number): Past {
  const label = `${key} ${index}`
  const patient = patients[draw(`${label} patient`, patients.length)] ?? patients[0]
  if (!patient) throw new Error(`${key} has no patients`)
  const [first, ...others] = cases.filter((one) => isFor(one, patient, localDateOf(now)))
  const story = pick(`${label} case`, [first ?? cases[0], ...others])
  const practitioner = pick(`${label} staff`, staff)
  const day = workDay(addDays(localDateOf(now), -2 - draw(`${label} day`, daysBack)))
  const startedAt = instantOf(
    day,
    `${String(7 + draw(`${label} hour`, 9)).padStart(2, '0')}:${String(5 * draw(`${label} minute`, 12)).padStart(2, '0')}`,
  )
  const isRemote = !treatsInPerson(story.remoteMode)
  return {
    story,
    finishedAt: new Date(startedAt.getTime() + minutesEach * 60_000),
    row: {
      id: stableId(`records demo encounter ${label}`),
      patient_id: patient.id,
      facility_id: facilityId,
      practitioner_id: practitioner.personId,
      practitioner_name: practitioner.fullName,
      licence_no: practitioner.licenceNo,
      remote_mode: story.remoteMode,
      channel: isRemote ? 'video' : 'in_person',
      disposition: null,
      identity_check: isRemote ? 'account' : 'known_to_staff',
      consent_by: 'patient',
      consent_at: startedAt,
      complaint: story.complaint,
      findings: story.findings,
      conclusion: story.conclusion,
      advice: story.advice,
      next_appointment_on: story.returnDays === null ? null : addDays(day, story.returnDays),
      referred_up: draw(`${label} up`, 5) === 0,
      appointment_id: null,
      visit_id: null,
      started_at: startedAt,
      finished_at: null,
      closed_by: null,
      cancel_reason: null,
      created_by: practitioner.personId,
      updated_by: practitioner.personId,
    },
  }
}

const adultYears = 18
const motherYears = 45

function isFor({ fits }: DemoCase, { sex, birthDate }: Patient, today: string): boolean {
  const years = ageOn(birthDate, today)
  return fits === 'anyone' || (years > adultYears && (fits === 'adult' || (sex === 'female' && years < motherYears)))
}

/** Stations see patients from Monday to Friday. */
function workDay(day: string): string {
  return addDays(day, -Math.max(0, weekdayOf(day) - 5))
}

function measurements({ row, story }: Past): Insertable<ObservationTable>[] {
  return Object.entries(story.measured).flatMap(([code, [low, high]]) => {
    const sign = vitalSignOf(code)
    if (!sign) return []
    const step = 10 ** -sign.decimals
    const value = Number(
      (low + step * draw(`${row.id} ${code}`, Math.round((high - low) / step) + 1)).toFixed(sign.decimals),
    )
    return [
      {
        id: stableId(`records demo ${row.id} ${code}`),
        encounter_id: row.id,
        patient_id: row.patient_id,
        system: loinc,
        code,
        display: sign.display,
        value,
        unit: sign.unit,
        taken_at: row.started_at,
        device: null,
        author_id: row.practitioner_id,
      },
    ]
  })
}

async function finish(work: Work, { row, story, finishedAt }: Past): Promise<void> {
  const { disposition, conclusion, code } = story
  const judged = await judgeEnding(work, { ...row, disposition, conclusion, diagnoses: [{ code }], at: finishedAt })
  await work.tx
    .updateTable('records.encounter')
    .set({
      status: 'finished',
      disposition,
      finished_at: finishedAt,
      closed_by: row.practitioner_id,
      updated_at: finishedAt,
      ...judged,
    })
    .where('id', '=', row.id)
    .execute()
  await work.tx
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
