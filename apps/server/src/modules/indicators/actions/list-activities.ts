import type { annexActivities, annexByUnit } from '@moinha/contracts/indicators'
import type { HandlerReply } from '@moinha/contracts/route'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { filtersOf, type Filter } from '../domain/formula.ts'
import { indicatorErrors } from '../errors.ts'
import { activitiesOf, matches } from '../store/count-activities.ts'
import { openReport, type OpenReport, type ReportRequest } from './open-report.ts'

export interface RowRequest extends ReportRequest {
  no: string
}

interface ActivityRow {
  id: string
  at: Date
  kind: string
  kind_vi: string
  kind_en: string
  facility: string
  counterpart: string | null
  person: string | null
  title: string | null
  self_performed: boolean
  programme: string | null
  patient_id: string | null
  revision: number
  cause: string | null
  cause_vi: string | null
  cause_en: string | null
  recorded_at: Date | null
  back_cause: string | null
  back_vi: string | null
  back_en: string | null
  back_at: Date | null
}

function rowFilters({ form }: OpenReport, no: string): Filter[] {
  const formulas = new Map(form.rows.map((row) => [row.no, row.formula]))
  const formula = formulas.get(no)
  if (!formula) throw indicatorErrors.FORM_ROW_UNKNOWN()
  return filtersOf(formula, formulas)
}

const anyOf = (filters: Filter[]) => sql`(${sql.join(filters.map(matches), sql` or `)})`

/**
 * The activities behind one number, newest first, keyset-paged, those taken back among them and marked. No patient's
 * name leaves: opening a record needs its own permission.
 */
export async function listActivities(
  work: Work,
  request: RowRequest & { after?: string | undefined; limit: number },
): Promise<HandlerReply<typeof annexActivities>> {
  const report = await openReport(work, request)
  const filters = rowFilters(report, request.no)
  const after = readInstantCursor(request.after, '~')
  const beyond = after ? sql`and (a.at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await report.asReader(({ tx }) =>
    sql<ActivityRow>`
    select a.id, a.at, a.kind, kind.name_vi as kind_vi, kind.name_en as kind_en,
      cause.name_vi as cause_vi, cause.name_en as cause_en, back_cause.name_vi as back_vi,
      back_cause.name_en as back_en, f.name as facility, c.name as counterpart, p.full_name as person,
      a.practitioner_title as title,
      a.self_performed, a.programme, a.patient_id, a.revision, a.cause, a.recorded_at, back.cause as back_cause,
      back.recorded_at as back_at
    from (select a.* from ${activitiesOf(report.unitIds, report.span)} and a.sign = 1 and ${anyOf(filters)} ${beyond}
      order by a.at desc, a.id desc limit ${request.limit + 1}) a
    left join indicators.activity back on back.reverses = a.id and back.province_key = a.province_key
    join indicators.activity_kind kind on kind.code = a.kind
    left join indicators.activity_cause cause on cause.code = a.cause
    left join indicators.activity_cause back_cause on back_cause.code = back.cause
    join facilities.unit f on f.id = a.facility_id left join facilities.unit c on c.id = a.counterpart_facility_id
    left join identity.person_card p on p.id = a.practitioner_id order by a.at desc, a.id desc`.execute(tx),
  )
  work.audit({
    action: 'indicators.annexActivities',
    subject: 'report',
    facilityId: report.unit.id,
    detail: { form: request.form, no: request.no, quarter: request.quarter },
  })
  const page = rows.slice(0, request.limit)
  const last = page.at(-1)
  return {
    items: page.map(toItem),
    next: rows.length > request.limit && last ? `${last.at.toISOString()}~${last.id}` : null,
  }
}

function correction(cause: string | null, vi: string | null, en: string | null, at: Date | null) {
  return cause && vi && en && at ? { cause, causeName: { vi, en }, at: at.toISOString() } : null
}

function toItem(row: ActivityRow) {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    kindName: { vi: row.kind_vi, en: row.kind_en },
    facilityName: row.facility,
    practitionerName: row.person,
    practitionerTitle: row.title,
    selfPerformed: row.self_performed,
    counterpartName: row.counterpart,
    programme: row.programme,
    patientCode: row.patient_id && createHash('sha256').update(row.patient_id).digest('hex').slice(0, 6).toUpperCase(),
    takenBack: correction(row.back_cause, row.back_vi, row.back_en, row.back_at),
    restated: row.revision > 1 ? correction(row.cause, row.cause_vi, row.cause_en, row.recorded_at) : null,
  }
}

/** One number broken down by the units directly beneath; activities of the unit itself stand under its own name. */
export async function countByUnit(work: Work, request: RowRequest): Promise<HandlerReply<typeof annexByUnit>> {
  const report = await openReport(work, request)
  const filters = rowFilters(report, request.no)
  const { rows } = await report.asReader(({ tx }) =>
    sql<{ id: string; name: string; count: number }>`
    with top as (select path from facilities.tree_path where facility_id = ${report.unit.id}
    and valid @> ${report.mapDate}::date),
    home as (
      select below.facility_id, branch.facility_id as branch from top
        join facilities.tree_path below on below.path <@ top.path and below.valid @> ${report.mapDate}::date
      join facilities.tree_path branch on branch.valid @> ${report.mapDate}::date
        and branch.path = subpath(below.path, 0, least(nlevel(below.path), nlevel(top.path) + 1))
    ), counted as (select a.facility_id, sum(a.sign) as count from ${activitiesOf(report.unitIds, report.span)}
    and ${anyOf(filters)} group by 1)
    select b.id, b.name, coalesce(sum(counted.count), 0)::int8 as count from home
      join facilities.unit b on b.id = home.branch
    left join counted on counted.facility_id = home.facility_id group by b.id, b.name order by 3 desc, 2`.execute(tx),
  )
  return { items: rows.map((row) => ({ unitId: row.id, name: row.name, count: Number(row.count) })) }
}
