import { sql, type RawBuilder } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { openStatuses } from '../domain/life-cycle.ts'
import { consultLines, toLine, type LineRow } from '../store/consult-lines.ts'

export interface ListQuestion {
  box: 'incoming' | 'outgoing' | 'unit'
  state: 'open' | 'done' | 'all'
  encounterId?: string | undefined
  after?: string | undefined
  limit: number
}

/** One page of cases, newest first. */
export async function listConsults(work: Work, ask: ListQuestion) {
  const rows = await consultLines(
    work.tx,
    sql.join([boxOf(work, ask.box), stateOf(ask.state), encounterOf(ask.encounterId), afterOf(ask.after)], sql` and `),
    ask.limit + 1,
  )
  const page = rows.slice(0, ask.limit)
  const last = page.at(-1)
  work.audit({
    action: 'consults.list',
    subject: 'consult',
    patientIds: page.map((row) => row.patient_id),
    detail: { box: ask.box, count: page.length },
  })
  return { items: page.map(toLine), next: rows.length > ask.limit && last ? cursorOf(last) : null }
}

/** The rows a list may show, one branch per box: each has an index of its own. The second wall says the same. */
function boxOf({ actor }: Work, box: ListQuestion['box']): RawBuilder<unknown> {
  if (box === 'outgoing') return sql`consult.requesting_facility_id = any(${[...actor.clinicalFacilityIds]}::uuid[])`
  if (box === 'unit')
    return sql`(consult.supporting_facility_id = any((select consults.led_facilities())::uuid[])
      and consult.status <> 'draft')`
  return sql`(consult.consultant_id = ${actor.personId} or (consult.status in ('submitted', 'unanswered')
    and exists (select from consults.ring x where x.consult_id = consult.id and x.round = consult.round
      and x.person_id = ${actor.personId})))`
}

function stateOf(state: ListQuestion['state']): RawBuilder<unknown> {
  if (state === 'all') return sql`true`
  const open = sql`consult.status = any(${[...openStatuses]}::text[])`
  return state === 'open' ? open : sql`not (${open})`
}

const encounterOf = (id: string | undefined): RawBuilder<unknown> =>
  id ? sql`consult.encounter_id = ${id}` : sql`true`

const cursorOf = (row: LineRow): string => `${row.created_at.toISOString()}_${row.id}`

function afterOf(cursor: string | undefined): RawBuilder<unknown> {
  if (!cursor) return sql`true`
  const { at, id } = readInstantCursor(cursor, '_')
  // created_at has microseconds, the cursor milliseconds: compare what the cursor knows
  return sql`(date_trunc('milliseconds', consult.created_at), consult.id) < (${at}::timestamptz, ${id}::uuid)`
}

/**
 * What rings for the actor at this moment. Silence leaves no row: screens ask at every change, and most hear nothing.
 */
export async function listRinging(work: Work) {
  const rows = await consultLines(work.tx, sql`r.person_id = ${work.actor.personId}`, 20)
  const [first, ...more] = rows
  const only = first && more.length === 0 ? { subjectId: first.id } : {}
  const patientIds = rows.map((row) => row.patient_id)
  if (first)
    work.audit({
      action: 'consults.listRinging',
      subject: 'consult',
      ...only,
      patientIds,
      detail: { count: rows.length },
    })
  return { items: rows.map(toLine), serverNow: work.now.toISOString() }
}
