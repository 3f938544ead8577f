import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'

/** Documents of a patient or encounter, newest version of each, latest first. */
export async function documentLines(tx: Tx, of: { patientId: string } | { encounterId: string }) {
  const rows = await tx
    .selectFrom('records.document as d')
    .innerJoin('facilities.facility as f', 'f.id', 'd.facility_id')
    .where(
      'patientId' in of ? 'd.patient_id' : 'd.encounter_id',
      '=',
      'patientId' in of ? of.patientId : of.encounterId,
    )
    .distinctOn('d.id')
    .orderBy('d.id')
    .orderBy('d.version', 'desc')
    .select(['d.id', 'd.kind', 'd.title', 'd.version', 'd.encounter_id', 'd.created_at', 'f.short_name'])
    .execute()
  return rows
    .sort((one, other) => other.created_at.getTime() - one.created_at.getTime())
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      title: row.title,
      version: row.version,
      encounterId: row.encounter_id,
      facilityName: row.short_name,
      createdAt: row.created_at.toISOString(),
    }))
}

/** One document whole; the newest version unless one is named. */
export async function documentOr404(tx: Tx, id: string, version?: number) {
  const rows = await tx
    .selectFrom('records.document as d')
    .innerJoin('facilities.facility as f', 'f.id', 'd.facility_id')
    .innerJoin('records.patient as p', 'p.id', 'd.patient_id')
    .where('d.id', '=', id)
    .orderBy('d.version', 'desc')
    .select([
      'd.id',
      'd.kind',
      'd.title',
      'd.version',
      'd.encounter_id',
      'd.created_at',
      'd.patient_id',
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
    title: row.title,
    version: row.version,
    encounterId: row.encounter_id,
    facilityName: row.short_name,
    createdAt: row.created_at.toISOString(),
    patientId: row.patient_id,
    patientName: row.full_name,
    content: row.content,
    versions: rows.map((one) => one.version),
  }
}
