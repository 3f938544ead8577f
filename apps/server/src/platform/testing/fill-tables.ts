import type pg from 'pg'

/** How a table is filled where its catalogue does not say it: SQL by column, `n` being the number of the row. */
export type Columns = Record<string, string>

export interface Filling {
  rows: number
  /** Tables that stay as they are, by pattern: they do not grow with patients. */
  small: RegExp
  /** Wherever a column names a patient, a unit or a person: SQL over `n`. */
  pools: { patient: string; unit: string; person: string }
  /** What the catalogue cannot say, by table. */
  columns: Record<string, Columns>
}

interface Column {
  table: string
  name: string
  type: string
  needed: boolean
  key: boolean
  /** The table a foreign key of this column alone leads to. */
  refers: string | null
  /** Values a check or an enumeration allows, in their order. */
  allowed: string[] | null
}

/** Ids of a filled table's rows: known without reading them. A patient is the person of the same id. */
export const idOf = (table: string, n: string): string => {
  const digits = `md5('${table === 'records.patient' ? 'identity.person' : table}' || (${n}))`
  return `overlay(overlay(${digits} placing '4' from 13) placing 'a' from 17)::uuid`
}

/**
 * Fills every table that is not small with rows that hang together, past triggers and foreign keys. A new table is
 * filled by itself; where its checks want more than the catalogue tells, the database names the check that failed.
 */
export async function fillTables(client: pg.Client, filling: Filling): Promise<string[]> {
  const { rows: columns } = await client.query<Column>(readColumns)
  const tables = [...new Set(columns.map((column) => column.table))].filter((table) => !filling.small.test(table))
  const wrong: string[] = []
  await client.query('set session_replication_role = replica')
  for (const table of tables) {
    const own = columns.filter((column) => column.table === table)
    await client.query(insertOf(table, own, filling)).catch((error: unknown) => {
      wrong.push(`${table}: ${error instanceof Error ? error.message : String(error)}`)
    })
  }
  if (wrong.length > 0) throw new Error(`not filled, say how in the test:\n${wrong.join('\n')}`)
  await client.query('set session_replication_role = default')
  await client.query(`vacuum analyze ${tables.join(', ')}`)
  return tables
}

function insertOf(table: string, columns: readonly Column[], { rows, pools, columns: given }: Filling): string {
  const said = given[table] ?? {}
  const filled = columns.flatMap((column) => {
    const value = said[column.name] ?? (column.needed ? valueOf(column, pools) : undefined)
    return value === undefined ? [] : [{ name: column.name, value }]
  })
  return `insert into ${table} (${filled.map(({ name }) => `"${name}"`).join(', ')})
    select ${filled.map(({ value }) => value).join(', ')} from generate_series(1, ${rows}) n on conflict do nothing`
}

function valueOf({ table, name, type, key, refers, allowed }: Column, pools: Filling['pools']): string {
  if (allowed) return `(array[${allowed.map((each) => `'${each}'`).join(', ')}])[1 + n % ${allowed.length}]::${type}`
  if (type !== 'uuid') return plainValue(type)
  if (key && name === 'id') return idOf(refers ?? table, 'n')
  if (name === 'patient_id') return pools.patient
  if (refers === 'facilities.facility' || /facility_id$/.test(name)) return pools.unit
  if (refers && refers !== 'identity.person') return idOf(refers, 'n')
  return pools.person
}

const plain: Record<string, string> = {
  text: "'x' || n",
  boolean: 'false',
  jsonb: "'{}'",
  bytea: "''",
  date: 'current_date - (n % 1000)',
  'timestamp with time zone': "now() - n * interval '1 minute'",
  tstzrange: "tstzrange(now() - n * interval '20 minutes', now() - (n - 1) * interval '20 minutes')",
  daterange: 'daterange(current_date - n % 1000, current_date - n % 1000 + 1500)',
}
const plainValue = (type: string): string => (type.endsWith('[]') ? `'{}'` : (plain[type] ?? '1'))

/** A value of a type of ours is one of its words. */
const enumValues = `
  (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = a.atttypid)`
/** A text held to a list by a check is one of that list, which stands in the check's own text alone. */
const checkedValues = `
  (select array_agg(v[1]) from pg_constraint f,
      regexp_matches(pg_get_constraintdef(f.oid), '''([^'']+)''::text', 'g') v
    where f.conrelid = c.oid and f.contype = 'c' and f.conkey = array[a.attnum]
      and pg_get_constraintdef(f.oid) ~ '= ANY')`

// Columns of all our tables that a row needs, with what the catalogue says of their values.
const readColumns = `
  select n.nspname || '.' || c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    a.attidentity = '' and (a.attnotnull and not a.atthasdef or a.attnum = any (k.conkey)) as needed,
    coalesce(a.attnum = any (k.conkey), false) as key,
    (select f.confrelid::regclass::text from pg_constraint f
      where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum] limit 1) as refers,
    coalesce(${enumValues}, ${checkedValues}) as allowed
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
  where c.relkind in ('r', 'p') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'platform') and n.nspname !~ '^pg_'
  order by c.oid, a.attnum`
