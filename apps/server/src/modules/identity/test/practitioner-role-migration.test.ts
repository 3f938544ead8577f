import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { withFormerDatabase } from '../../../platform/testing/former-database.ts'

const role = `select person_id, facility_id, qualification_code, title, licence_no, valid_until is null as live`

it('keeps every row, right and judgement of a database in use when staff posts become practitioner roles', async () => {
  await withFormerDatabase(async ({ client, bringUp }) => {
    await bringUp('20261125')
    const [manager, nurse, facility, live, ended] = Array.from({ length: 5 }, () => randomUUID())
    await client.query("insert into identity.person (id, full_name) values ($1, 'Y Quản'), ($2, 'Nàng Phương')", [
      manager,
      nurse,
    ])
    await client.query(
      "insert into facilities.facility (id, key, type, name, short_name) values ($1, 'x', 'commune_station', 'X', 'X')",
      [facility],
    )
    await client.query(
      `insert into identity.staff_post (id, person_id, facility_id, qualification_code, title, licence_no, valid_from,
        valid_until)
       values ($1, $3, $4, 'nurse', 'điều dưỡng', '7', now(), null),
         ($2, $3, $4, 'other', 'cũ', '', now() - interval '1 day', now())`,
      [live, ended, nurse, facility],
    )
    const before = await client.query(`${role} from identity.staff_post order by title`)
    const rights = `select privilege_type from information_schema.role_table_grants
      where grantee = 'moinha_app' and table_schema = 'identity' and table_name = $1 order by 1`
    const granted = await client.query(rights, ['staff_post'])

    await bringUp('20261126T0110')

    const after = await client.query(`${role} from identity.practitioner_role order by title`)
    expect(after.rows).toEqual(before.rows)
    expect((await client.query(rights, ['practitioner_role'])).rows).toEqual(granted.rows)
    const left = await client.query(
      "select proname from pg_proc where pronamespace = 'identity'::regnamespace and prosrc ~ '\\mstaff_post\\M'",
    )
    expect(left.rows).toEqual([])
    const judged = await client.query(
      'select identity.has_practitioner_role($1) as nurse, identity.has_practitioner_role($2) as manager',
      [nurse, manager],
    )
    expect(judged.rows).toEqual([{ nurse: true, manager: false }])
  })
})
