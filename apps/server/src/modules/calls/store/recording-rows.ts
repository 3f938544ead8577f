import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type {
  RecordingChunkTable,
  RecordingConsentTable,
  RecordingSpanTable,
  RecordingTable,
} from './recording-tables.ts'

export type RecordingRow = Selectable<RecordingTable>
export type ConsentRow = Selectable<RecordingConsentTable>
export type SpanRow = Selectable<RecordingSpanTable>
export type ChunkRow = Selectable<RecordingChunkTable>

/** The recording that stands: the open one, else the newest. */
export function latestRecording(tx: Tx, visitId: string): Promise<RecordingRow | undefined> {
  return tx
    .selectFrom('calls.recording')
    .selectAll()
    .where('visit_id', '=', visitId)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Inserts it unless it is there, or another one is under way; answers the row of this id. */
export async function insertRecording(
  tx: Tx,
  row: Pick<RecordingRow, 'id' | 'visit_id' | 'basis' | 'asked_by' | 'asked_at'>,
): Promise<RecordingRow | undefined> {
  await tx
    .insertInto('calls.recording')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return tx.selectFrom('calls.recording').selectAll().where('id', '=', row.id).executeTakeFirst()
}

/** The recording, held until the end of the transaction, so that an answer and a span do not miss each other. */
export function lockRecording(tx: Tx, visitId: string, id: string): Promise<RecordingRow | undefined> {
  return tx
    .selectFrom('calls.recording')
    .selectAll()
    .where('id', '=', id)
    .where('visit_id', '=', visitId)
    .forUpdate()
    .executeTakeFirst()
}

/** The one under way, held. */
export function lockOpenRecording(tx: Tx, visitId: string): Promise<RecordingRow | undefined> {
  return tx
    .selectFrom('calls.recording')
    .selectAll()
    .where('visit_id', '=', visitId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** What runs of it is closed before. */
export async function endRecordingRow(
  tx: Tx,
  id: string,
  ended: { at: Date; as: NonNullable<RecordingRow['ended_as']> },
): Promise<void> {
  await tx
    .updateTable('calls.recording')
    .set({ ended_at: ended.at, ended_as: ended.as })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

export function consentsOf(tx: Tx, recordingId: string): Promise<ConsentRow[]> {
  return tx.selectFrom('calls.recording_consent').selectAll().where('recording_id', '=', recordingId).execute()
}

/** Who said no stays a no: consent is asked anew with the next recording. */
export async function writeConsent(tx: Tx, row: ConsentRow): Promise<void> {
  await tx
    .insertInto('calls.recording_consent')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['recording_id', 'person_id']).doUpdateSet({ refused_at: row.refused_at }),
    )
    .execute()
}

export function openSpanOf(tx: Tx, recordingId: string): Promise<SpanRow | undefined> {
  return tx
    .selectFrom('calls.recording_span')
    .selectAll()
    .where('recording_id', '=', recordingId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
}

/** Closes what runs, or only this span or what this person opened; answers what was closed. */
export async function closeSpans(
  tx: Tx,
  recordingId: string,
  at: Date,
  only: { spanId?: string; openedBy?: string } = {},
): Promise<Pick<SpanRow, 'id' | 'recorded_by'>[]> {
  let query = tx
    .updateTable('calls.recording_span')
    .set({ closed_at: at })
    .where('recording_id', '=', recordingId)
    .where('closed_at', 'is', null)
  if (only.spanId !== undefined) query = query.where('id', '=', only.spanId)
  if (only.openedBy !== undefined) query = query.where('opened_by', '=', only.openedBy)
  return query.returning(['id', 'recorded_by']).execute()
}

/** False where the id is another span's. */
export async function insertSpan(
  tx: Tx,
  row: Pick<SpanRow, 'id' | 'recording_id' | 'opened_by' | 'opened_at' | 'recorded_by'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto('calls.recording_span')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

/** A span with its recording. */
export function spanOf(
  tx: Tx,
  spanId: string,
): Promise<(SpanRow & Pick<RecordingRow, 'visit_id' | 'asked_at'>) | undefined> {
  return tx
    .selectFrom('calls.recording_span as s')
    .innerJoin('calls.recording as r', 'r.id', 's.recording_id')
    .selectAll('s')
    .select(['r.visit_id', 'r.asked_at'])
    .where('s.id', '=', spanId)
    .executeTakeFirst()
}

export async function insertChunk(tx: Tx, row: ChunkRow): Promise<void> {
  await tx
    .insertInto('calls.recording_chunk')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** How many years what is recorded in this span is kept, by the operator's figure. */
export async function yearsOfSpan(tx: Tx, spanId: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('calls.recording_span as s')
    .innerJoin('calls.recording as r', 'r.id', 's.recording_id')
    .innerJoin('calls.recording_retention as t', 't.basis', 'r.basis')
    .where('s.id', '=', spanId)
    .select('t.years')
    .executeTakeFirst()
  return row?.years
}

/** The chunks of spans that play as one each: from the first to the last before a gap. */
export async function chunksOf(tx: Tx, spanIds: readonly string[]): Promise<Map<string, ChunkRow[]>> {
  const rows = await tx
    .selectFrom('calls.recording_chunk')
    .selectAll()
    .where(sql<boolean>`span_id = any (${spanIds}::uuid[])`)
    .orderBy('span_id')
    .orderBy('no')
    .execute()
  const played = new Map<string, ChunkRow[]>()
  for (const row of rows) {
    const chunks = played.get(row.span_id) ?? []
    if (row.no === chunks.length) chunks.push(row)
    played.set(row.span_id, chunks)
  }
  return played
}

export interface NamedSpanRow extends SpanRow {
  /** Who recorded it, as they are called in the visit. */
  opened_by_name: string
}

/** All spans of a visit in their order, also of recordings that were ended long ago. */
export function spansOfVisit(tx: Tx, visitId: string): Promise<NamedSpanRow[]> {
  return tx
    .selectFrom('calls.recording_span as s')
    .innerJoin('calls.recording as r', 'r.id', 's.recording_id')
    .leftJoin('calls.member as m', (join) =>
      join.onRef('m.visit_id', '=', 'r.visit_id').onRef('m.person_id', '=', 's.opened_by'),
    )
    .selectAll('s')
    .select(sql<string>`coalesce(m.name, '')`.as('opened_by_name'))
    .where('r.visit_id', '=', visitId)
    .orderBy('s.opened_at')
    .orderBy('s.id')
    .execute()
}
