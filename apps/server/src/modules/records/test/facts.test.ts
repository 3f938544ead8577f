import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '@moinha/contracts/records'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { allergiesOf, currentMedicinesOf, grantAccess } from '../index.ts'
import { systemActor } from '../../../platform/access/actor.ts'

let bed: TestBed
let nurse: TestClient
let doctor: TestClient
let consultant: TestClient
const lan = demoPersonId('cast/lan')
const child = demoPersonId('cast/lan-child')

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  doctor = await bed.as('stationDoctor')
  consultant = await bed.as('provincialSpecialist')
})
afterAll(() => bed.close())

type Typed = Parameters<typeof record>[0]
const record = (fact: object, { by = nurse, patientId = lan, id = randomUUID() as string } = {}) =>
  by.try(contract.recordFact, { params: { patientId }, body: { id, fact: fact as never } })
const change = (id: string, version: number, status: string, fact: Typed) =>
  nurse.try(contract.changeFact, {
    params: { id },
    body: { version, status: status as 'active', reason: 'Thử', fact: fact as never },
  })
const list = (by: TestClient, patientId = lan) => by.try(contract.listFacts, { params: { patientId } })
const penicillin = { kind: 'allergy', display: 'Penicilin', atc: 'J01C', reaction: 'Sốc', criticality: 'high' }
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

describe('allergies', () => {
  it('are seen by the doctor as soon as the nurse wrote them, with author and time, and by modules above', async () => {
    const { body } = await record(penicillin)
    expect(body?.fact).toMatchObject({ system: 'http://www.whocc.no/atc', code: 'J01C', status: 'active', version: 1 })
    expect(body?.fact.authorName).not.toBe('')
    const seen = await list(doctor)
    expect(seen.body?.items.map((one) => one.display)).toContain('Penicilin')
    expect(seen.body?.may.write).toBe(true)
    const known = await bed.platform.transact(systemActor, (work) => allergiesOf(work, lan))
    expect(known).toMatchObject([{ system: 'http://www.whocc.no/atc', code: 'J01C', criticality: 'high' }])
  })

  it('are said once, whatever capitals and accents; the one that stands is named', async () => {
    const again = await record({ kind: 'allergy', display: 'PENICILIN' })
    expect(again.problem).toMatchObject({ code: 'FACT_ALREADY_KNOWN', params: { display: 'Penicilin' } })
    const byCode = await record({ ...penicillin, display: 'Nhóm penicilin' })
    expect(byCode.problem?.code).toBe('FACT_ALREADY_KNOWN')
  })

  it('end "no known allergies", which is said and dated, and not said beside one', async () => {
    const none = await record({ kind: 'no_known_allergies' }, { patientId: child })
    expect(none.body?.fact).toMatchObject({ status: 'active' })
    await record({ kind: 'allergy', display: 'Tôm' }, { patientId: child })
    const { body } = await list(nurse, child)
    expect(body?.items.map((one) => [one.kind, one.status])).toEqual([
      ['allergy', 'active'],
      ['no_known_allergies', 'resolved'],
    ])
    const said = await record({ kind: 'no_known_allergies' }, { patientId: child })
    expect(said.problem?.code).toBe('ALLERGIES_ARE_KNOWN')
  })
})

describe('a change', () => {
  const metformin = { kind: 'medicine', display: 'Metformin 500 mg', inn: 'metformin', atc: 'A10BA02' }

  it('is a new version with its reason; the one before stays as it was', async () => {
    const id = randomUUID()
    await record(metformin, { id })
    const taken = await bed.platform.transact(systemActor, (work) => currentMedicinesOf(work, lan))
    expect(taken).toMatchObject([{ id, inn: 'metformin', atc: 'A10BA02' }])
    expect((await change(id, 1, 'resolved', metformin)).body?.fact).toMatchObject({ status: 'resolved', version: 2 })
    const { body } = await doctor.try(contract.factVersions, { params: { id } })
    expect(body?.items.map(({ no, status, reason }) => [no, status, reason])).toEqual([
      [2, 'resolved', 'Thử'],
      [1, 'active', null],
    ])
    expect(await bed.platform.transact(systemActor, (work) => currentMedicinesOf(work, lan))).toEqual([])
    await expect(
      bed.owner.query('update records.patient_fact set display = $2 where id = $1', [id, 'x']),
    ).rejects.toThrow(/new version/)
  })

  it('on an older version is refused and shows what stands', async () => {
    const id = randomUUID()
    await record({ kind: 'medicine', display: 'Amlodipin 5 mg' }, { id })
    await change(id, 1, 'resolved', { kind: 'medicine', display: 'Amlodipin 5 mg' })
    const late = await change(id, 1, 'entered_in_error', { kind: 'medicine', display: 'Amlodipin 5 mg' })
    expect(late.problem).toMatchObject({ code: 'CHANGED_MEANWHILE', params: { current: { status: 'resolved' } } })
  })

  it('entered in error leaves the lists but not the history', async () => {
    const id = randomUUID()
    const fact = { kind: 'problem', code: 'I10', display: 'Tăng huyết áp' }
    await record(fact, { id })
    await change(id, 1, 'entered_in_error', fact)
    expect((await list(nurse)).body?.items.map((one) => one.id)).not.toContain(id)
    expect((await nurse.try(contract.factVersions, { params: { id } })).body?.items).toHaveLength(2)
  })
})

