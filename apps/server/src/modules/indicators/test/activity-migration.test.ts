import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { withFormerDatabase } from '../../../platform/testing/former-database.ts'

it('keeps the ledger of a database in use, its indexes and what takes rows back', async () => {
  await withFormerDatabase(async ({ client, bringUp }) => {
    await bringUp('20261125')
    const [facility, row, subject] = [randomUUID(), randomUUID(), randomUUID()]
    await client.query(
      "insert into facilities.facility (id, key, type, name, short_name) values ($1, 'x', 'commune_station', 'X', 'X')",
      [facility],
    )
    await client.query(
      `insert into indicators.act (id, province_key, kind, at, facility_id, subject_kind, subject_id)
       values ($1, 'kt', 'consult', '2026-11-20', $2, 'consult', $3)`,
      [row, facility, subject],
    )
    const { rows: before } = await client.query('select * from indicators.act')

    await bringUp('20261126T0950')

    expect((await client.query('select * from indicators.activity')).rows).toEqual(before)
    const former = await client.query(
      "select conname from pg_constraint where conrelid = 'indicators.activity'::regclass and conname ~ '^act_'",
    )
    expect(former.rows).toEqual([])
    await client.query("select set_config('app.actor_kind', 'system', false)")
    await client.query("select indicators.reverse(array[$1::uuid], 'restated', now())", [row])
    const { rows } = await client.query('select sum(sign)::int as net, count(*)::int as rows from indicators.activity')
    expect(rows).toEqual([{ net: 0, rows: 2 }])
    await expect(client.query('delete from indicators.activity')).rejects.toThrow(/only grows/)
  })
})
