import { Id } from '@moinha/contracts/common'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { covers } from '../domain/tele-list.ts'

interface Asked {
  facilityId: string
  code: string
  /** The Vietnamese day it must hold on. */
  day: string
  /** The encounter that asks: a place it holds already is open to it. */
  encounterId: string | undefined
}

interface Approval {
  id: string
  patterns: string[]
  hasPlace: boolean
  holds: boolean
}

/**
 * Approvals of a unit that cover the disease on a day: the one with this encounter's place first, then those with any.
 */
export async function approvalsFor(tx: Tx, { facilityId, code, day, encounterId }: Asked): Promise<Approval[]> {
  const { rows } = await sql<Approval>`
    select p.id, p.patterns, p.used < p.quota as "hasPlace", u.id is not null as holds
    from records.pilot_approval p left join records.pilot_use u on u.pilot_id = p.id
      and u.encounter_id = ${encounterId ?? null}::uuid and u.given_back_at is null
    where p.facility_id = ${facilityId} and daterange(p.valid_from, p.valid_until) @> ${day}::date
    order by u.id is not null desc, p.used < p.quota desc, p.valid_from, p.id`.execute(tx)
  return rows.filter((row) => row.patterns.some((pattern) => covers(pattern, code)))
}

/** Is there a place for this disease? */
export async function pilotStanding(tx: Tx, asked: Asked): Promise<'none' | 'open' | 'full'> {
  const [first] = await approvalsFor(tx, asked)
  if (!first) return 'none'
  return first.holds || first.hasPlace ? 'open' : 'full'
}

/** Takes a place if there is one still; of two who try at once for the last, one is answered no. */
export async function takePlace(tx: Tx, pilotId: string): Promise<boolean> {
  const taken = await tx
    .updateTable('records.pilot_approval')
    .set({ used: sql<number>`used + 1` })
    .where('id', '=', pilotId)
    .where(sql<boolean>`used < quota`)
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

/** Gives back the place an encounter holds; nothing where it holds none. */
export async function givePlaceBack(tx: Tx, encounterId: string, now: Date): Promise<void> {
  const given = await tx
    .updateTable('records.pilot_use')
    .set({ given_back_at: now })
    .where('encounter_id', '=', encounterId)
    .where('given_back_at', 'is', null)
    .returning('pilot_id')
    .executeTakeFirst()
  if (!given) return
  await tx
    .updateTable('records.pilot_approval')
    .set({ used: sql<number>`used - 1` })
    .where('id', '=', given.pilot_id)
    .execute()
}

interface PilotRow {
  id: string
  documentNo: string
  title: string
  icd10: string[]
  from: string
  until: string
  quota: number
  used: number
  ended: boolean
}

interface PageAsked {
  facilityId: string
  after?: string | undefined
  limit: number
}

/** One page of a unit's approvals, newest first: ids grow with time. */
export async function pilotPage(
  tx: Tx,
  { facilityId, after, limit }: PageAsked,
): Promise<{ items: PilotRow[]; next: string | null }> {
  const before = after ? pilotPlace(after) : null
  const { rows } = await sql<PilotRow>`
    select id, document_no as "documentNo", title, patterns as icd10, valid_from as "from", valid_until as "until",
      quota, used, ended_at is not null as ended
    from records.pilot_approval where facility_id = ${facilityId} and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${limit + 1}`.execute(tx)
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

function pilotPlace(after: string): string {
  const place = Id.safeParse(after)
  if (!place.success) throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'invalid' }])
  return place.data
}

export async function pilotOr404(tx: Tx, id: string) {
  const row = await tx
    .selectFrom('records.pilot_approval')
    .where('id', '=', id)
    .select(['facility_id', 'valid_from', 'valid_until', 'ended_at'])
    .executeTakeFirst()
  if (!row) throw platformErrors.NOT_FOUND()
  return row
}

/** Cases on one answer; a pilot with more is counted, not read case by case. */
const mostUses = 500

/** What was counted, newest first; asked as the system, and nothing of a patient in it. */
export async function usesOf(tx: Tx, pilotId: string) {
  const { rows } = await sql<{ id: string; takenAt: Date; givenBackAt: Date | null; practitionerName: string }>`
    select u.id, u.taken_at as "takenAt", u.given_back_at as "givenBackAt", e.practitioner_name as "practitionerName"
    from records.pilot_use u join records.encounter e on e.id = u.encounter_id
    where u.pilot_id = ${pilotId} order by u.id desc limit ${mostUses}`.execute(tx)
  return rows
}
