import * as contract from '@moinha/contracts/audit'
import { readPatient, searchPatients } from '@moinha/contracts/records'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castCitizens, castStaffMember, demoPersonId } from '../../identity/index.ts'

let bed: TestBed
let unitAdmin: TestClient
let systemAdmin: TestClient
const lanId = demoPersonId(castCitizens.lan.key)
const nurseId = demoPersonId(castStaffMember('nurse').key)

beforeAll(async () => {
  bed = await openTestBed()
  unitAdmin = await bed.as('unitAdmin')
  systemAdmin = await bed.as('systemAdmin')
  const [nurse, foreignNurse] = [await bed.as('nurse'), await bed.as('foreignNurse')]
  await nurse.call(readPatient, { params: { patientId: lanId } })
  await nurse.call(searchPatients, { body: { q: '' } })
  await foreignNurse.try(readPatient, { params: { patientId: lanId } })
})
afterAll(() => bed.close())

const list = async (client: TestClient, query: object = {}) =>
  (await client.call(contract.listEntries, { query: { limit: 100, ...query } })).items

it('shows the units beneath one’s grant, and who of elsewhere tried to look at their patients', async () => {
  const rows = await list(unitAdmin)
  expect(rows.map((row) => row.action)).toContain('records.readPatient')
  const refused = rows.find((row) => row.outcome === 'refused' && row.action === 'records.readPatient')
  expect(refused).toMatchObject({
    actor: { name: castStaffMember('foreignNurse').fullName, unitName: expect.stringContaining('Hoài Hải') },
    facilityName: expect.stringContaining('Pờ Y'),
  })
  const paths = new Set(rows.map((row) => row.facilityName))
  expect([...paths].some((name) => name?.includes('Hoài Hải'))).toBe(false)
  // rows of no unit belong to whoever reads the whole tree
  expect(rows.some((row) => row.facilityName === null && row.actor.unitName === null)).toBe(false)
  expect((await list(systemAdmin)).some((row) => row.facilityName === null && row.actor.unitName === null)).toBe(true)
})

it('names no patient to whoever may not see them; the code stays the same', async () => {
  const rows = (await list(unitAdmin, { patientId: lanId })).filter((row) => row.patientCount === 1)
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.every((row) => row.patients.every((one) => one.name === null))).toBe(true)
  expect(new Set(rows.flatMap((row) => row.patients.map((one) => one.code))).size).toBe(1)
  expect(JSON.stringify(rows)).not.toContain(castCitizens.lan.fullName)
})

it('filters by person, patient in lists too, action, outcome and day, and pages without losing one', async () => {
  expect((await list(unitAdmin, { actorId: nurseId })).every((row) => row.actor.id === nurseId)).toBe(true)
  expect((await list(unitAdmin, { patientId: lanId })).map((row) => row.action)).toContain('records.searchPatients')
  expect(
    (await list(unitAdmin, { action: 'records.searchPatients' })).every(
      (row) => row.action === 'records.searchPatients',
    ),
  ).toBe(true)
  expect((await list(unitAdmin, { outcome: 'refused' })).every((row) => row.outcome === 'refused')).toBe(true)
  expect(await list(unitAdmin, { to: '2020-01-01' })).toEqual([])
  expect((await unitAdmin.try(contract.listEntries, { query: { after: 'x' } })).problem?.code).toBe('INVALID_INPUT')
  const whole = (await list(unitAdmin, { actorId: nurseId })).map((row) => row.id)
  const paged: string[] = []
  let after: string | undefined
  do {
    const page = await unitAdmin.call(contract.listEntries, {
      query: { actorId: nurseId, limit: 2, ...(after && { after }) },
    })
    paged.push(...page.items.map((row) => row.id))
    after = page.next ?? undefined
  } while (after)
  expect(paged).toEqual(whole)
})

it('reading the log leaves a row, and a nurse of the unit reads none of it past the screen either', async () => {
  await list(unitAdmin, { patientId: lanId })
  const { rows } = await bed.owner.query(
    "select detail from audit.entry where action = 'audit.listEntries' order by id desc limit 1",
  )
  expect(rows).toMatchObject([{ detail: { patientId: lanId } }])
  const seen = await bed.platform.transact(await bed.app.readActor((await bed.as('nurse')).cookie), async ({ tx }) => {
    const { sql } = await import('kysely')
    return (await sql<{ actor_id: string }>`select distinct actor_id from audit.entry`.execute(tx)).rows
  })
  expect(seen).toEqual([{ actor_id: nurseId }])
})

it('says how the chain stands and verifies on demand', async () => {
  await bed.platform.jobs.unbound.get('audit.seal')?.({})
  await unitAdmin.call(contract.verifyLog, { body: {} })
  await unitAdmin.call(contract.verifyLog, { body: {} })
  const { rows } = await bed.owner.query("select from graphile_worker.jobs where task_identifier = 'audit.verifyAll'")
  expect(rows).toHaveLength(1)
  await bed.runJobs()
  expect(await unitAdmin.call(contract.readState)).toMatchObject({
    scope: 'full',
    broken: [],
    publicKeyId: expect.stringMatching(/^[0-9a-f]{16}$/),
  })
})

it('names who acted by kind and id: a program’s row never bears the name of a person', async () => {
  await bed.owner.query(
    `insert into audit.entry (request_id, actor_kind, actor_id, action, outcome, subject, facility_id)
      select 'same id', kind, $1, 'test.sameId', 'done', 'x', (select facility_id from identity.practitioner_role
        where person_id = $1 and valid_until is null limit 1) from unnest(array['staff', 'service']) kind`,
    [nurseId],
  )
  const rows = await list(unitAdmin, { action: 'test.sameId' })
  expect(new Map(rows.map((row) => [row.actor.kind, row.actor.name]))).toEqual(
    new Map([
      ['staff', castStaffMember('nurse').fullName],
      ['service', ''],
    ]),
  )
})
