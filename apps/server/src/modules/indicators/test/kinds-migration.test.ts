import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { withFormerDatabase } from '../../../platform/testing/former-database.ts'

it('facts of a database in use keep their kinds and reasons, also those no module declares any more', async () => {
  await withFormerDatabase(async ({ client, bringUp }) => {
    await bringUp('20261126T0199')
    const [facility, person] = [randomUUID(), randomUUID()]
    await client.query(
      "insert into facilities.facility (id, key, type, name, short_name) values ($1, 'x', 'commune_station', 'X', 'X')",
      [facility],
    )
    await client.query("insert into identity.person (id, full_name) values ($1, 'Y Lan')", [person])
    await client.query(
      "insert into records.patient (id, full_name, sex) values ($1, 'Y Lan', 'female') on conflict do nothing",
      [person],
    )
    await client.query(
      "insert into records.care_relationship (patient_id, facility_id, reason) values ($1, $2, 'referral')",
      [person, facility],
    )
    await client.query(
      `insert into records.document (id, version, patient_id, facility_id, kind, title, content)
       values ($1, 1, $2, $3, 'consult_minutes', 'x', '{}')`,
      [randomUUID(), person, facility],
    )
    const ledger = (
      await client.query<{ name: string }>(`select coalesce(to_regclass('indicators.activity'),
      to_regclass('indicators.act'))::text as name`)
    ).rows[0]?.name
    await client.query(
      `insert into ${ledger} (province_key, kind, at, facility_id, subject_kind, subject_id, cause)
       values ('x', 'account_opened', now(), $1, 'x', $2, 'longAgo')`,
      [facility, randomUUID()],
    )

    await bringUp('20261126T0299')
    const { rows } = await client.query(
      `select (select count(*)::int from records.care_relationship
        join records.care_reason on code = reason) as reasons,
        (select count(*)::int from records.document join records.document_kind on code = kind) as documents,
        (select count(*)::int from ${ledger} join indicators.activity_kind on code = kind) as activities,
        (select count(*)::int from ${ledger} join indicators.activity_cause on code = cause) as causes`,
    )
    expect(rows).toEqual([{ reasons: 1, documents: 1, activities: 1, causes: 1 }])
    const refused = client.query(
      "insert into records.care_relationship (patient_id, facility_id, reason) values ($1, $2, 'curiosity')",
      [person, facility],
    )
    await expect(refused).rejects.toThrow(/care_reason/)
  })
})
