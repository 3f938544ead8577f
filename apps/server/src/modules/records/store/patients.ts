import { sql } from 'kysely'
import type { Candidate, Elsewhere } from '@moinha/contracts/records'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { maskIdentifier, type Needle } from '../domain/identifiers.ts'
import type { IdentifierSystem, PatientTable } from './tables.ts'
import type { Selectable } from 'kysely'

export type PatientRow = Selectable<PatientTable>

const patientById = compileOnce((tx, { id }: { id: string }) =>
  tx.selectFrom('records.patient').where('id', '=', id).selectAll(),
)

/** The patient, or the 404 of a row the actor may not know of. */
export async function patientOr404(tx: Tx, id: string): Promise<PatientRow> {
  const [row] = await patientById(tx, { id })
  if (!row) throw platformErrors.NOT_FOUND()
  return row
}

/** What may be corrected of a patient, with the version that a correction is based on. */
export function particularsOf(row: PatientRow) {
  return {
    fullName: row.full_name,
    sex: row.sex,
    birthDate: row.birth_date,
    phone: row.phone,
    address: row.address,
    occupation: row.occupation,
    ethnicity:
      row.ethnicity_system && row.ethnicity_code ? { system: row.ethnicity_system, code: row.ethnicity_code } : null,
    version: row.version,
  }
}

/** Holds the patient's row until the transaction ends, if it still stands at this version. */
export async function lockVersion(tx: Tx, id: string, version: number): Promise<boolean> {
  const row = await tx
    .selectFrom('records.patient')
    .where('id', '=', id)
    .select('version')
    .forUpdate()
    .executeTakeFirst()
  return row?.version === version
}

export interface PageAsked {
  facilityId?: string | undefined
  after?: { search: string; id: string } | undefined
  limit: number
}

/** A page of patients under the actor's care, in order of name. */
export async function findPatients(tx: Tx, needle: Needle, { facilityId, after, limit }: PageAsked) {
  const { rows } = await sql<{
    id: string
    search: string
    full_name: string
    sex: PatientRow['sex']
    birth_date: string | null
    phone: string | null
    identifier: string | null
    home: string | null
    last_at: Date | null
  }>`
    select f.id, f.search, p.full_name, p.sex, p.birth_date, p.phone, u.short_name as home,
      (select i.value from records.patient_identifier i where i.patient_id = f.id and upper_inf(i.valid)
      order by (i.system = 'citizen_id') desc, i.system limit 1) as identifier,
      (select max(e.started_at) from records.encounter e where e.patient_id = f.id) as last_at
    from records.find_patients('%' || platform.fold(${needle.name}) || '%', ${needle.phone}, ${needle.number},
      ${facilityId ?? null}::uuid,
        ${after?.search ?? null}, ${after?.id ?? null}::uuid, ${limit + 1}) f
      join records.patient p on p.id = f.id left join facilities.unit u on u.id = p.home_facility_id
    order by f.search, f.id`.execute(tx)
  const items = rows.slice(0, limit)
  return { items, more: rows.length > limit }
}

export interface DuplicateQuery {
  fullName?: string
  birthDate?: string | null
  phone?: string | null
  identifiers: readonly { system: IdentifierSystem; value: string }[]
}

interface Hit {
  id: string
  full_name: string
  birth_year: number | null
  commune: string | null
  number: string | null
  same_name: boolean
  same_phone: boolean
  same_number: boolean
}

type Lookalike = Hit & { home_facility_id: string | null; seen: boolean }

async function lookalikes(tx: Tx, query: DuplicateQuery): Promise<Lookalike[]> {
  const { rows } = await sql<Lookalike>`
    select d.id, d.full_name, d.birth_year, d.home_facility_id, coalesce(f.commune_name, f.short_name) as commune,
      d.number,
      d.same_name, d.same_phone, d.same_number, d.seen
    from records.possible_duplicates(${query.fullName ?? null}, ${query.birthDate ?? null}::date,
        ${query.phone ? [query.phone] : []}::text[], ${query.identifiers.map((one) => one.system)}::text[],
        ${query.identifiers.map((one) => one.value)}::text[]) d
      left join facilities.unit f on f.id = d.home_facility_id`.execute(tx)
  return rows
}

/**
 * Who somebody may be already: within reach as candidates; elsewhere only by what is the same, past the wall and
 * without a person.
 */
export async function possibleDuplicates(
  tx: Tx,
  query: DuplicateQuery,
): Promise<{ candidates: Candidate[]; elsewhere: Elsewhere[] }> {
  const rows = await lookalikes(tx, query)
  const outside = rows.filter((row) => !row.seen)
  return {
    candidates: rows.filter((row) => row.seen).map((row) => ({ patientId: row.id, ...shownOf(row) })),
    elsewhere: [
      ...(outside.some((row) => row.same_number) ? ['identifier' as const] : []),
      ...(outside.some((row) => row.same_name) ? ['name_and_birth' as const] : []),
    ],
  }
}

export interface Told {
  id: string
  homeFacilityId: string | null
}

/**
 * The patients behind "somebody with this number, or this name and birth date": for the access log, never for an
 * answer. Ask as the system: the database tells nobody else who they are.
 */
export async function toldOf(tx: Tx, query: DuplicateQuery): Promise<Told[]> {
  const rows = await lookalikes(tx, query)
  return rows
    .filter((row) => row.same_number || row.same_name)
    .map((row) => ({ id: row.id, homeFacilityId: row.home_facility_id }))
}

function shownOf(row: Hit) {
  return {
    fullName: row.full_name,
    birthYear: row.birth_year,
    commune: row.commune,
    identifier: row.number === null ? null : maskIdentifier(row.number),
    why: [
      ...(row.same_number ? ['identifier' as const] : []),
      ...(row.same_name ? ['name_and_birth' as const] : []),
      ...(row.same_phone ? ['phone' as const] : []),
    ],
  }
}

/**
 * Somebody's record in an emergency, past the wall: by a whole number, or the full name and birth date. `id` stays with
 * the server.
 */
export async function emergencyHits(tx: Tx, query: Pick<DuplicateQuery, 'fullName' | 'birthDate' | 'identifiers'>) {
  const { rows } = await sql<Omit<Hit, 'same_phone'>>`
    select d.id, d.full_name, d.birth_year, coalesce(f.commune_name, f.short_name) as commune, d.number, d.same_name,
      d.same_number
    from records.emergency_find(${query.fullName ?? null}, ${query.birthDate ?? null}::date,
        ${query.identifiers.map((one) => one.system)}::text[], ${query.identifiers.map((one) => one.value)}::text[]) d
      left join facilities.unit f on f.id = d.home_facility_id`.execute(tx)
  return rows.map((row) => ({ id: row.id, shown: shownOf({ ...row, same_phone: false }) }))
}

interface IdentifierRow {
  id: string
  system: IdentifierSystem
  value: string
  from: string | null
  until: string | null
  recorded_at: Date
}

const identifiersByPatient = compileOnce(
  (_tx, { patientId }: { patientId: string }) => sql<IdentifierRow>`
    select id, system, value, nullif(lower(valid), '1900-01-01') as from, upper(valid) as until, recorded_at
    from records.patient_identifier where patient_id = ${patientId} order by upper_inf(valid) desc, system,
      lower(valid) desc`,
)

/** All numbers of a patient, current ones first, with their days. */
export async function identifiersOf(tx: Tx, patientId: string) {
  const rows = await identifiersByPatient(tx, { patientId })
  return rows.map(({ recorded_at, ...row }) => ({ ...row, recordedAt: recorded_at.toISOString() }))
}
