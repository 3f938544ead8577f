import { newClient } from '../db/pool.ts'
import type { Entry, Owned, OwnerConnection, Registries } from './registries.ts'

/**
 * Has each keeper write the reference rows of its registry, in one transaction as the owner of the tables. Processes
 * that start together do it one after the other, and the second finds nothing left to write.
 */
export async function keepReferenceRows(ownerUrl: string, registries: Registries): Promise<void> {
  const client = newClient(ownerUrl, 'moinha-migrate')
  await client.connect()
  try {
    await client.query('begin')
    await client.query("select pg_advisory_xact_lock(hashtext('moinha.reference-rows'))")
    const owner: OwnerConnection = {
      query: async (text, values = []) => client.query<Record<string, unknown>>(text, [...values]),
    }
    for (const { registry, keep } of registries.keepings) await keep(owner, registries.of(registry))
    await client.query('commit')
  } finally {
    await client.end()
  }
}

/**
 * Writes code, owner and names into a table with just these columns. Rows nobody declares any more stay: facts name
 * them, and their names must be read after the module is gone.
 */
export async function keepNames(
  owner: OwnerConnection,
  table: string,
  entries: readonly Pick<Owned<Entry>, 'code' | 'names' | 'owner'>[],
): Promise<void> {
  const rows = entries.map(({ code, names, owner: module }) => ({ code, owner: module, vi: names?.vi, en: names?.en }))
  await owner.query(
    `insert into ${table} as kept (code, owner, name_vi, name_en)
     select code, owner, vi, en from jsonb_to_recordset($1::jsonb) as r(code text, owner text, vi text, en text)
     on conflict (code) do update set owner = excluded.owner, name_vi = excluded.name_vi, name_en = excluded.name_en
     where (kept.owner, kept.name_vi, kept.name_en) is distinct
       from (excluded.owner, excluded.name_vi, excluded.name_en)`,
    [JSON.stringify(rows)],
  )
}
