import type { Finding, LineTyped, RxTyped } from '@moinha/contracts/prescriptions'
import { systemActor } from '../../../platform/access/actor.ts'
import { monthsOn } from '../../../platform/clock/age.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { practitionerRolesOf } from '../../identity/index.ts'
import {
  encounterFor,
  mayTreat,
  patientParticulars,
  type EncounterForModules,
  type PatientParticulars,
} from '../../records/index.ts'
import { completeLine, type CompletedLine } from '../domain/complete-lines.ts'
import { findingsOf, type RxFacts } from '../domain/findings.ts'
import { prescriptionsErrors } from '../errors.ts'
import { isPrescriber, worksAt } from '../policy.ts'
import { interactionsOf, listsOf, medicinesById, settingOf, supplyRules } from '../store/catalogue.ts'
import { patientFacts } from './patient-facts.ts'

/** A prescription as it would be written, and what stands against it. */
export interface CheckedPrescription {
  encounter: EncounterForModules
  patient: PatientParticulars
  months: number | null
  lines: CompletedLine[]
  findings: Finding[]
}

/** Completes doses and quantities and asks every check; writes nothing. */
export async function checkPrescription(
  work: Work,
  typed: RxTyped,
  replaces: string | null,
): Promise<CheckedPrescription> {
  const encounter = await encounterFor(work, typed.encounterId)
  await requirePrescriber(work, encounter.facilityId)
  if (encounter.status === 'cancelled' || (encounter.status === 'finished' && replaces === null))
    throw prescriptionsErrors.RX_ENCOUNTER_OVER()
  const patient = await patientParticulars(work, encounter.patientId)
  const today = localDateOf(work.now)
  const months = patient.birthDate === null ? null : monthsOn(patient.birthDate, today)
  const lines = await completeLines(work, typed.lines, typed.weightKg)
  const facts = await factsOf(work, { typed, encounter, lines, today, replaces })
  const findings = findingsOf(lines, { ...facts, birthDate: patient.birthDate, months })
  return { encounter, patient, months, lines, findings }
}

/** Works at the unit that answers, and is bác sĩ or y sĩ there. */
export async function requirePrescriber(work: Work, facilityId: string): Promise<{ name: string; licenceNo: string }> {
  const { personId } = work.actor
  if (personId === null || !worksAt(work.actor, facilityId)) throw platformErrors.NOT_ALLOWED()
  const roles = await asSystem(work, systemActor, ({ tx }) => practitionerRolesOf(tx, [personId]))
  const here = roles.find((role) => role.facilityId === facilityId && isPrescriber(role.qualificationCode))
  if (!here) throw prescriptionsErrors.RX_NOT_A_PRESCRIBER()
  return { name: here.fullName, licenceNo: here.licenceNo }
}

async function completeLines({ tx }: Work, lines: readonly LineTyped[], weightKg: string | null) {
  const known = await medicinesById(
    tx,
    lines.map((line) => line.medicineId),
  )
  return lines.map((line, at) => {
    const medicine = known.get(line.medicineId)
    if (!medicine) throw prescriptionsErrors.RX_MEDICINE_UNKNOWN({ line: at + 1 })
    return completeLine(at + 1, line, medicine, weightKg)
  })
}

interface Asked {
  typed: RxTyped
  encounter: EncounterForModules
  lines: readonly CompletedLine[]
  today: string
  replaces: string | null
}

async function factsOf(
  work: Work,
  { typed, encounter, lines, today, replaces }: Asked,
): Promise<Omit<RxFacts, 'birthDate' | 'months'>> {
  const gate = await mayTreat(work, encounter.id)
  const { allergies, taking } = await patientFacts(work, encounter.patientId, replaces)
  const codes = [...lines.map((line) => line.atc), ...taking.map((one) => one.atc ?? '')]
  const controlled = await settingOf(work.tx, 'controlled_direct_to_patient')
  const narcotic = await settingOf(work.tx, 'narcotic')
  return {
    mayTreat: gate.allows.includes('treatment'),
    diagnoses: encounter.diagnoses,
    weightKg: typed.weightKg,
    broughtBy: typed.broughtBy,
    controlledBlocked: encounter.remoteMode === 'DIRECT_TO_PATIENT' && controlled === 'blocked',
    narcoticBlocked: narcotic === 'blocked',
    situation: typed.situation,
    rules: await supplyRules(work.tx, today),
    lists: await listsOf(work.tx, encounter.diagnoses, today),
    allergies,
    taking,
    interactions: await interactionsOf(work.tx, codes),
  }
}
