import { addFamilyMember, listFamily, me, removeFamilyMember } from '@moinha/contracts/identity'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { castCitizens } from '../domain/demo-cast.ts'
import { demoPersonId } from '../domain/demo-ids.ts'

let bed: TestBed
beforeAll(async () => void (bed = await openTestBed()))
afterAll(() => bed.close())

const child = (personId: string) => ({
  personId,
  fullName: 'A Bin',
  relation: 'child' as const,
  birthDate: '2023-04-05',
  sex: 'male' as const,
  consentVersion: '2026-11',
})
const lanChild = demoPersonId(castCitizens.lan.family[0]?.key ?? '')

test('a child is declared once, however often it is sent, and acted for from the next request on', async () => {
  const client = await bed.as('duc')
  const personId = randomUUID()
  const first = await client.call(addFamilyMember, { body: child(personId) })
  expect(await client.call(addFamilyMember, { body: child(personId) })).toEqual(first)
  expect((await client.call(me)).family).toEqual([
    expect.objectContaining({ personId, fullName: 'A Bin', relation: 'child' }),
  ])
  const actor = await bed.app.readActor(client.cookie)
  expect(actor.proxyFor).toEqual([personId])
})

test('somebody else’s child is refused, and so is any person who exists', async () => {
  const client = await bed.as('duc')
  for (const personId of [
    lanChild,
    demoPersonId(castCitizens.lan.key),
    demoPersonId(castCitizens.duc.key),
    demoPersonId('cast/nurse'),
  ]) {
    const answer = await client.try(addFamilyMember, { body: child(personId) })
    expect(answer.problem).toMatchObject({ status: 403, code: 'NOT_YOUR_FAMILY_MEMBER' })
  }
  expect((await client.try(removeFamilyMember, { params: { personId: lanChild } })).status).toBe(403)
  expect((await (await bed.as('lan')).call(listFamily)).items).toHaveLength(2)
})

test('the database itself hides others’ families and refuses to take them', async () => {
  const actor = await bed.app.readActor((await bed.as('duc')).cookie)
  const { persons, ties } = await bed.platform.transact(actor, async ({ tx }) => ({
    persons: await tx
      .selectFrom('identity.person')
      .where('id', 'in', [lanChild, demoPersonId(castCitizens.lan.key)])
      .select('id')
      .execute(),
    ties: await tx.selectFrom('identity.family_member').where('dependant_id', '=', lanChild).select('id').execute(),
  }))
  expect({ persons, ties }).toEqual({ persons: [], ties: [] })
  const steal = bed.platform.transact(actor, ({ tx }) =>
    tx
      .insertInto('identity.family_member')
      .values({
        guardian_id: actor.personId ?? '',
        dependant_id: lanChild,
        relation: 'child',
        consent_version: 'x',
        created_by: null,
        valid_until: null,
      })
      .execute(),
  )
  await expect(steal).rejects.toThrow(/row-level security/)
  const seen = await bed.platform.transact(systemActor, ({ tx }) =>
    tx.selectFrom('identity.person').where('id', '=', lanChild).select('id').execute(),
  )
  expect(seen).toHaveLength(1)
})

test('the family one stops acting for is gone from the next request on, and naming the id brings nobody back', async () => {
  const client = await bed.as('lan')
  await client.call(removeFamilyMember, { params: { personId: lanChild } })
  expect((await bed.app.readActor(client.cookie)).proxyFor).not.toContain(lanChild)
  expect((await client.try(addFamilyMember, { body: child(lanChild) })).problem).toMatchObject({
    status: 403,
    code: 'NOT_YOUR_FAMILY_MEMBER',
  })
  expect((await bed.app.readActor(client.cookie)).proxyFor).not.toContain(lanChild)
})

test('nobody is declared without a birth date: whose age is unknown would never come of age', async () => {
  const { birthDate: _, ...undated } = child(randomUUID())
  const answer = await (await bed.as('duc')).try(addFamilyMember, { body: undated as never })
  expect(answer.problem).toMatchObject({ status: 400, code: 'INVALID_INPUT', fields: [{ path: 'birthDate' }] })
})

test('a birth date to come is refused; staff have no family routes', async () => {
  const answer = await (
    await bed.as('duc')
  ).try(addFamilyMember, { body: { ...child(randomUUID()), birthDate: '2199-01-01' } })
  expect(answer.problem?.code).toBe('BIRTH_DATE_IN_FUTURE')
  expect((await (await bed.as('nurse')).try(listFamily)).status).toBe(403)
})
