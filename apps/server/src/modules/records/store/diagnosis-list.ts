import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { ListedCode } from '../domain/diagnosis-list.ts'

/** The list in force on a day of Vietnam's calendar, by code. */
export async function listInForce(tx: Tx, day: string): Promise<Map<string, ListedCode>> {
  const { rows } = await sql<ListedCode>`
    select code, name_vi, name_en, usable, usable_as_primary from records.icd10
    where valid @> ${day}::date`.execute(tx)
  return new Map(rows.map((row) => [row.code, row]))
}

/** These codes as the list of a day knows them; a code it does not hold is not answered. */
export async function codesOn(tx: Tx, codes: readonly string[], day: string) {
  const { rows } = await sql<Pick<ListedCode, 'code' | 'usable' | 'usable_as_primary'>>`
    select code, usable, usable_as_primary from records.icd10
    where code = any (${codes}::text[]) and valid @> ${day}::date`.execute(tx)
  return new Map(rows.map((row) => [row.code, row]))
}

/** One import of the list at a time. */
export async function lockDiagnosisList(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('records.icd10'))`.execute(tx)
}

export interface Edition {
  from: string
  edition: string
  codes: readonly ListedCode[]
}

/** Puts an edition in force from a day on: what was in force ends there, what was imported for later days goes. */
export async function writeEdition(tx: Tx, { from, edition, codes }: Edition): Promise<void> {
  await sql`delete from records.icd10 where lower(valid) >= ${from}::date`.execute(tx)
  await sql`update records.icd10 set valid = daterange(lower(valid), ${from}::date) where valid @> ${from}::date`.execute(
    tx,
  )
  await sql`
    insert into records.icd10 (code, name_vi, name_en, usable, usable_as_primary, valid, edition)
    select code, name_vi, name_en, usable, usable_as_primary, daterange(${from}::date, null), ${edition}
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb)
      as r(code text, name_vi text, name_en text, usable boolean, usable_as_primary boolean)`.execute(tx)
}

/** The editions, newest first, with how many codes each brought. */
export async function editions(tx: Tx) {
  const { rows } = await sql<{ edition: string; from: string | null; until: string | null; codes: number }>`
    select edition, lower(valid)::text as "from", upper(valid)::text as "until", count(*)::int as codes
    from records.icd10 group by edition, valid order by lower(valid) desc nulls last, edition`.execute(tx)
  return rows
}
