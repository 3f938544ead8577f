import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { withFormerDatabase } from '../../../platform/testing/former-database.ts'

it('keeps who is in a room, and who may know it', async () => {
  await withFormerDatabase(async ({ client, bringUp }) => {
    await bringUp('20261126T1201')
    const [visit, process, person] = [randomUUID(), randomUUID(), randomUUID()]
    await client.query("insert into calls.visit (id, kind, opened_at) values ($1, 'appointment', now())", [visit])
    await client.query(
      `insert into calls.seat (visit_id, socket_id, process_id, peer, device, person_id, name, role, transport,
         seated_at)
       values ($1, 'socket', $2, $2, $2, $3, 'X', 'patient', 'mesh', '2026-11-20')`,
      [visit, process, person],
    )
    const { rows: before } = await client.query('select * from calls.seat')
    const policies = 'select polname, polcmd from pg_policy where polrelid = $1::regclass order by polname'
    const { rows: walls } = await client.query(policies, ['calls.seat'])

    await bringUp('20261126T1220')

    const { seated_at, ...kept } = before[0] as { seated_at: Date }
    const { rows } = await client.query('select * from calls.participant')
    expect(rows).toEqual([{ ...kept, joined_at: seated_at }])
    expect((await client.query(policies, ['calls.participant'])).rows).toEqual(walls)
    const named = await client.query("select relname from pg_class where relname ~ 'seat'")
    expect(named.rows).toEqual([])
  })
})
