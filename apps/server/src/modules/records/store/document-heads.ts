import { sql } from 'kysely'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { HeadTemplate } from '../domain/document-head.ts'

interface Place {
  name: string
  commune_name: string | null
  parent: string | null
}

/** The unit as a head names it, and who administers it today. */
export async function placeOfHead(tx: Tx, facilityId: string): Promise<Place> {
  const { rows } = await sql<Place>`
    select u.name, u.commune_name, above.name as parent
    from facilities.unit u
    left join facilities.current_path own on own.facility_id = u.id and nlevel(own.path) > 1
    left join facilities.current_path up on up.path = subpath(own.path, 0, nlevel(own.path) - 1)
    left join facilities.unit above on above.id = up.facility_id
    where u.id = ${facilityId}`.execute(tx)
  const [place] = rows
  if (!place) throw new Error('a document of no unit')
  return place
}

/** The template that held when a document was filed: nearest unit first, then of its kind before any kind. */
export async function headTemplate(
  tx: Tx,
  kind: string,
  facilityId: string,
  filedAt: Date,
): Promise<{ template: HeadTemplate; ofKind: boolean }> {
  const { rows } = await sql<{ head: unknown; of_kind: boolean }>`
    select h.head, h.kind is not null as of_kind from records.document_head h
    left join facilities.current_path owner on owner.facility_id = h.facility_id
    left join facilities.current_path own on own.facility_id = ${facilityId}
    where (h.kind is null or h.kind = ${kind})
      and (h.facility_id is null or h.facility_id = ${facilityId} or own.path <@ owner.path)
      and h.valid_from <= ${localDateOf(filedAt)}::date
    order by (h.facility_id = ${facilityId}) desc nulls last, nlevel(owner.path) desc nulls last,
      h.kind nulls last, h.valid_from desc
    limit 1`.execute(tx)
  return { template: HeadTemplate.parse(rows[0]?.head), ofKind: rows[0]?.of_kind ?? false }
}
