import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
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
