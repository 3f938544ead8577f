import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { SpanRow } from './recording-rows.ts'

/** A span that the media side records, with where its visit's room is. */
export interface EgressSpan extends SpanRow {
  visit_id: string
  media_node: string | null
  media_room_no: number
}

const spans = (tx: Tx) =>
  tx
    .selectFrom('calls.recording_span as s')
    .innerJoin('calls.recording as r', 'r.id', 's.recording_id')
    .innerJoin('calls.visit as v', 'v.id', 'r.visit_id')
    .selectAll('s')
    .select(['r.visit_id', 'v.media_node', 'v.media_room_no'])
    .where('s.recorded_by', '=', 'server')

export const egressSpan = (tx: Tx, spanId: string): Promise<EgressSpan | undefined> =>
  spans(tx).where('s.id', '=', spanId).executeTakeFirst()

export const spanOfEgress = (tx: Tx, egressId: string): Promise<EgressSpan | undefined> =>
  spans(tx).where('s.egress_id', '=', egressId).executeTakeFirst()

/** Those of which no end was heard, begun before this moment. */
export const waitingSpans = (tx: Tx, before: Date): Promise<EgressSpan[]> =>
  spans(tx)
    .where('s.egress_over_at', 'is', null)
    .where('s.opened_at', '<', before)
    .orderBy('s.opened_at')
    .limit(100)
    .execute()

/** False also for what is none of ours. */
export async function isClosedSpan(tx: Tx, spanId: string): Promise<boolean> {
  const span = await egressSpan(tx, spanId)
  return span !== undefined && span.closed_at !== null
}

/** It has begun under this name; false where it was closed meanwhile. */
export async function nameEgress(tx: Tx, spanId: string, egressId: string): Promise<boolean> {
  const row = await tx
    .updateTable('calls.recording_span')
    .set({ egress_id: egressId })
    .where('id', '=', spanId)
    .returning('closed_at')
    .executeTakeFirst()
  return row !== undefined && row.closed_at === null
}

/** Nothing more comes of it; false where that was known. */
export async function endEgress(
  tx: Tx,
  spanId: string,
  { at, failed }: { at: Date; failed: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('calls.recording_span')
    .set({ egress_over_at: at, egress_failed: failed })
    .where('id', '=', spanId)
    .where('egress_over_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Did the media side fail this recording before? Then the asker's page goes on with it. */
export async function hasFailedAtServer(tx: Tx, recordingId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('calls.recording_span')
    .select(sql`1`.as('one'))
    .where('recording_id', '=', recordingId)
    .where('egress_failed', '=', true)
    .executeTakeFirst()
  return row !== undefined
}
