import type { AuditOutcome } from '@moinha/contracts/audit'
import { sql, type RawBuilder } from 'kysely'
import { addDays, instantOf } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'

export interface EntryRow {
  id: string
  at: Date
  action: string
  outcome: AuditOutcome
  subject: string
  subjectId: string | null
  actorKind: string
  actorId: string | null
  actorFacilityId: string | null
  facilityId: string | null
  patientIds: string[]
  sealed: boolean
}

export interface EntryFilter {
  facilityId?: string | undefined
  actorId?: string | undefined
  patientId?: string | undefined
  action?: string | undefined
  outcome?: AuditOutcome | undefined
  from?: string | undefined
  to?: string | undefined
  after?: string | undefined
  limit: number
}

/**
 * Rows that fulfil the filter, newest first, one more than the page. Row-level security says which units the actor
 * reads.
 */
export async function entryRows(tx: Tx, filter: EntryFilter): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select e.id::text as id, e.at, e.action, e.outcome, e.subject, e.subject_id as "subjectId",
      e.actor_kind as "actorKind", e.actor_id as "actorId",
      e.actor_facility_id as "actorFacilityId", e.facility_id as "facilityId", e.chain is not null as sealed,
      coalesce(e.patient_ids, case when e.patient_id is null then '{}'
      else array[e.patient_id] end)::text[] as "patientIds"
    from audit.entry e where ${sql.join([scopeOf(), ...conditionsOf(filter)], sql` and `)}
    order by e.id desc limit ${filter.limit + 1}`.execute(tx)
  return rows
}

/** The log of one's units, not what else one may read of it (one's own acts elsewhere, one's own record). */
const scopeOf = (): RawBuilder<unknown> => sql`(e.facility_id = any ((select audit.read_facilities())::uuid[])
  or e.actor_facility_id = any ((select audit.read_facilities())::uuid[])
  or (e.facility_id is null and e.actor_facility_id is null and (select audit.reads_top())))`

function conditionsOf(filter: EntryFilter): RawBuilder<unknown>[] {
  const { facilityId, actorId, patientId, action, outcome, from, to, after } = filter
  if (after !== undefined && !/^\d{1,18}$/.test(after))
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'CURSOR' }])
  return [
    ...(facilityId ? [sql`(e.facility_id = ${facilityId} or e.actor_facility_id = ${facilityId})`] : []),
    ...(actorId ? [sql`e.actor_id = ${actorId}`] : []),
    ...(patientId ? [sql`(e.patient_id = ${patientId} or e.patient_ids @> array[${patientId}]::uuid[])`] : []),
    ...(action ? [sql`e.action = ${action}`] : []),
    ...(outcome ? [sql`e.outcome = ${outcome}`] : []),
    ...(from ? [sql`e.at >= ${instantOf(from)}`] : []),
    ...(to ? [sql`e.at < ${instantOf(addDays(to, 1))}`] : []),
    ...(after ? [sql`e.id < ${after}::bigint`] : []),
  ]
}
