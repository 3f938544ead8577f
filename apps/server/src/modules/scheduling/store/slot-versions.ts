import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

/** Who works there in public: whoever comes or goes changes the times one may book. */
const worker = sql`
  select distinct s.facility_id as id, s.person_id from identity.practitioner_card s
    join unit u on u.id = s.facility_id
  where s.valid_until is null and s.is_public`

/** Whose changes count for a unit: its own, its workers', and under the last one everybody's. */
const subject = sql`
  select id, id as subject_id from unit union all select id, person_id from worker
  union all select id, '00000000-0000-0000-0000-000000000000' from unit`

/** A sum over mixed ids: no set of changes that comes later, however late one commits, has the same. */
const change = sql`
  select s.id, count(c.id) || ' ' || coalesce(sum(hashint8extended(c.id, 0)), 0) as word
  from subject s left join scheduling.slot_change c on c.subject_id = s.subject_id group by s.id`

/** Announcing is of another module and leaves no change here: what is announced stands in the word itself. */
const service = sql`
  select t.facility_id as id, string_agg(concat_ws(' ', t.service, t.allowed_from, t.ended_on), ' '
    order by t.service, t.allowed_from) as word
  from facilities.announced_service t join unit u on u.id = t.facility_id group by t.facility_id`

/**
 * What the free times of units stand on, in one word each: who works there in public, which remote services it
 * announced, and what changed of hours, days off, settings and bookings (`scheduling.slot_change`, written by triggers
 * in the transaction that changes them). Another word: something changed. A unit that is not there today has none.
 */
export async function readSlotVersions(tx: Tx, facilityIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; version: string }>`
    with unit as (
      select facility_id as id from facilities.current_path where facility_id = any (${facilityIds}::uuid[])
    ), worker as (${worker}), subject as (${subject}), change as (${change}), staff as (
      select id, string_agg(person_id::text, ' ' order by person_id) as word from worker group by id
    ), service as (${service})
    select id, md5(concat_ws('|', change.word, staff.word, service.word)) as version
    from change left join staff using (id) left join service using (id)`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.version]))
}

/** Old changes say nothing any more once a later one of the same subject stands. */
export async function forgetSlotChanges(tx: Tx): Promise<void> {
  await sql`delete from scheduling.slot_change c where c.at < now() - interval '1 hour'
    and exists (select from scheduling.slot_change later where later.subject_id = c.subject_id
      and later.id > c.id)`.execute(tx)
}
