import * as contract from '@moinha/contracts/records'
import type { CallReply } from '@moinha/contracts/route'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { standingOf } from '../domain/tele-list.ts'
import { teleRows } from '../store/reference-lists.ts'

let bed: TestBed
let system: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  system = await bed.as('systemAdmin')
})
afterAll(() => bed.close())

const send = <T>(url: string, payload: string) =>
  system.send<T>({ method: 'POST', url, payload, headers: { 'content-type': 'text/csv' } })
const apply = (csv: string, from: string) =>
  send<CallReply<typeof contract.applyTeleImport>>(`${contract.applyTeleImport.path}?from=${from}`, csv)
const standing = (code: string, day: string) =>
  bed.platform.transact(systemActor, async ({ tx }) => standingOf(code, await teleRows(tx, day)))
const listOn = (on: string) => system.call(contract.teleList, { query: { on } })

const head = 'STT,Bệnh/tình trạng bệnh,Mã ICD-10,Tình trạng'

it('the list shipped can be read back as it is', async () => {
  const csv = readFileSync(new URL('../data/diseases-tt30-2023.csv', import.meta.url), 'utf8')
  const { status, body } = await send<CallReply<typeof contract.checkTeleImport>>(contract.checkTeleImport.path, csv)
  expect([status, body.wrong, body.rows.length]).toEqual([200, 0, 49])
})

it('a new list stands from its day, the one of before stays known, what was vouched for stays so', async () => {
  const old = await listOn('2026-11-26')
  const asthma = old.items.find((row) => row.icd10 === 'J45')
  await system.call(contract.enableTeleRow, { params: { id: asthma?.id ?? '' }, body: { enabled: true } })
  const csv = `${head}\n1,Béo phì,E66,đã xác nhận\n2,Hen,J45,\n3,Cúm,J10,chờ xác nhận`
  expect(await apply(csv, '2030-01-01')).toMatchObject({ status: 200, body: { rows: 3 } })
  expect(await standing('I10', '2029-12-31')).toBe('listed')
  expect(await standing('I10', '2030-01-01')).toBe('no')
  expect(await standing('E66.0', '2030-01-01')).toBe('listed')
  expect(await standing('J45.0', '2030-01-01')).toBe('listed')
  expect(await standing('J10', '2030-01-01')).toBe('pending')
  const list = await listOn('2030-06-01')
  expect(list.items.map((row) => row.icd10)).toEqual(['E66', 'J45', 'J10'])
  expect(list.days).toEqual(['2030-01-01', '2024-01-01'])
  expect((await listOn('2026-11-26')).items).toHaveLength(49)
})

it('one from an earlier day takes the place of what was to begin later', async () => {
  expect((await apply(`${head}\n1,Tăng huyết áp,I10,verified`, '2029-01-01')).status).toBe(200)
  expect(await standing('I10', '2031-01-01')).toBe('listed')
  expect(await standing('E66', '2031-01-01')).toBe('no')
  expect((await listOn('2031-01-01')).days).toEqual(['2029-01-01', '2024-01-01'])
})

it('with a mistake nothing of it is written', async () => {
  const { status, problem } = await apply(`${head}\n1,Béo phì,E66,verified\n2,Hen,hen suyễn,`, '2029-06-01')
  expect([status, problem?.code]).toEqual([422, 'IMPORT_HAS_ERRORS'])
  expect((await listOn('2029-07-01')).items.map((row) => row.icd10)).toEqual(['I10'])
})
