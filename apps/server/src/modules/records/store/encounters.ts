import { sql, type Selectable } from 'kysely'
import type { Encounter, EncounterChanges, EncounterContent } from '@moinha/contracts/records'
import { icd10, isImplausible, vitalSigns } from '@moinha/contracts/vital-signs'
import type { Work } from '../../../platform/db/work.ts'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { exactNumber } from '../../../platform/decimal/decimal.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { namesOf, unitNames } from './people.ts'
import type { EncounterTable, ObservationTable } from './tables.ts'

export type EncounterRow = Selectable<EncounterTable>

/** The encounter, or the 404 of a row the actor may not know of. */
export async function encounterOr404(tx: Tx, id: string): Promise<EncounterRow> {
  const row = await tx.selectFrom('records.encounter').where('id', '=', id).selectAll().executeTakeFirst()
  if (!row) throw platformErrors.NOT_FOUND()
  return row
}

export async function diagnosesOf(tx: Tx, encounterId: string): Promise<{ code: string; display: string }[]> {
  return tx
    .selectFrom('records.encounter_diagnosis')
    .where('encounter_id', '=', encounterId)
    .orderBy('position')
    .select(['code', 'display'])
    .execute()
}

/** Replaces the diagnoses; the first is the primary one. */
export async function replaceDiagnoses(
  tx: Tx,
  row: Pick<EncounterRow, 'id' | 'patient_id'>,
  diagnoses: EncounterContent['diagnoses'],
): Promise<void> {
  await tx.deleteFrom('records.encounter_diagnosis').where('encounter_id', '=', row.id).execute()
  if (diagnoses.length === 0) return
  await tx
    .insertInto('records.encounter_diagnosis')
    .values(
      diagnoses.map((one, position) => ({
        encounter_id: row.id,
        position,
        patient_id: row.patient_id,
        system: icd10,
        ...one,
      })),
    )
    .execute()
}

/** Sent to the upper level: the clinician wrote so, or a doctor of the upper level has a case of it. */
export function wasSentUp(row: Pick<EncounterRow, 'referred_up' | 'upper_level_took_part'>): boolean {
  return row.referred_up || row.upper_level_took_part
}

/** What people wrote into it; what the system knows of the upper level stands beside it. */
export function contentOf(row: EncounterRow, diagnoses: EncounterContent['diagnoses']): EncounterContent {
  return {
    complaint: row.complaint,
    findings: row.findings,
    conclusion: row.conclusion,
    advice: row.advice,
    nextAppointmentOn: row.next_appointment_on,
    referredUp: row.referred_up,
    disposition: row.disposition,
    channel: row.channel,
    identityCheck: row.identity_check,
    consentBy: row.consent_by,
    diagnoses,
  }
}

const columnOf = {
  complaint: 'complaint',
  findings: 'findings',
  conclusion: 'conclusion',
  advice: 'advice',
  nextAppointmentOn: 'next_appointment_on',
  referredUp: 'referred_up',
  disposition: 'disposition',
  channel: 'channel',
  identityCheck: 'identity_check',
  consentBy: 'consent_by',
} as const satisfies Record<Exclude<keyof EncounterContent, 'diagnoses'>, keyof EncounterTable>

/** Columns of a partial content; absent pieces stay untouched. */
export function columnsOf(changes: EncounterChanges): Partial<EncounterRow> {
  const entries = Object.entries(columnOf).flatMap(([piece, column]) => {
    const value = changes[piece as keyof typeof columnOf]
    return value === undefined ? [] : [[column, typeof value === 'string' ? value.normalize('NFC') : value]]
  })
  return Object.fromEntries(entries) as Partial<EncounterRow>
}

/** The encounter as screens see it. */
export async function encounterView(work: Work, row: EncounterRow): Promise<Encounter> {
  const [names, units, diagnoses] = [
    await namesOf(work, [row.closed_by, row.updated_by]),
    await unitNames(work, [row.facility_id]),
    await diagnosesOf(work.tx, row.id),
  ]
  return {
    id: row.id,
    patientId: row.patient_id,
    facilityId: row.facility_id,
    facilityName: units.get(row.facility_id) ?? '',
    practitionerId: row.practitioner_id,
    practitionerName: row.practitioner_name,
    licenceNo: row.licence_no,
    remoteMode: row.remote_mode,
    status: row.status,
    appointmentId: row.appointment_id,
    visitId: row.visit_id,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    closedByName: row.closed_by ? (names.get(row.closed_by) ?? '') : null,
    cancelReason: row.cancel_reason,
    consentAt: row.consent_at?.toISOString() ?? null,
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
    updatedByName: row.updated_by ? (names.get(row.updated_by) ?? '') : null,
    corrections: row.corrections,
    upperLevelTookPart: row.upper_level_took_part,
    presentReason: row.present_reason,
    ...contentOf(row, diagnoses),
  }
}

