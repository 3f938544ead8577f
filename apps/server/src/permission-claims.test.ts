import { me } from '@moinha/contracts/identity'
import { ownAccess, ownRecord, readPatient, registerPatient } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { facilityIdOf } from './modules/facilities/index.ts'
import { castCitizens, castStaffMember, demoPersonId } from './modules/identity/index.ts'
import { servedRoutes, type AnyRoute } from './platform/http/serve.ts'
import { crowdSecret, makeCrowd, openSession } from './platform/testing/make-crowd.ts'
import { idAt, idFieldsOf, tryRoute, withId, type IdField, type Matrix } from './platform/testing/permission-matrix.ts'
import { openTestBed, type TestBed } from './platform/testing/test-bed.ts'
import { TestClient } from './platform/testing/test-client.ts'

// The third caller of the permission matrix: holds ids of the own world (Pờ Y) but no relationship to it, and claims
// with them. Every writing route is walked by its schemas: whatever takes an id gets the victims'. Nothing may open to
// the claimer, and nothing may break.

const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lan = demoPersonId(castCitizens.lan.key)
const duc = demoPersonId(castCitizens.duc.key)

interface Claimer {
  name: string
  personId: string
}

let bed: TestBed
const cases: Matrix = {}
let claimers: Claimer[] = []
/** Registered at the desk of Pờ Y, without an account: the one an id alone once opened. */
let deskPatient = ''
/** How often each got through, for a claim that names victims in vain. */
const through = new Map<string, number>()
/** Ids that the own world's cases name, by module and field. */
const known = new Map<string, Set<string>>()

beforeAll(async () => {
  bed = await openTestBed({ config: { AUTH_SECRET: crowdSecret } })
  const modules = join(import.meta.dirname, 'modules')
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|[/\\])test[/\\]matrix\.ts$/.test(file),
  )
  for (const file of files) {
    Object.assign(cases, ((await import(join(modules, file))) as { matrix: Matrix }).matrix)
  }
  deskPatient = randomUUID()
  const nurse = await bed.as('nurse')
  const body = { id: deskPatient, facilityId: poY, fullName: 'Y Tại Bàn', birthDate: '2019-05-06' }
  await nurse.call(registerPatient, { body })
  claimers = [
    { name: 'a citizen', personId: await newPerson() },
    { name: 'a nurse elsewhere', personId: demoPersonId(castStaffMember('foreignNurse').key) },
    { name: 'an administrator elsewhere', personId: await foreignAdmin() },
  ]
  await gatherIds()
}, 120_000)

afterAll(() => bed.close())

/** A client of somebody, with a session of its own: signing in elsewhere ends the one before. */
async function clientOf(personId: string): Promise<TestClient> {
  const cookie = await openSession(bed.owner, personId)
  const one = new TestClient(bed.app)
  one.cookies.set(cookie.name, cookie.value)
  return one
}

async function newPerson(): Promise<string> {
  const [made] = await makeCrowd(bed.owner, 1)
  if (!made) throw new Error('no crowd')
  await bed.owner.query("update identity.person set birth_date = '1985-01-01' where id = $1", [made.personId])
  return made.personId
}

/** An administrator of a unit in another province. */
async function foreignAdmin(): Promise<string> {
  const personId = await newPerson()
  await bed.owner.query("update identity.account_user set kind = 'staff', username = 'admin.hoaihai' where id = $1", [
    personId,
  ])
  await bed.owner.query(
    "insert into identity.practitioner_role (id, person_id, facility_id, title) values ($1, $2, $3, 'chuyên viên')",
    [randomUUID(), personId, hoaiHai],
  )
  await bed.owner.query(
    "insert into identity.role_grant (id, person_id, role_key, facility_id) values ($1, $2, 'unit_admin', $3)",
    [randomUUID(), personId, hoaiHai],
  )
  return personId
}

const moduleOf = (route: AnyRoute): string => route.id.split('.')[0] ?? ''
const writes = (route: AnyRoute): boolean => route.method !== 'GET' && route.id !== 'identity.signOut'

/** What the own world's cases call things by: `records.id`, `calls.visitId`, … */
async function gatherIds(): Promise<void> {
  for (const route of servedRoutes.values()) {
    const input = await cases[route.id]?.own(bed)
    for (const field of idFieldsOf(route)) {
      const id = idAt(input, field)
      const key = `${moduleOf(route)}.${String(field.at(-1))}`
      if (id !== undefined) known.set(key, (known.get(key) ?? new Set()).add(id))
    }
  }
}

/** The victims' ids worth trying in a place: the people, and what this place is for in the own world. */
function idsFor(route: AnyRoute, field: IdField): string[] {
  const same = [...(known.get(`${moduleOf(route)}.${String(field.at(-1))}`) ?? [])]
  return [...new Set([deskPatient, lan, ...same.slice(0, 2), ...same.slice(-1)])]
}