describe('a pregnancy', () => {
  it('is due 280 days after the last period', async () => {
    const lastPeriodOn = daysAgo(70)
    const { body } = await record({ kind: 'pregnancy', lastPeriodOn })
    expect(body?.fact.dueOn).toBe(daysAgo(70 - 280))
    expect(body?.warnings).toEqual([])
  })

  it('is refused from the future, warned about where the last period is more than 320 days ago', async () => {
    const future = await record({ kind: 'pregnancy', lastPeriodOn: daysAgo(-2) }, { patientId: child })
    expect(future.problem).toMatchObject({ code: 'FACT_DATE_IN_FUTURE', params: { fields: ['lastPeriodOn'] } })
    const old = await record({ kind: 'pregnancy', lastPeriodOn: daysAgo(330) }, { patientId: child })
    expect(old.body?.warnings).toContain('last_period_long_ago')
  })

  it('cannot end before it began', async () => {
    const fact = { kind: 'medicine', display: 'Thuốc cũ', startedOn: daysAgo(1), endedOn: daysAgo(5) }
    expect((await record(fact)).problem?.code).toBe('FACT_ENDS_BEFORE_IT_BEGINS')
  })
})

describe('who', () => {
  it('is only asked reads and does not write; others see nothing; the citizen writes nothing', async () => {
    const foreign = await bed.as('foreignNurse')
    expect((await list(consultant)).status).toBe(404)
    await bed.platform.transact(systemActor, async (work) => {
      await grantAccess(work, {
        patientId: lan,
        personId: demoPersonId('cast/provincialSpecialist'),
        reason: 'consult',
        subjectId: randomUUID(),
      })
    })
    const lent = await list(consultant)
    expect(lent.body?.items.map((one) => one.display)).toContain('Penicilin')
    expect(lent.body?.may.write).toBe(false)
    expect((await record({ kind: 'allergy', display: 'Lạc' }, { by: consultant })).status).toBe(403)
    expect((await list(foreign)).status).toBe(404)
    const citizen = await bed.as('lan')
    expect((await record({ kind: 'allergy', display: 'Lạc' }, { by: citizen })).status).toBe(403)
  })

  it('is told by name of the patient only: the wire carries an id', async () => {
    const { rows } = await bed.owner.query<{ patient_id: string }>(
      "select patient_id from audit.entry where action = 'records.recordFact' and outcome = 'done'",
    )
    expect(new Set(rows.map((row) => row.patient_id))).toEqual(new Set([lan, child]))
  })

  it('names an id of another patient is refused', async () => {
    const id = randomUUID()
    await record({ kind: 'medicine', display: 'Vitamin C' }, { id })
    const other = await record({ kind: 'medicine', display: 'Vitamin C' }, { id, patientId: child })
    expect(other.problem?.code).toBe('ID_TAKEN')
  })
})

it('writes the fact of an encounter of that patient only', async () => {
  const id = randomUUID()
  const facilityId = facilityIdOf('kt-tyt-po-y')
  await nurse.call(contract.openEncounter, {
    body: { id, patientId: child, facilityId, remoteMode: 'IN_PERSON', reason: 'Ho' },
  })
  const fact = { kind: 'medicine', display: 'Siro ho' } as const
  const send = (patientId: string) =>
    nurse.try(contract.recordFact, { params: { patientId }, body: { id: randomUUID(), encounterId: id, fact } })
  expect((await send(lan)).status).toBe(404)
  expect((await send(child)).body?.fact.encounterId).toBe(id)
})
