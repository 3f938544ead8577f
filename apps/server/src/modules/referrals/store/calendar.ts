import { sql } from 'kysely'
import { addDays } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

/** Days off in the two months after a day; enough for any number of working days asked here. */
export async function holidaysAfter(tx: Tx, day: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('referrals.holiday')
    .where('day', '>', day)
    .where('day', '<', addDays(day, 62))
    .select('day')
    .execute()
  return new Set(rows.map((row) => row.day))
}

export async function holidaysOf(tx: Tx, year: number): Promise<{ day: string; name: string; source: string }[]> {
  return tx
    .selectFrom('referrals.holiday')
    .where(sql<boolean>`day between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)`)
    .orderBy('day')
    .select(['day', 'name', 'source'])
    .execute()
}

/** Does a disease of Annex III stand among the codes, by itself or by its category? */
export async function holdsForYear(tx: Tx, codes: readonly string[]): Promise<boolean> {
  const { rows } = await sql`select from referrals.year_long_disease d, unnest(${[...codes]}::text[]) as given
    where starts_with(given, d.code) limit 1`.execute(tx)
  return rows.length > 0
}
