import type * as contract from '@moinha/contracts/records/emergency'
import type { ReviewSide, ReviewVerdict } from '@moinha/contracts/records/emergency'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { endFamilyLink, linksMadeBy } from '../../identity/index.ts'
import { recordsErrors } from '../errors.ts'
import { judgesFor } from '../policy.ts'
import { patientCards } from '../store/cards.ts'
import { awaitsJudgement, openingRows, type OpeningRow } from '../store/emergency-openings.ts'
import { namesOf, unitNames } from '../store/people.ts'

type Opening = HandlerReply<typeof contract.reviewEmergencyOpening>

/** What was opened in an emergency, by one's staff or of one's patients, newest first. */
export async function listEmergencyOpenings(
  work: Work,
  query: HandlerInput<typeof contract.listEmergencyOpenings>['query'],
): Promise<HandlerReply<typeof contract.listEmergencyOpenings>> {
  const asked = query.state === 'open' ? awaitsJudgement() : sql`true`
  const where = sql`(b.home_facility_id = any ((select records.judged_facilities())::uuid[])
    or b.facility_ids && (select records.judged_facilities())) and ${asked} and ${afterOf(query.after)}`
  const rows = await openingRows(work.tx, { where, limit: query.limit + 1 })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const items = await viewsOf(work, page)
  work.audit({
    action: 'records.listEmergencyOpenings',
    subject: 'emergency_opening',
    patientIds: page.map((row) => row.patientId),
    detail: { found: page.length },
  })
  return { items, next: rows.length > query.limit && last ? `${last.cursor}~${last.id}` : null }
}

function afterOf(after: string | undefined) {
  if (after === undefined) return sql`true`
  const { at, id } = readInstantCursor(after, '~')
  return sql`(b.at, b.id) < (${at}::timestamptz, ${id}::uuid)`
}

async function viewsOf(work: Work, rows: readonly OpeningRow[]): Promise<Opening[]> {
  const people = await namesOf(
    work,
    rows.flatMap((row) => [row.personId, ...row.reviews.map((one) => one.by)]),
  )
  const units = await unitNames(
    work,
    rows.flatMap((row) => [row.homeFacilityId, ...row.facilityIds]),
  )
  const patients = new Map(
    (
      await patientCards(
        work,
        rows.map((row) => row.patientId),
      )
    ).map((card) => [card.id, card.fullName]),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    until: row.until.toISOString(),
    reason: row.reason,
    openerName: people.get(row.personId) ?? '',
    openerUnits: row.facilityIds.map((id) => units.get(id) ?? ''),
    homeFacilityName: row.homeFacilityId ? (units.get(row.homeFacilityId) ?? null) : null,
    patient: patients.has(row.patientId) ? { id: row.patientId, fullName: patients.get(row.patientId) ?? '' } : null,
    reviews: row.reviews.map(({ side, verdict, note, by, at }) => ({
      side,
      verdict,
      note,
      byName: people.get(by) ?? '',
      at: new Date(at).toISOString(),
    })),
    awaits: judgesFor(work.actor, row).filter((side) => !row.reviews.some((one) => one.side === side)),
  }))
}

/**
 * Judges an opening for every side the actor answers for. The first word of a side stands; the same word again changes
 * nothing. What was not justified ends at once, and with it whoever the opener let act for the patient meanwhile.
 */
export async function reviewEmergencyOpening(work: Work, id: string, judged: Judgement): Promise<Opening> {
  const row = await openingToJudge(work, id, judged)
  const sides = judgesFor(work.actor, row)
  const open = sides.filter((side) => !row.reviews.some((one) => one.side === side))
  const before = row.reviews.find((one) => sides.includes(one.side))
  if (open.length > 0) await judge(work, row, open, judged)
  else if (before?.verdict !== judged.verdict) throw recordsErrors.EMERGENCY_REVIEWED({ verdict: before?.verdict })
  const [after] = await viewsOf(work, await openingRows(work.tx, { where: sql`b.id = ${id}`, limit: 1 }))
  if (!after) throw recordsErrors.EMERGENCY_OPENING_UNKNOWN()
  return after
}

interface Judgement {
  verdict: ReviewVerdict
  note: string
}

async function openingToJudge(work: Work, id: string, { verdict, note }: Judgement): Promise<OpeningRow> {
  const [row] = await openingRows(work.tx, { where: sql`b.id = ${id}`, limit: 1 })
  if (row?.personId === work.actor.personId) throw recordsErrors.EMERGENCY_REVIEW_OWN()
  if (!row || judgesFor(work.actor, row).length === 0) throw recordsErrors.EMERGENCY_OPENING_UNKNOWN()
  if (verdict === 'not_justified' && note === '') {
    throw recordsErrors.EMERGENCY_NOTE_MISSING(undefined, [{ path: 'note', code: 'EMERGENCY_NOTE_MISSING' }])
  }
  return row
}

async function judge(work: Work, row: OpeningRow, sides: readonly ReviewSide[], judged: Judgement): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    for (const side of sides) await writeReview(system, { row, side, ...judged, by: work.actor.personId })
    if (judged.verdict === 'not_justified') await revoke(system, row)
    await markRead(system, row.id, work.actor.personId)
  })
  if (judged.verdict === 'not_justified') await endLinksOf(work, row)
  work.audit({
    action: 'records.reviewEmergencyOpening',
    subject: 'emergency_opening',
    subjectId: row.id,
    patientId: row.patientId,
    detail: { sides: [...sides], verdict: judged.verdict },
  })
  await work.live(`person:${row.personId}`, 'records.emergencyReviewed', { glassId: row.id })
}

interface ReviewWritten {
  row: OpeningRow
  side: ReviewSide
  verdict: ReviewVerdict
  note: string
  by: string | null
}

async function writeReview(system: Work, { row, side, verdict, note, by }: ReviewWritten): Promise<void> {
  const { numInsertedOrUpdatedRows } = await system.tx
    .insertInto('records.glass_review')
    .values({ glass_id: row.id, side, verdict, note, by_person: by ?? '', at: system.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  // another head of the unit said so in the same moment
  if (numInsertedOrUpdatedRows !== 1n) throw recordsErrors.EMERGENCY_REVIEWED({})
}

/** Ends what the opener still sees through the broken glass. */
async function revoke(system: Work, row: OpeningRow): Promise<void> {
  await sql`update records.care_relationship set valid = tstzrange(lower(valid), now()), end_cause = 'revoked',
    ended_at = now()
    where patient_id = ${row.patientId} and person_id = ${row.personId} and reason = 'break_glass'
      and valid @> now()`.execute(system.tx)
  system.audit({
    // stored in the access log: keeps its first name on purpose
    action: 'records.endCare',
    subject: 'care_relationship',
    patientId: row.patientId,
    subjectId: row.id,
    detail: { cause: 'revoked' },
  })
}

/** Nobody goes on acting for the patient because the opener wrote so meanwhile. */
async function endLinksOf(work: Work, row: OpeningRow): Promise<void> {
  const made = await asSystem(work, systemActor, ({ tx }) =>
    linksMadeBy(tx, { dependantId: row.patientId, createdBy: row.personId, from: row.at, until: row.until }),
  )
  for (const id of made) await endFamilyLink(work, id, 'emergency opening not justified')
}

async function markRead({ tx, now }: Work, glassId: string, personId: string | null): Promise<void> {
  if (personId === null) return
  await tx
    .updateTable('records.glass_notice')
    .set({ read_at: now })
    .where('glass_id', '=', glassId)
    .where('person_id', '=', personId)
    .where('read_at', 'is', null)
    .execute()
}
