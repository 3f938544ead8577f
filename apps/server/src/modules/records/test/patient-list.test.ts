import { searchPatients } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const nurse = demoPersonId('cast/nurse')
let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
})
afterAll(() => bed.close())

const owned = <Row extends object>(text: string, values: unknown[] = []) => bed.owner.query<Row>(text, values)

async function patient(fullName: string): Promise<string> {
  const id = randomUUID()
  await owned("insert into records.patient (id, full_name, sex) values ($1, $2, 'unknown')", [id, fullName])
  return id
}

interface Care {
  facilityId?: string
  personId?: string
  reason?: string
  ended?: boolean
}

const care = (patientId: string, { facilityId, personId, reason = 'registered', ended = false }: Care) =>
  owned(
    `insert into records.care_relationship (patient_id, facility_id, person_id, reason, subject_id, valid)
     values ($1, $2, $3, $4, $5, tstzrange(now() - interval '2 days', case when $6 then now() - interval '1 day' end))`,
    [patientId, facilityId ?? null, personId ?? null, reason, randomUUID(), ended],
  )

/** Somebody who works at two units and was let to patients by name. */
const atTwo = createActor({
  kind: 'staff',
  personId: nurse,
  grants: [],
  clinicalFacilityIds: [poY, hoaiHai],
  proxyFor: [],
  personal: [],
})

async function listed(name: string | null, limit: number, facilityId: string | null = null): Promise<string[]> {
  return bed.platform.transact(atTwo, async ({ tx }) => {
    const found: { id: string; search: string }[] = []
    for (;;) {
      const after = found.at(-1)
      const { rows } = await sql<{ id: string; search: string }>`
        select id, search from records.find_patients('%' || platform.fold(${name}) || '%', null, null,
          ${facilityId}::uuid, ${after?.search ?? null}, ${after?.id ?? null}::uuid, ${limit})`.execute(tx)
      found.push(...rows)
      if (rows.length < limit) return found.map((row) => row.id)
    }
  })
}

it('pages through several units and what was opened by name, in order, each patient once', async () => {
  const [an, binh, chi, dung, giang] = [
    await patient('Zz An'),
    await patient('Zz Bình'),
    await patient('Zz Chi'),
    await patient('Zz Dung'),
    await patient('Zz Giang'),
  ]
  await care(chi, { facilityId: poY })
  await care(chi, { facilityId: hoaiHai, reason: 'encounter' })
  await care(chi, { personId: nurse, reason: 'consult' })
  await care(an, { facilityId: hoaiHai })
  await care(an, { facilityId: hoaiHai, reason: 'appointment' })
  await care(binh, { personId: nurse, reason: 'consult' })
  await care(dung, { facilityId: poY, ended: true })
  await care(giang, { facilityId: facilityIdOf('kt-bvdkkv-ngoc-hoi') })
  for (const limit of [1, 2, 30]) expect(await listed('zz', limit), `${limit}`).toEqual([an, binh, chi])
  const everybody = await listed(null, 7)
  expect(everybody).toEqual([...new Set(everybody)])
  expect(everybody.slice(-3)).toEqual([an, binh, chi])
  expect(await listed('zz', 30, poY)).toEqual([chi])
  expect(await listed('zz', 30, hoaiHai)).toEqual([an, chi])
  expect(await listed('zz', 30, facilityIdOf('kt-bvdkkv-ngoc-hoi'))).toEqual([])
})

it('lists a patient under a corrected name at once, also where the relationship is a family’s', async () => {
  const client = await bed.as('nurse')
  const id = await patient('Zy Sai')
  await care(id, { facilityId: poY })
  await owned(
    `insert into identity.family_member (guardian_id, dependant_id, relation, consent_version, consent_by)
     values ($1, $2, 'parent', 'v1', 'self')`,
    [demoPersonId('cast/duc'), id],
  )
  await owned("update identity.person set full_name = 'Zx Đúng' where id = $1", [id])
  const names = await owned<{ search: string }>(
    'select search from records.care_relationship where patient_id = $1 order by reason',
    [id],
  )
  expect(names.rows).toEqual([{ search: 'zx dung' }, { search: 'zx dung' }])
  const found = await client.call(searchPatients, { body: { q: 'zx dung', facilityId: poY } })
  expect(found.items.map((row) => row.id)).toEqual([id])
})

it('shows nobody the name a relationship is listed by, least of all after it ended', async () => {
  const id = await patient('Zw Đã Chuyển Đi')
  await care(id, { facilityId: poY, ended: true })
  const asked = (columns: string) =>
    bed.platform.transact(atTwo, ({ tx }) =>
      sql`select ${sql.raw(columns)} from records.care_relationship where patient_id = ${id}`.execute(tx),
    )
  expect((await asked('patient_id')).rows).toEqual([{ patient_id: id }])
  await expect(asked('search')).rejects.toThrow(/permission denied/)
  await expect(
    bed.platform.transact(atTwo, ({ tx }) =>
      sql`select records.patients_of_holder(${poY}::uuid, null, null, '', null, 1)`.execute(tx),
    ),
  ).rejects.toThrow(/permission denied/)
})
