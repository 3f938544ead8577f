import type * as contract from '@moinha/contracts/prescriptions'
import type { LineTyped, Rx } from '@moinha/contracts/prescriptions'
import type { HandlerReply } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { monthsOn } from '../../../platform/clock/age.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { CodedError } from '../../../platform/errors/coded-error.ts'
import { encounterFor, mayTreat, patientParticulars } from '../../records/index.ts'
import { isSmallChild } from '../domain/findings.ts'
import { worksAt } from '../policy.ts'
import { medicinesById, medicineView } from '../store/catalogue.ts'
import { linesOf, prescriptionOr404, prescriptionsOf, type PrescriptionRow } from '../store/prescriptions.ts'
import { templatesOf } from '../store/templates.ts'
import { requirePrescriber } from './check-prescription.ts'

/** Prescriptions as staff sees them, with what was handed out. */
async function prescriptionViews(work: Work, rows: readonly PrescriptionRow[]): Promise<Rx[]> {
  const lines = await asSystem(work, systemActor, ({ tx }) =>
    linesOf(
      tx,
      rows.map((row) => row.id),
    ),
  )
  return rows.map((row) => {
    const given = (lines.get(row.id) ?? []).map(({ no, dispensed }) => ({ no, quantity: dispensed }))
    const untouched = given.every((one) => Number(one.quantity) === 0)
    return { ...viewOf(row), given, may: mayOf(work, row, untouched) }
  })
}

function viewOf(row: PrescriptionRow): Omit<Rx, 'given' | 'may'> {
  const { id, state, content, attempts, reply } = row
  return {
    id,
    encounterId: row.encounter_id,
    patientId: row.patient_id,
    state,
    content,
    replacedAt: row.replaced_at?.toISOString() ?? null,
    withdrawn: row.withdrawn_at && { at: row.withdrawn_at.toISOString(), reason: row.withdraw_reason ?? '' },
    issuedAt: row.issued_at?.toISOString() ?? null,
    attempts,
    failure: row.last_failure,
    errors: reply?.errors ?? [],
    checksum: reply?.checksum ?? null,
  }
}

function mayOf({ actor }: Work, row: PrescriptionRow, untouched: boolean): Rx['may'] {
  const standing = worksAt(actor, row.facility_id) && row.replaced_at === null && row.withdrawn_at === null
  const dispenses = standing && actor.can('prescription.dispense')
  const mends = standing && untouched && actor.can('prescription.write')
  return { replace: mends, withdraw: mends, dispense: dispenses, send: dispenses && row.state !== 'issued' }
}

export async function prescriptionView(work: Work, row: PrescriptionRow): Promise<Rx> {
  const [view] = await prescriptionViews(work, [row])
  if (!view) throw new Error('one row makes one view')
  return view
}

/** One prescription, where the actor may see its patient. */
export async function readPrescription(work: Work, id: string): Promise<Rx> {
  const row = await prescriptionOr404(work.tx, id)
  const { patient_id: patientId, facility_id: facilityId } = row
  work.audit({ action: 'prescriptions.read', subject: 'prescription', subjectId: id, patientId, facilityId })
  return prescriptionView(work, row)
}

/** What an encounter's page shows: its prescriptions, whether one may be written, what to begin with. */
export async function prescriptionsOfEncounter(
  work: Work,
  encounterId: string,
): Promise<HandlerReply<typeof contract.ofEncounter>> {
  const encounter = await encounterFor(work, encounterId)
  const { patientId } = encounter
  const patient = await patientParticulars(work, patientId)
  const items = await prescriptionViews(work, await prescriptionsOf(work.tx, { encounterId }))
  const refused = await whyNot(work, encounter)
  const earlier = refused === null ? await prescriptionsOf(work.tx, { patientId }, 1) : []
  work.audit({ action: 'prescriptions.ofEncounter', subject: 'encounter', subjectId: encounterId, patientId })
  return {
    items,
    refused,
    child: patient.birthDate !== null && isSmallChild(monthsOn(patient.birthDate, localDateOf(work.now))),
    last: earlier[0]?.content.lines ?? [],
    templates: refused === null ? await templateViews(work, encounter.diagnoses) : [],
  }
}

type Refused = HandlerReply<typeof contract.ofEncounter>['refused']

async function whyNot(work: Work, encounter: Awaited<ReturnType<typeof encounterFor>>): Promise<Refused> {
  if (!work.actor.can('prescription.write')) return 'NOT_ALLOWED'
  try {
    await requirePrescriber(work, encounter.facilityId)
  } catch (error) {
    if (error instanceof CodedError) return error.code === 'RX_NOT_A_PRESCRIBER' ? error.code : 'NOT_ALLOWED'
    throw error
  }
  if (encounter.status !== 'in_progress') return 'RX_ENCOUNTER_OVER'
  const gate = await mayTreat(work, encounter.id)
  return gate.allows.includes('treatment') ? null : 'RX_NOT_ALLOWED_HERE'
}

/** One's own favourites, those for a diagnosis of this encounter first. */
async function templateViews(work: Work, diagnoses: readonly { code: string }[]) {
  const rows = await templatesOf(work.tx, work.actor.personId ?? '')
  const known = await medicinesById(
    work.tx,
    rows.flatMap((row) => row.lines.map((line: LineTyped) => line.medicineId)),
  )
  const fits = (icd10: string | null) => icd10 !== null && diagnoses.some(({ code }) => code.startsWith(icd10))
  const views = rows.map((row) => ({
    id: row.id,
    name: row.name,
    icd10: row.icd10,
    lines: row.lines,
    medicines: row.lines.flatMap((line: LineTyped) => {
      const medicine = known.get(line.medicineId)
      return medicine ? [medicineView(medicine)] : []
    }),
  }))
  return [...views.filter((one) => fits(one.icd10)), ...views.filter((one) => !fits(one.icd10))]
}
