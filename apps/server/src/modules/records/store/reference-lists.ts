import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { ImportRow } from '../domain/tele-import.ts'
import type { TeleRow } from '../domain/tele-list.ts'

/** The list in force on a day of Vietnam's calendar. */
export async function teleRows(tx: Tx, day: string): Promise<TeleRow[]> {
  const rows = await tx
    .selectFrom('records.tele_allowed_icd')
    .where(sql<boolean>`valid @> ${day}::date`)
    .select(['patterns', 'status', 'enabled_at'])
    .execute()
  return rows.map((row) => ({ patterns: row.patterns, status: row.status, enabled: row.enabled_at !== null }))
}

/**
 * Codes of a day's list whose code or words hold every word typed, best first: an exact code, a code that begins so,
 * the rest by length. The folded name stands behind the code.
 */
export async function findIcd10(tx: Tx, typed: string, { day, atMost }: { day: string; atMost: number }) {
  const words = typed
    .replace(/[%_\\]/g, '')
    .split(/\s+/)
    .filter(Boolean)
  if (words.length === 0) return []
  const code = words.join('').toUpperCase()
  let query = tx
    .selectFrom('records.icd10')
    .select(['code', 'name_vi', 'name_en', 'usable', 'usable_as_primary'])
    .where(sql<boolean>`valid @> ${day}::date`)
  for (const word of words) query = query.where(sql<boolean>`search like '%' || platform.fold(${word}) || '%'`)
  return query
    .orderBy(
      sql`code = ${code} desc, code like ${`${code}%`} desc,
        substr(search, length(code) + 2) like platform.fold(${words.join(' ')}) || '%' desc, length(name_vi), code`,
    )
    .limit(atMost)
    .execute()
}

/**
 * Puts a list in force from a day on. What stood until then ends on that day; what was to begin later never does. What
 * somebody vouched for stays so where the codes are the same.
 */
export async function replaceTeleList(tx: Tx, rows: readonly ImportRow[], from: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('records.tele_allowed_icd'))`.execute(tx)
  const vouched = await tx
    .selectFrom('records.tele_allowed_icd')
    .where(sql<boolean>`valid && daterange(${from}::date, null) and enabled_at is not null`)
    .select(['patterns', 'enabled_by', 'enabled_at'])
    .execute()
  await sql`update records.tele_allowed_icd set valid = case when lower(valid) < ${from}::date
      then daterange(lower(valid), ${from}::date) else 'empty'::daterange end
    where valid && daterange(${from}::date, null)`.execute(tx)
  await tx
    .insertInto('records.tele_allowed_icd')
    .values(
      rows.map((row, at) => {
        const same = vouched.find((one) => row.status === 'pending' && sameCodes(one.patterns, row.icd10))
        return {
          position: at + 1,
          no: row.no,
          name_vi: row.nameVi,
          patterns: row.icd10,
          specialty: row.specialty,
          status: row.status,
          certainty: 'import',
          note: row.note,
          valid: `[${from},)`,
          enabled_by: same?.enabled_by ?? null,
          enabled_at: same?.enabled_at ?? null,
        }
      }),
    )
    .execute()
}

const sameCodes = (one: readonly string[], other: readonly string[]): boolean =>
  [...one].sort().join(';') === [...other].sort().join(';')

/** First days of the lists that were, are or will be in force, newest first. */
export async function teleListDays(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`select distinct lower(valid) as day from records.tele_allowed_icd
    where not isempty(valid) order by day desc`.execute(tx)
  return rows.map(({ day }) => day)
}
