import { sql } from 'kysely'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { exactNumber } from '../../../platform/decimal/decimal.ts'
import type { InstantPlace } from '../../../platform/paging/instant-cursor.ts'
import type { FactKind, FactStatus } from '@moinha/contracts/records'

/** Where an entry stands: its moment to the microsecond, as PostgreSQL writes it. */
export interface TimelineKey {
  kind: 'encounter' | 'document' | 'measurements' | 'fact'
  id: string
  at: string
  /** The encounter of a set of measurements. */
  encounter_id: string | null
  /** The version of a fact. */
  no: number | null
}

interface Asked {
  patientId: string
  at: string
  id: string
  limit: number
}

/** Stands behind the place: older, or as old and of a smaller id. */
const behind = (at: string, id: string, asked: Asked) =>
  sql`(${sql.raw(at)}, ${sql.raw(id)}) < (${asked.at}::timestamptz, ${asked.id}::uuid)`

const encounterKeys = (asked: Asked) => sql`
  select 'encounter' as kind, e.id, e.started_at as at, null::uuid as encounter_id, null::int as no
  from records.encounter e where e.patient_id = ${asked.patientId} and ${behind('e.started_at', 'e.id', asked)}
  order by e.started_at desc, e.id desc limit ${asked.limit}`

/** The newest version of each. */
const documentKeys = (asked: Asked) => sql`
  select 'document', d.id, d.created_at, null::uuid, null::int from records.document d
  where d.patient_id = ${asked.patientId} and ${behind('d.created_at', 'd.id', asked)}
    and not exists (select from records.document n where n.id = d.id and n.version > d.version)
  order by d.created_at desc, d.id desc limit ${asked.limit}`

/** One entry for each encounter, at its latest measurement. */
const measurementKeys = (asked: Asked) => sql`
  select 'measurements', s.id, s.taken_at, s.encounter_id, null::int from (
    select distinct on (o.encounter_id) o.id, o.taken_at, o.encounter_id from records.observation o
    where o.patient_id = ${asked.patientId} and not o.taken_back
    order by o.encounter_id, o.taken_at desc, o.id desc) s
  where ${behind('s.taken_at', 's.id', asked)} order by s.taken_at desc, s.id desc limit ${asked.limit}`

const factKeys = (asked: Asked) => sql`
  select 'fact', v.fact_id, v.at, null::uuid, v.no from records.patient_fact_version v
  where v.patient_id = ${asked.patientId} and ${behind('v.at', 'v.fact_id', asked)}
  order by v.at desc, v.fact_id desc limit ${asked.limit}`

/**
 * Each source gives its newest entries after the place, by its own index of the patient: a page costs about the same
 * however long the record is.
 */
const keysAfter = compileOnce(
  (_tx, asked: Asked) => sql<TimelineKey>`
    with entries as ((${encounterKeys(asked)}) union all (${documentKeys(asked)})
      union all (${measurementKeys(asked)}) union all (${factKeys(asked)}))
    select kind, id, at::text as at, encounter_id, no from entries
    order by entries.at desc, id desc limit ${asked.limit}`,
)

/** Before everything: the newest entry stands behind it. */
const top: InstantPlace = { at: '2200-12-31T00:00:00Z', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }

export async function timelineKeys(
  tx: Tx,
  { patientId, after = top, limit }: { patientId: string; after?: InstantPlace | undefined; limit: number },
): Promise<TimelineKey[]> {
  return keysAfter(tx, { patientId, ...after, limit })
}

interface SetRow {
  encounter_id: string
  code: string
  display: string
  value: string
  unit: string
}

/** The latest of each kind of measurement, by encounter. */
export async function measurementSets(tx: Tx, encounterIds: readonly string[]) {
  const { rows } = await sql<SetRow>`
    select distinct on (encounter_id, code) encounter_id, code, display, value, unit from records.observation
    where encounter_id = any (${encounterIds}::uuid[]) and not taken_back
    order by encounter_id, code, taken_at desc`.execute(tx)
  return Map.groupBy(
    rows.map((row) => ({ ...row, value: exactNumber(row.value) })),
    (row) => row.encounter_id,
  )
}

interface FactVersionRow {
  fact_id: string
  no: number
  kind: FactKind
  status: FactStatus
  display: string
  reason: string | null
  author_name: string
}

/** Versions of facts as they were written, by `fact no`. */
export async function factChanges(tx: Tx, factIds: readonly string[]): Promise<Map<string, FactVersionRow>> {
  const { rows } = await sql<FactVersionRow>`
    select v.fact_id, v.no, f.kind, v.status, v.display, v.reason, v.author_name
    from records.patient_fact_version v join records.patient_fact f on f.id = v.fact_id
    where v.fact_id = any (${factIds}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [`${row.fact_id} ${row.no}`, row]))
}

interface ReadingRow {
  code: string
  value: string
  taken_at: Date
  encounter_id: string
}

const newestReadings = compileOnce(
  (_tx, { patientId, codes, limit }: { patientId: string; codes: readonly string[]; limit: number }) => sql<ReadingRow>`
    select r.* from unnest(${codes}::text[]) wanted(code) cross join lateral (
      select o.code, o.value, o.taken_at, o.encounter_id from records.observation o
      join records.encounter e on e.id = o.encounter_id and e.status <> 'cancelled'
      where o.patient_id = ${patientId} and o.code = wanted.code and not o.taken_back
      order by o.taken_at desc limit ${limit}) r
    order by r.taken_at, r.code`,
)

/** The latest measurements of each of these kinds, oldest first; of an encounter opened by mistake none. */
export async function readingsOf(tx: Tx, asked: { patientId: string; codes: readonly string[]; limit: number }) {
  const rows = await newestReadings(tx, asked)
  return rows.map((row) => ({
    code: row.code,
    value: exactNumber(row.value),
    takenAt: row.taken_at.toISOString(),
    encounterId: row.encounter_id,
  }))
}