/** Ways into a record and acting for somebody: what opens patients. */
const waysIn = `
  select 'relationship' as what, c.patient_id::text as of, c.reason as how from records.care_relationship c
    where c.patient_id in (select id from ours) and c.valid @> now()
      and (c.person_id in (select id from us) or c.facility_id = $4)
  union all select 'family', f.dependant_id::text, f.proof from identity.family_member f
    where f.dependant_id in (select id from ours) and f.valid_until is null and f.guardian_id in (select id from us)`

/** Patients made staff, and claimers placed at units that are not theirs: what opens units. */
const placesTaken = `
  select 'practitioner role', s.person_id::text, s.title from identity.practitioner_role s
    where s.person_id in (select id from ours)
  union all select 'practitioner role there', s.person_id::text, s.title from identity.practitioner_role s
    where s.person_id in (select id from us) and s.facility_id <> $4
  union all select 'role', g.person_id::text, g.role_key from identity.role_grant g
    where g.person_id in (select id from ours)
  union all select 'role there', g.person_id::text, g.role_key from identity.role_grant g
    where g.person_id in (select id from us) and g.facility_id <> $4`

/** What of the own world opens to the claimers; empty as long as ids are no proof. */
async function reach(): Promise<unknown[]> {
  const { rows } = await bed.owner.query(
    `with ours as (select id from records.patient where home_facility_id = $1 or id = $2),
      us as (select unnest($3::uuid[]) as id)
    ${waysIn}
    union all select 'staff account', u.id::text, u.username from identity.account_user u
      where u.id in (select id from ours) and u.kind = 'staff'
    union all select 'account', u.id::text, u.kind from identity.account_user u where u.id = $5
    union all ${placesTaken}
    union all select 'moved', p.id::text, coalesce(p.home_facility_id::text, 'none') from records.patient p
      where p.id in ($2, $5) and p.home_facility_id is distinct from $1`,
    [poY, lan, claimers.map((one) => one.personId), hoaiHai, deskPatient],
  )
  return rows
}

async function readsOf(claimer: Claimer): Promise<string[]> {
  const found: string[] = []
  for (const patientId of [deskPatient, lan]) {
    for (const route of [readPatient, ownRecord, ownAccess]) {
      const { status } = await tryRoute(await clientOf(claimer.personId), route, { params: { patientId } })
      if (status !== 403 && status !== 404) found.push(`${claimer.name}: ${route.id} answers ${status}`)
    }
  }
  return found
}

/** The route as the claimer would use it in their own world, with one of the victims' ids in one place. */
async function claim(claimer: Claimer, route: AnyRoute, field: IdField, id: string): Promise<string | undefined> {
  const entry = cases[route.id]
  const made = await (entry?.foreign ?? entry?.own)?.(bed)
  // the story's citizen of the other world is the claimer here, where the claimer is one
  const text = JSON.stringify(made ?? {}).replaceAll(duc, claimer.personId)
  const input = withId(JSON.parse(text) as object, field, id)
  const { status, problem } = await tryRoute(await clientOf(claimer.personId), route, input)
  if (status < 400) through.set(claimer.name, (through.get(claimer.name) ?? 0) + 1)
  return status >= 500
    ? `${claimer.name}: ${route.id} with ${field.join('.')} answers ${status} ${problem?.code}`
    : undefined
}

describe('who holds ids but no relationship, and claims with them', () => {
  test('sees nothing of the own world to begin with', async () => {
    expect(await reach()).toEqual([])
    expect((await Promise.all(claimers.map(readsOf))).flat()).toEqual([])
  })

  test('gains nothing by any writing route, and breaks none', async () => {
    const found: string[] = []
    for (const route of [...servedRoutes.values()].filter(writes)) {
      for (const claimer of claimers) {
        const clumsy = await tryRoute(await clientOf(claimer.personId), route, await cases[route.id]?.own(bed))
        if (clumsy.status >= 500) found.push(`${claimer.name}: ${route.id} answers ${clumsy.status}`)
        for (const field of idFieldsOf(route)) {
          for (const id of idsFor(route, field))
            found.push(...[await claim(claimer, route, field, id)].filter((line) => line !== undefined))
        }
      }
      const gained = await reach()
      if (gained.length > 0) found.push(`${route.id}: ${JSON.stringify(gained)}`)
      expect.soft(gained, route.id).toEqual([])
      if (gained.length > 0) break
    }
    expect(found).toEqual([])
    expect((await Promise.all(claimers.map(readsOf))).flat()).toEqual([])
    // the walk was no walk of strangers: each is still who they were, and got through where no victim was named
    for (const claimer of claimers) {
      const { person } = await (await clientOf(claimer.personId)).call(me)
      expect(person?.id).toBe(claimer.personId)
      expect(through.get(claimer.name), claimer.name).toBeGreaterThan(0)
    }
  }, 600_000)
})
