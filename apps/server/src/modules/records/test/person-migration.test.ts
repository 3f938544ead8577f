import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { withFormerDatabase } from '../../../platform/testing/former-database.ts'

it('brings a database in use along: people for desk patients, one word for both, links with their relationship', async () => {
  await withFormerDatabase(async ({ client, bringUp }) => {
    await bringUp('20261125T0099')
    const [desk, both, nurse, guardian, child, old, former] = Array.from({ length: 7 }, () => randomUUID())
    const person = 'insert into identity.person (id, full_name, birth_date, phone) values ($1, $2, $3, $4)'
    await client.query(person, [nurse, 'Nàng Phương', '1994-06-17', null])
    await client.query(person, [both, 'y hai', null, '+84912000001'])
    await client.query(person, [guardian, 'Y Mẹ', '1990-01-01', '+84912000002'])
    await client.query(person, [child, 'A Con', '2024-01-01', null])
    await client.query(person, [old, 'Y Bà', '1950-01-01', null])
    await client.query(person, [former, 'A Cũ', '2020-01-01', null])
    const facility = randomUUID()
    await client.query(
      "insert into facilities.facility (id, key, type, name, short_name) values ($1, 'x', 'commune_station', 'X', 'X')",
      [facility],
    )
    await client.query(
      "insert into identity.staff_post (id, person_id, facility_id, title) values ($1, $2, $3, 'điều dưỡng')",
      [randomUUID(), nurse, facility],
    )
    const patient =
      'insert into records.patient (id, full_name, sex, birth_date, phone, created_by) values ($1, $2, $3, $4, $5, $6)'
    await client.query(patient, [desk, 'Y Bàn', 'female', '1980-02-03', 'số cũ', nurse])
    await client.query(patient, [both, 'Y Hai', 'female', '1991-02-03', null, nurse])
    const link = `insert into identity.family_member (guardian_id, dependant_id, relation, consent_version, valid_until)
        values ($1, $2, $3, 'v1', $4)`
    await client.query(link, [guardian, child, 'child', null])
    await client.query(link, [guardian, old, 'parent', null])
    await client.query(link, [guardian, former, 'child', new Date(Date.now() + 1000)])

    await bringUp('20261125T0159')
    const { rows: people } = await client.query(
      `select full_name, sex, birth_date::text, phone, confirmed_at is not null as confirmed from identity.person
        where id = any($1) order by full_name`,
      [[desk, both]],
    )
    expect(people).toEqual([
      { full_name: 'Y Bàn', sex: 'female', birth_date: '1980-02-03', phone: null, confirmed: true },
      { full_name: 'Y Hai', sex: 'female', birth_date: '1991-02-03', phone: '+84912000001', confirmed: true },
    ])
    const { rows: copies } = await client.query(
      'select full_name, phone from records.patient where id = any($1) order by full_name',
      [[desk, both]],
    )
    expect(copies).toEqual([
      { full_name: 'Y Bàn', phone: null },
      { full_name: 'Y Hai', phone: '+84912000001' },
    ])
    const { rows: proxies } = await client.query(
      `select p.full_name, f.consent_by, upper_inf(c.valid) as live
      from records.care_relationship c join identity.family_member f on f.id = c.subject_id
        join records.patient p on p.id = c.patient_id
      where c.reason = 'proxy' and c.person_id = $1 order by p.full_name`,
      [guardian],
    )
    expect(proxies).toEqual([
      { full_name: 'A Con', consent_by: 'representative', live: true },
      { full_name: 'Y Bà', consent_by: 'self', live: true },
    ])
  })
})

it('names that were kept with runs of spaces are closed up, in every copy a list is found by', async () => {
  await withFormerDatabase(async ({ client, bringUp }) => {
    await bringUp('20261126T1329')
    const [wide, narrow, facility] = [randomUUID(), randomUUID(), randomUUID()]
    await client.query(
      "insert into facilities.facility (id, key, type, name, short_name) values ($1, 'x', 'commune_station', 'X', 'X')",
      [facility],
    )
    const patient =
      'insert into records.patient (id, full_name, sex, birth_date, created_by) values ($1, $2, $3, $4, $1)'
    await client.query(patient, [wide, 'Đỗ  Văn   Đ', 'male', '1980-02-03'])
    await client.query(patient, [narrow, 'Đỗ Văn E', 'male', '1981-02-03'])
    await client.query(
      `insert into records.care_relationship (id, patient_id, facility_id, reason, valid, created_by)
        values ($1, $2, $3, 'registered', tstzrange(now(), null), $2)`,
      [randomUUID(), wide, facility],
    )
    await bringUp('20261126T1330')
    const { rows } = await client.query(
      `select h.full_name as person, p.full_name as patient, p.search, c.search as listed, p.version
        from records.patient p join identity.person h on h.id = p.id
          left join records.care_relationship c on c.patient_id = p.id order by p.search`,
    )
    expect(rows).toEqual([
      { person: 'Đỗ Văn Đ', patient: 'Đỗ Văn Đ', search: 'do van d', listed: 'do van d', version: 2 },
      { person: 'Đỗ Văn E', patient: 'Đỗ Văn E', search: 'do van e', listed: null, version: 1 },
    ])
  })
})
