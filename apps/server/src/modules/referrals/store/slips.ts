import { sql, type Insertable, type Updateable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { InstantPlace } from '../../../platform/paging/instant-cursor.ts'
import type { SlipRow, SlipTable } from './tables.ts'
import './tables.ts'

/** The slip, or the 404 of a row the actor may not know of. */
export async function slipOr404(tx: Tx, id: string): Promise<SlipRow> {
  const row = await tx.selectFrom('referrals.slip').where('id', '=', id).selectAll().executeTakeFirst()
  if (!row) throw platformErrors.NOT_FOUND()
  return row
}

/** The slip with its row held: whoever comes second waits and then sees what the first did. */
export async function lockSlip(tx: Tx, id: string): Promise<SlipRow> {
  return tx.selectFrom('referrals.slip').where('id', '=', id).selectAll().forUpdate().executeTakeFirstOrThrow()
}

export async function findSlip(tx: Tx, id: string): Promise<SlipRow | undefined> {
  return tx.selectFrom('referrals.slip').where('id', '=', id).selectAll().executeTakeFirst()
}

/** The live slip to come again of an encounter. */
export async function findRevisit(tx: Tx, encounterId: string): Promise<SlipRow | undefined> {
  return tx
    .selectFrom('referrals.slip')
    .where('encounter_id', '=', encounterId)
    .where('kind', '=', 'revisit')
    .where('state', '<>', 'cancelled')
    .selectAll()
    .executeTakeFirst()
}

/** Does a slip of this encounter lead somewhere? */
export async function hasLiveSlip(tx: Tx, encounterId: string): Promise<boolean> {
  const slip = await tx
    .selectFrom('referrals.slip')
    .where('encounter_id', '=', encounterId)
    .where('state', '<>', 'cancelled')
    .select('id')
    .executeTakeFirst()
  return slip !== undefined
}

type Numbered = Pick<SlipRow, 'facility_id' | 'kind' | 'number_year'>

/** Holds the numbers of a unit, so that a slip sent twice at once takes one number, and none is left out. */
export async function lockNumbers(tx: Tx, { facility_id, kind, number_year }: Numbered): Promise<void> {
  await sql`insert into referrals.counter (facility_id, kind, year, last)
    values (${facility_id}, ${kind}, ${number_year}, 0)
    on conflict (facility_id, kind, year) do update set last = counter.last`.execute(tx)
}

/** The next number of the unit's kind of slips in a year. */
export async function nextNumber(tx: Tx, { facility_id, kind, number_year }: Numbered): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    update referrals.counter set last = last + 1
    where facility_id = ${facility_id} and kind = ${kind} and year = ${number_year} returning last`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('numbers were not held')
  return row.last
}

export async function insertSlip(tx: Tx, slip: Insertable<SlipTable>): Promise<void> {
  await tx.insertInto('referrals.slip').values(slip).execute()
}

export async function changeSlip(tx: Tx, id: string, change: Updateable<SlipTable>): Promise<SlipRow> {
  return tx.updateTable('referrals.slip').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

export interface SlipsAsked {
  box: 'incoming' | 'outgoing'
  state: 'open' | 'done'
  facilityIds: readonly string[]
  encounterId: string | undefined
  today: string
  after: InstantPlace | undefined
  limit: number
}

/** A page of slips, newest first. Open: somebody may still come with it, or is there and nothing is told yet. */
export async function pageOfSlips(tx: Tx, asked: SlipsAsked): Promise<SlipRow[]> {
  const { box, state, facilityIds, encounterId, today, after, limit } = asked
  const open = sql<boolean>`((state in ('issued', 'not_arrived') and valid_until >= ${today}::date)
    or (state = 'arrived' and kind = 'transfer'))`
  return tx
    .selectFrom('referrals.slip')
    .where(
      sql<boolean>`${sql.ref(box === 'incoming' ? 'to_facility_id' : 'facility_id')} = any (${facilityIds}::uuid[])`,
    )
    .$if(box === 'incoming', (query) => query.where('kind', '=', 'transfer'))
    .$if(encounterId === undefined, (query) => query.where(state === 'open' ? open : sql<boolean>`not ${open}`))
    .$if(encounterId !== undefined, (query) => query.where('encounter_id', '=', encounterId ?? ''))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(issued_at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .selectAll()
    .orderBy('issued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