function observationView(row: Selectable<ObservationTable>, names: Map<string, string>) {
  const value = exactNumber(row.value)
  return {
    id: row.id,
    system: row.system,
    code: row.code,
    display: row.display,
    value,
    unit: row.unit,
    takenAt: row.taken_at.toISOString(),
    device: row.device,
    authorName: row.author_id ? (names.get(row.author_id) ?? '') : '',
    recordedAt: row.recorded_at.toISOString(),
    implausible: isImplausible(row.code, value),
  }
}

/** Measurements of an encounter, oldest first and in the order of the form; those taken back are left out. */
export async function observationsOf(work: Work, encounterId: string) {
  const rows = await work.tx
    .selectFrom('records.observation')
    .where('encounter_id', '=', encounterId)
    .where('taken_back', '=', false)
    .orderBy('taken_at')
    .orderBy(sql`array_position(${vitalSigns.map((sign) => sign.code)}::text[], code)`)
    .selectAll()
    .execute()
  const names = await namesOf(
    work,
    rows.map((row) => row.author_id),
  )
  return rows.map((row) => observationView(row, names))
}

export type LineFilter =
  | { patientId: string; limit: number }
  | { ids: readonly string[] }
  | { patientId: string; finishedOnly: true; limit: number }
  | { openAt: readonly string[] }

function newestEncounters(tx: Tx) {
  return tx
    .selectFrom('records.encounter as e')
    .innerJoin('facilities.unit as f', 'f.id', 'e.facility_id')
    .innerJoin('records.patient as p', 'p.id', 'e.patient_id')
    .leftJoin('records.encounter_diagnosis as d', (join) =>
      join.onRef('d.encounter_id', '=', 'e.id').on('d.position', '=', 0),
    )
    .orderBy('e.started_at', 'desc')
    .orderBy('e.id', 'desc')
    .selectAll('e')
    .select([
      'f.short_name as facility_name',
      'p.full_name as patient_name',
      'd.system as dx_system',
      'd.code as dx_code',
      'd.display as dx_display',
    ])
}

const openEncountersAt = compileOnce((tx, { facilityIds }: { facilityIds: readonly string[] }) =>
  newestEncounters(tx)
    .where('e.status', '=', 'in_progress')
    .where(sql<boolean>`e.facility_id = any (${facilityIds}::uuid[])`)
    .limit(200),
)

interface FirstPage {
  patientId: string
  limit: number
}

const encountersOf = compileOnce((tx, { patientId, limit }: FirstPage) =>
  newestEncounters(tx)
    .where('e.patient_id', '=', patientId)
    .limit(sql<number>`${limit}`),
)

const finishedEncountersOf = compileOnce((tx, { patientId, limit }: FirstPage) =>
  newestEncounters(tx)
    .where('e.patient_id', '=', patientId)
    .where('e.status', '=', 'finished')
    .limit(sql<number>`${limit}`),
)

const encountersOfIds = compileOnce((tx, { ids }: { ids: readonly string[] }) =>
  newestEncounters(tx).where(sql<boolean>`e.id = any (${ids}::uuid[])`),
)

/** Encounters as one line each, newest first. */
export async function encounterLines(tx: Tx, filter: LineFilter) {
  return (await encounterRows(tx, filter)).map((row) => ({ row, line: lineOf(row) }))
}

async function encounterRows(tx: Tx, filter: LineFilter) {
  if ('openAt' in filter) return filter.openAt.length === 0 ? [] : openEncountersAt(tx, { facilityIds: filter.openAt })
  if ('ids' in filter) return filter.ids.length === 0 ? [] : encountersOfIds(tx, filter)
  if ('finishedOnly' in filter) return finishedEncountersOf(tx, filter)
  return encountersOf(tx, filter)
}

function lineOf(
  row: EncounterRow & {
    facility_name: string
    dx_system: string | null
    dx_code: string | null
    dx_display: string | null
  },
) {
  return {
    id: row.id,
    facilityName: row.facility_name,
    practitionerName: row.practitioner_name,
    remoteMode: row.remote_mode,
    status: row.status,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    complaint: row.complaint,
    diagnosis:
      row.dx_code === null
        ? null
        : { system: row.dx_system ?? icd10, code: row.dx_code, display: row.dx_display ?? '' },
    conclusion: row.conclusion,
    referredUp: wasSentUp(row),
  }
}
