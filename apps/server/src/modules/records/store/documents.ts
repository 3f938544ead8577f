import type { SheetPart } from '@moinha/contracts/filed-document'
import { sql } from 'kysely'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { Registries } from '../../../platform/registries/registries.ts'
import { documentKinds } from '../document-kinds.ts'

const documentsBy = (owner: 'd.patient_id' | 'd.encounter_id') =>
  compileOnce((tx, { id }: { id: string }) => newestDocuments(tx).where(owner, '=', id))

function newestDocuments(tx: Tx) {
  return tx
    .selectFrom('records.document as d')
    .innerJoin('facilities.unit as f', 'f.id', 'd.facility_id')
    .innerJoin('records.document_kind as k', 'k.code', 'd.kind')
    .distinctOn('d.id')
    .orderBy('d.id')
    .orderBy('d.version', 'desc')
    .select([
      'd.id',
      'd.kind',
      'k.name_vi',
      'k.name_en',
      'd.title',
      'd.version',
      'd.encounter_id',
      'd.created_at',
      'f.short_name',
    ])
}

const documentsOfPatient = documentsBy('d.patient_id')
const documentsOfEncounter = documentsBy('d.encounter_id')

const documentsOfIds = compileOnce((tx, { ids }: { ids: readonly string[] }) =>
  newestDocuments(tx).where(sql<boolean>`d.id = any (${ids}::uuid[])`),
)

/** These documents, newest version of each. */
export async function documentLinesOf(tx: Tx, ids: readonly string[]) {
  return ids.length === 0 ? [] : (await documentsOfIds(tx, { ids })).map(documentLine)
}

/** Documents of a patient or encounter, newest version of each, latest first. */
export async function documentLines(tx: Tx, of: { patientId: string } | { encounterId: string }) {
  const rows = await ('patientId' in of
    ? documentsOfPatient(tx, { id: of.patientId })
    : documentsOfEncounter(tx, { id: of.encounterId }))
  return rows.sort((one, other) => other.created_at.getTime() - one.created_at.getTime()).map(documentLine)
}

interface DocumentRow {
  id: string
  kind: string
  name_vi: string
  name_en: string
  title: string
  version: number
  encounter_id: string | null
  created_at: Date
  short_name: string
}

const documentLine = (row: DocumentRow) => ({
  id: row.id,
  kind: row.kind,
  kindName: { vi: row.name_vi, en: row.name_en },
  title: row.title,
  version: row.version,
  encounterId: row.encounter_id,
  facilityName: row.short_name,
  createdAt: row.created_at.toISOString(),
})

/** The newest version filed under an id, for whoever files the next. Ask as the system. */
export async function newestVersion(
  tx: Tx,
  id: string,
): Promise<{ version: number; content: Record<string, unknown> } | undefined> {
  return tx
    .selectFrom('records.document')
    .where('id', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .select(['version', sql<Record<string, unknown>>`content`.as('content')])
    .executeTakeFirst()
}

/** One document whole; the newest version unless one is named. */
export async function documentOr404({ tx, registries }: Work, id: string, version?: number) {
  const rows = await tx
    .selectFrom('records.document as d')
    .innerJoin('facilities.unit as f', 'f.id', 'd.facility_id')
    .innerJoin('records.document_kind as k', 'k.code', 'd.kind')
    .innerJoin('records.patient as p', 'p.id', 'd.patient_id')
    .where('d.id', '=', id)
    .orderBy('d.version', 'desc')
    .select([
      'd.id',
      'd.kind',
      'k.name_vi',
      'k.name_en',
      'd.title',
      'd.version',
      'd.encounter_id',
      'd.created_at',
      'd.patient_id',
      'd.facility_id',
      'f.short_name',
      'p.full_name',
      sql<Record<string, unknown>>`d.content`.as('content'),
    ])
    .execute()
  const row = version === undefined ? rows[0] : rows.find((one) => one.version === version)
  if (!row) throw platformErrors.NOT_FOUND()
  return {
    id: row.id,
    kind: row.kind,
    kindName: { vi: row.name_vi, en: row.name_en },
    title: row.title,
    version: row.version,
    encounterId: row.encounter_id,
    facilityName: row.short_name,
    createdAt: row.created_at.toISOString(),
    patientId: row.patient_id,
    patientName: row.full_name,
    facilityId: row.facility_id,
    content: row.content,
    sheet: sheetOf(registries, row.kind, row.content),
    versions: rows.map((one) => one.version),
  }
}

/** Parts to read. Of a kind whose module is gone: what was written, under its own field names. */
function sheetOf(registries: Registries, kind: string, content: Record<string, unknown>): SheetPart[] {
  const known = registries.find(documentKinds, kind)
  if (known) return known.sheetOf(content)
  const lines = Object.entries(content).map(([field, value]) => ({
    label: { vi: field, en: field },
    values: [typeof value === 'string' ? value : JSON.stringify(value)],
    between: ' · ' as const,
  }))
  return [{ type: 'lines', lines }]
}
