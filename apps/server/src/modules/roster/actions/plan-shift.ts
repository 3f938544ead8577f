import type { saveShift as saveShiftRoute } from '@moinha/contracts/roster'
import type { HandlerInput } from '@moinha/contracts/route'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { rosterErrors } from '../errors.ts'
import { rangeOf, shiftById, toShift, type ShiftRow } from '../store/shift-rows.ts'
import { plannableUnit } from './read-roster.ts'

type ShiftPlan = HandlerInput<typeof saveShiftRoute>['body']

const hourMs = 3_600_000
/** A shift may not be longer than two days; the table checks the same. */
const longestShiftHours = 48

/** Puts somebody on duty or changes a shift; compare-and-set on the version. */
export async function saveShift(work: Work, id: string, plan: ShiftPlan) {
  const unit = await plannableUnit(work, plan.facilityId)
  checkPlan(plan)
  await requireStaff(work, plan)
  const before = await shiftById(work.tx, id, work.now)
  if (before && before.facility_id !== plan.facilityId) throw platformErrors.ID_TAKEN()
  await guardOverlap(
    plan,
    before && plan.version !== undefined ? updateShift(work, id, plan) : insertShift(work, id, plan, before),
  )
  const after = await shiftById(work.tx, id, work.now)
  if (!after) throw rosterErrors.SHIFT_UNKNOWN()
  work.audit({ action: 'roster.saveShift', subject: 'shift', subjectId: id })
  await work.live(`facility:${unit.id}`, 'roster.changed', { facilityId: unit.id })
  return toShift(after)
}

function checkPlan(plan: ShiftPlan): void {
  const hours = (Date.parse(plan.endsAt) - Date.parse(plan.startsAt)) / hourMs
  if (hours <= 0) throw platformErrors.INVALID_INPUT(undefined, [{ path: 'endsAt', code: 'END_BEFORE_START' }])
  if (hours > longestShiftHours) throw rosterErrors.SHIFT_TOO_LONG({ hours: longestShiftHours })
  if ((plan.role === 'lead') !== (plan.specialty === null)) throw rosterErrors.SHIFT_LEAD_HAS_NO_TEAM()
}

async function requireStaff({ tx }: Work, plan: ShiftPlan): Promise<void> {
  const practitionerRole = await tx
    .selectFrom('identity.practitioner_card')
    .where('person_id', '=', plan.personId)
    .where('facility_id', '=', plan.facilityId)
    .where('valid_until', 'is', null)
    .select('person_id')
    .executeTakeFirst()
  if (!practitionerRole) throw rosterErrors.SHIFT_PERSON_NOT_STAFF()
}

async function insertShift(
  { tx, actor, now }: Work,
  id: string,
  plan: ShiftPlan,
  before: ShiftRow | undefined,
): Promise<void> {
  if (before) {
    const same =
      before.person_id === plan.personId &&
      before.starts_at.getTime() === Date.parse(plan.startsAt) &&
      before.ends_at.getTime() === Date.parse(plan.endsAt)
    if (!same) throw platformErrors.ID_TAKEN()
    return
  }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('roster.shift')
    .values({
      id,
      facility_id: plan.facilityId,
      specialty: plan.specialty,
      person_id: plan.personId,
      role: plan.role,
      rank: plan.rank,
      note: plan.note,
      during: rangeOf(new Date(plan.startsAt), new Date(plan.endsAt)),
      created_by: actor.personId,
      created_at: now,
      removed_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  // a shift that was taken off keeps its id as history
  if (numInsertedOrUpdatedRows !== 1n) throw platformErrors.ID_TAKEN()
}

async function updateShift({ tx }: Work, id: string, plan: ShiftPlan): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('roster.shift')
    .where('id', '=', id)
    .where('version', '=', plan.version ?? 0)
    .where('removed_at', 'is', null)
    .set({
      specialty: plan.specialty,
      person_id: plan.personId,
      role: plan.role,
      rank: plan.rank,
      note: plan.note,
      during: rangeOf(new Date(plan.startsAt), new Date(plan.endsAt)),
      version: (plan.version ?? 0) + 1,
    })
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw platformErrors.CHANGED_MEANWHILE()
}

/** The database refuses overlaps; this says in words with what. */
async function guardOverlap(plan: ShiftPlan, write: Promise<void>): Promise<void> {
  try {
    await write
  } catch (error) {
    if ((error as { code?: string }).code !== '23P01') throw error
    const twoPlaces = (error as { constraint?: string }).constraint === 'shift_two_places'
    throw rosterErrors.SHIFT_OVERLAPS({
      personId: plan.personId,
      startsAt: plan.startsAt,
      endsAt: plan.endsAt,
      elsewhere: twoPlaces,
    })
  }
}

/** Takes a shift off; it stays in the table as history. Twice is once. */
export async function removeShift(work: Work, id: string): Promise<void> {
  const row = await work.tx
    .selectFrom('roster.shift')
    .where('id', '=', id)
    .select(['facility_id', 'removed_at'])
    .executeTakeFirst()
  if (!row) throw rosterErrors.SHIFT_UNKNOWN()
  await plannableUnit(work, row.facility_id)
  await work.tx
    .updateTable('roster.shift')
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .set({ removed_at: work.now })
    .execute()
  work.audit({ action: 'roster.removeShift', subject: 'shift', subjectId: id })
  await work.live(`facility:${row.facility_id}`, 'roster.changed', { facilityId: row.facility_id })
}

interface Swap {
  id: string
  shiftId: string
  withShiftId: string
}

/** Keeps the swap under its id; false where it was done before. */
async function firstTime({ tx, actor, now }: Work, { id, shiftId, withShiftId }: Swap): Promise<boolean> {
  const row = { id, shift_id: shiftId, with_shift_id: withShiftId, swapped_by: actor.personId }
  const made = await tx
    .insertInto('roster.swap')
    .values({ ...row, swapped_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 1n) return true
  const kept = await tx.selectFrom('roster.swap').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  const same = kept.shift_id === shiftId && kept.with_shift_id === withShiftId && kept.swapped_by === actor.personId
  if (!same) throw platformErrors.ID_TAKEN()
  return false
}

/** Two people change shifts within one unit; sent twice, they change once. */
export async function swapShifts(work: Work, ids: Swap): Promise<void> {
  const [one, other] = [
    await shiftById(work.tx, ids.shiftId, work.now),
    await shiftById(work.tx, ids.withShiftId, work.now),
  ]
  if (!one || !other || one.facility_id !== other.facility_id) throw rosterErrors.SHIFT_UNKNOWN()
  await plannableUnit(work, one.facility_id)
  if (!(await firstTime(work, ids))) return
  try {
    // both leave the roster for a moment, so that the overlap rule judges only the result
    await work.tx
      .updateTable('roster.shift')
      .where('id', 'in', [one.id, other.id])
      .set({ removed_at: work.now })
      .execute()
    await sql`update roster.shift set person_id = ${other.person_id}, version = version + 1, removed_at = null
      where id = ${one.id}`.execute(work.tx)
    await sql`update roster.shift set person_id = ${one.person_id}, version = version + 1, removed_at = null
      where id = ${other.id}`.execute(work.tx)
  } catch (error) {
    if ((error as { code?: string }).code === '23P01')
      throw rosterErrors.SHIFT_OVERLAPS({
        elsewhere: (error as { constraint?: string }).constraint === 'shift_two_places',
      })
    throw error
  }
  work.audit({ action: 'roster.swapShifts', subject: 'shift', subjectId: one.id, detail: { with: other.id } })
  await work.live(`facility:${one.facility_id}`, 'roster.changed', { facilityId: one.facility_id })
}
