import { sql, type Insertable } from 'kysely'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { FamilyMemberTable } from './tables.ts'

const familyOf = compileOnce((tx, { guardianId }: { guardianId: string }) =>
  tx
    .selectFrom('identity.family_member as f')
    .innerJoin('identity.person as p', 'p.id', 'f.dependant_id')
    .where('f.guardian_id', '=', guardianId)
    .where('f.valid_until', 'is', null)
    .select(['p.id', 'p.full_name', 'p.birth_date', 'p.sex', 'f.relation', 'f.valid_from', 'f.proof'])
    .orderBy(sql`f.valid_from`)
    .orderBy('f.id'),
)

/** The people somebody acts for today, oldest declaration first. */
export async function currentFamily(tx: Tx, guardianId: string) {
  const rows = await familyOf(tx, { guardianId })
  return rows.map((row) => ({
    personId: row.id,
    fullName: row.full_name,
    relation: row.relation,
    birthDate: row.birth_date,
    sex: row.sex,
    since: row.valid_from.toISOString(),
    proof: row.proof,
  }))
}

const linksTo = (tx: Tx, dependantId: string) =>
  tx
    .selectFrom('identity.family_member as f')
    .innerJoin('identity.person as p', 'p.id', 'f.guardian_id')
    .leftJoin('facilities.unit as u', 'u.id', 'f.facility_id')
    .where('f.dependant_id', '=', dependantId)
    .select(['f.id', 'p.full_name', 'f.relation', 'f.valid_from', 'f.proof', 'f.paper', 'f.consent_by', 'u.short_name'])
    .orderBy(sql`f.valid_from`)
    .orderBy('f.id')

const currentLinksTo = compileOnce((tx, { dependantId }: { dependantId: string }) =>
  linksTo(tx, dependantId).where('f.valid_until', 'is', null),
)

/**
 * Who acts for somebody today, and on what it rests. Call it as the system: guardians are no rows of the dependant's.
 */
export async function currentGuardians(tx: Tx, dependantId: string) {
  return (await currentLinksTo(tx, { dependantId })).map(guardianOf)
}

/** One of them by the link, ended or not. */
export async function findGuardian(tx: Tx, dependantId: string, linkId: string) {
  const row = await linksTo(tx, dependantId).where('f.id', '=', linkId).executeTakeFirst()
  return row && guardianOf(row)
}

type Link = Awaited<ReturnType<typeof currentLinksTo>>[number]

function guardianOf(row: Link) {
  return {
    id: row.id,
    fullName: row.full_name,
    relation: row.relation,
    since: row.valid_from.toISOString(),
    proof: row.proof,
    paper: row.paper,
    consentBy: row.consent_by,
    facilityName: row.short_name,
  }
}

/** Locks somebody's family until the transaction ends, so that two declarations at once see each other. */
export async function lockFamily(tx: Tx, guardianId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.family ' || ${guardianId}, 0))`.execute(tx)
}

export async function countFamily(tx: Tx, guardianId: string): Promise<number> {
  const row = await tx
    .selectFrom('identity.family_member')
    .where('guardian_id', '=', guardianId)
    .where('valid_until', 'is', null)
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow()
  return row.n
}

/** One link by its id, ended or not. */
export async function findLink(tx: Tx, id: string) {
  return tx.selectFrom('identity.family_member').where('id', '=', id).selectAll().executeTakeFirst()
}

export interface LinkMaker {
  dependantId: string
  createdBy: string
  from: Date
  until: Date
}

/** Links to somebody that one colleague wrote between two moments and that still hold. Ask as the system. */
export async function linksMadeBy(tx: Tx, { dependantId, createdBy, from, until }: LinkMaker): Promise<string[]> {
  const rows = await tx
    .selectFrom('identity.family_member')
    .where('dependant_id', '=', dependantId)
    .where('created_by', '=', createdBy)
    .where('valid_from', '>=', from)
    .where('valid_from', '<=', until)
    .where('valid_until', 'is', null)
    .select('id')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** The link that holds between the two today. */
export async function liveLink(tx: Tx, guardianId: string, dependantId: string) {
  return tx
    .selectFrom('identity.family_member')
    .where('guardian_id', '=', guardianId)
    .where('dependant_id', '=', dependantId)
    .where('valid_until', 'is', null)
    .selectAll()
    .executeTakeFirst()
}

/** Did the guardian themselves stop acting for somebody? */
export async function stoppedBefore(tx: Tx, guardianId: string, dependantId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('identity.family_member')
    .where('guardian_id', '=', guardianId)
    .where('dependant_id', '=', dependantId)
    .where('ended_by', '=', guardianId)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Writes a link; false where the two are linked already. */
export async function insertLink(tx: Tx, link: Insertable<FamilyMemberTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('identity.family_member')
    .values(link)
    .onConflict((conflict) =>
      conflict.columns(['guardian_id', 'dependant_id']).where('valid_until', 'is', null).doNothing(),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface LinkEnd {
  now: Date
  endedBy: string | null
  reason: string | null
}

/** Ends a link that still holds; false where somebody ended it before. */
export async function closeLink(tx: Tx, id: string, { now, endedBy, reason }: LinkEnd): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.family_member')
    .set({ valid_until: sql`greatest(valid_from, ${now})`, ended_by: endedBy, end_reason: reason })
    .where('id', '=', id)
    .where('valid_until', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

// From 18 on a person consents alone (domain notes on regulations, §8.1; Civil Code 91/2015/QH13 Art. 20)
const adultFrom = '18 years'

/** Links that rest on a representative's consent though the person has come of age. */
export async function grownUp(tx: Tx, today: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select f.id from identity.family_member f join identity.person p on p.id = f.dependant_id
    where f.valid_until is null and f.consent_by in ('representative', 'both')
      and p.birth_date <= ${today}::date - ${adultFrom}::interval`.execute(tx)
  return rows.map((row) => row.id)
}
