import type { Insertable } from 'kysely'
import { loinc, vitalSignOf } from '@moinha/contracts/vital-signs'
import { ageOn } from '../../platform/clock/age.ts'
import { addDays, instantOf, localDateOf, weekdayOf } from '../../platform/clock/vietnam-time.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { StaffCard } from '../identity/index.ts'
import { cases, type DemoCase } from './data/demo-cases.ts'
import { treatsInPerson } from './domain/gate.ts'
import type { EncounterTable, ObservationTable } from './store/tables.ts'

/** Two quarters back. */
const daysBack = 182
const minutesEach = 15

export interface Station {
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
export interface Clinic extends Station {
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

export interface Past {
  row: Insertable<EncounterTable> & { id: string; started_at: Date }
  story: DemoCase
  finishedAt: Date
}

/** The encounter of this number, the same on every machine apart from its day; it is not finished yet. */
export function pastEncounter(now: Date, { id: facilityId, key, patients, staff }: Clinic, index: number): Past {
  const label = `${key} ${index}`
  const patient = patients[draw(`${label} patient`, patients.length)] ?? patients[0]
  if (!patient) throw new Error(`${key} has no patients`)
  const [first, ...others] = cases.filter((one) => isFor(one, patient, localDateOf(now)))
  const story = pick(`${label} case`, [first ?? cases[0], ...others])
  const practitioner = pick(`${label} staff`, staff)
  const startedAt = timeOf(label, now)
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
      referred_up: draw(`${label} up`, 5) === 0,
      started_at: startedAt,
      created_by: practitioner.personId,
      updated_by: practitioner.personId,
      ...toldBy(story, startedAt),
    },
  }
}

/** A time of a working day, within opening hours. */
function timeOf(label: string, now: Date): Date {
  const day = workDay(addDays(localDateOf(now), -2 - draw(`${label} day`, daysBack)))
  const [hour, minute] = [7 + draw(`${label} hour`, 9), 5 * draw(`${label} minute`, 12)]
  return instantOf(day, `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
}

/** What an encounter says because of its story. */
function toldBy(story: DemoCase, startedAt: Date) {
  const isRemote = !treatsInPerson(story.remoteMode)
  return {
    remote_mode: story.remoteMode,
    channel: isRemote ? ('video' as const) : ('in_person' as const),
    disposition: null,
    identity_check: isRemote ? ('account' as const) : ('known_to_staff' as const),
    consent_by: 'patient' as const,
    consent_at: startedAt,
    complaint: story.complaint,
    findings: story.findings,
    conclusion: story.conclusion,
    advice: story.advice,
    next_appointment_on: story.returnDays === null ? null : addDays(localDateOf(startedAt), story.returnDays),
    appointment_id: null,
    visit_id: null,
    finished_at: null,
    closed_by: null,
    cancel_reason: null,
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

/** What was measured in it. */
export function measurements({ row, story }: Past): Insertable<ObservationTable>[] {
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
