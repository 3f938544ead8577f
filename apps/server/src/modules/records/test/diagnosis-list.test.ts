import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contract from '@moinha/contracts/records'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf, writeTables } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'

let bed: TestBed
let admin: TestClient
let nurse: TestClient
beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('systemAdmin')
  nurse = await bed.as('nurse')
})
afterAll(() => bed.close())

/** A week ago and in a week, of Vietnam's calendar. */
const inDays = (days: number): string =>
  new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

type Report = {
  errors: object[]
  moreErrors: number
  counts: Record<'new' | 'changed' | 'unchanged' | 'gone', number>
  digest: string
  code?: string
}
async function send(file: string | Buffer, from: string, digest?: string, edition = 'TT 06/2026') {
  const query = new URLSearchParams({ from, edition, ...(digest !== undefined && { digest }) })
  const path = digest === undefined ? contract.checkDiagnosisList.path : contract.applyDiagnosisList.path
  const answer = await admin.send<Report>({
    method: 'POST',
    url: `${path}?${query.toString()}`,
    headers: { 'content-type': typeof file === 'string' ? 'text/csv' : 'application/octet-stream' },
    payload: file,
  })
  return { status: answer.status, body: answer.body, problem: answer.problem }
}
const countOf = ({ counts }: Report): number => counts.new + counts.changed + counts.unchanged
const find = async (q: string, on?: string) =>
  (await nurse.call(contract.searchDiagnoses, { query: { q, ...(on !== undefined && { on }) } })).items

async function open(): Promise<string> {
  const id = randomUUID()
  await nurse.call(contract.openEncounter, {
    body: { id, patientId: demoPersonId('cast/lan'), facilityId: facilityIdOf('kt-tyt-po-y'), remoteMode: 'IN_PERSON' },
  })
  return id
}
const save = (id: string, version: number, ...codes: string[]) =>
  nurse.try(contract.saveEncounter, {
    params: { id },
    body: { version, changes: { diagnoses: codes.map((code) => ({ code, display: code })) } },
  })

const list = [
  'Mã;Tên bệnh;Tên tiếng Anh;Không sử dụng;Không làm bệnh chính',
  'I10;Tăng huyết áp vô căn;Essential hypertension;;',
  'I11;Bệnh tim do tăng huyết áp;Hypertensive heart disease;x;',
  'B95.0;Liên cầu nhóm A là nguyên nhân;Streptococcus, group A, as the cause;;x',
].join('\n')

it('is checked first, then written whole; a visit is written by the list of its day', async () => {
  const from = inDays(-7)
  const checked = await send(list, from)
  expect(checked.body.errors).toEqual([])
  expect(countOf(checked.body)).toBe(3)
  expect((await find('A09'))[0]?.code).toBe('A09')
  expect((await send(list, from, 'other')).problem?.code).toBe('IMPORT_CHANGED')
  expect((await send(list, from, checked.body.digest)).status).toBe(200)
  // today's list is the new one, the list of before is still asked for visits of before
  expect(await find('A09')).toEqual([])
  expect((await find('A09', inDays(-8)))[0]?.code).toBe('A09')
  expect(await find('lien cau nhom a')).toMatchObject([{ code: 'B95.0', usable: true, usableAsPrimary: false }])
  expect(await find('hypertensive heart')).toMatchObject([{ code: 'I11', usable: false }])
  const { items } = await admin.call(contract.diagnosisEditions)
  expect(items[0]).toEqual({ edition: 'TT 06/2026', from, until: null, codes: 3 })
  expect(items.at(-1)).toMatchObject({ edition: 'starter', from: null, until: from })
})

it('marks are kept at saving, finishing and correcting, each with a clear refusal', async () => {
  const id = await open()
  expect((await save(id, 1, 'I11')).problem).toMatchObject({ code: 'DIAGNOSIS_NOT_USABLE', params: { code: 'I11' } })
  expect((await save(id, 1, 'B95.0')).problem).toMatchObject({ code: 'DIAGNOSIS_NOT_PRIMARY' })
  expect((await save(id, 1, 'I10', 'B95.0')).status).toBe(200)
  // what was saved under another list is asked again at the end
  await bed.owner.query(
    "update records.icd10 set usable_as_primary = false where code = 'I10' and edition <> 'starter'",
  )
  await nurse.call(contract.saveEncounter, { params: { id }, body: { version: 2, changes: { conclusion: 'Ổn' } } })
  const finish = () =>
    nurse.try(contract.finishEncounter, { params: { id }, body: { version: 3, disposition: 'treatment' } })
  expect((await finish()).problem?.code).toBe('DIAGNOSIS_NOT_PRIMARY')
  await bed.owner.query("update records.icd10 set usable_as_primary = true where code = 'I10'")
  expect((await finish()).status).toBe(200)
  const corrected = await nurse.try(contract.correctEncounter, {
    params: { id },
    body: { version: 4, reason: 'Sửa', changes: { diagnoses: [{ code: 'I11', display: 'I11' }] } },
  })
  expect(corrected.problem?.code).toBe('DIAGNOSIS_NOT_USABLE')
})

it('a 14th diagnosis is refused; a primary and twelve more are lawful', async () => {
  const id = await open()
  const codes = Array.from({ length: 14 }, (_, at) => `M${10 + at}`)
  expect((await save(id, 1, ...codes)).problem).toMatchObject({ code: 'INVALID_INPUT' })
  expect((await save(id, 1, ...codes.slice(1))).status).toBe(200)
})

it('with one wrong row writes nothing and names the row', async () => {
  const wrong = `${list}\nXYZ;Sai;;;\nI10;Lặp;;;`
  const checked = await send(wrong, inDays(0))
  expect(checked.body.errors).toEqual([
    { row: 5, column: 'code', code: 'BAD_CODE', value: 'XYZ' },
    { row: 6, column: 'code', code: 'DUPLICATE_CODE', value: 'I10' },
  ])
  expect((await send(wrong, inDays(0), checked.body.digest)).problem?.code).toBe('IMPORT_HAS_ERRORS')
  expect((await find('I11'))[0]?.code).toBe('I11')
})

it('takes the whole list of the Ministry’s size, as csv and as a workbook, and imported again it takes its own place', async () => {
  const rows = Array.from({ length: 15_844 }, (_, at) => {
    const code = `${String.fromCharCode(65 + (at % 26))}${String(Math.floor(at / 26) % 100).padStart(2, '0')}.${Math.floor(at / 2600)}`
    return [
      code,
      `Bệnh số ${at} của danh mục, không xác định, có biến chứng`,
      `Disease number ${at}, unspecified, with complications`,
    ]
  })
  const csv = ['Mã,Tên bệnh,Tên tiếng Anh', ...rows.map((cells) => cells.map((cell) => `"${cell}"`).join(','))].join(
    '\n',
  )
  const from = inDays(7)
  const checked = await send(csv, from)
  expect(checked.body.errors).toEqual([])
  expect(countOf(checked.body)).toBe(15_844)
  expect((await send(csv, from, checked.body.digest)).status).toBe(200)
  expect(await find('benh so 15800', from)).toMatchObject([
    { en: 'Disease number 15800, unspecified, with complications' },
  ])
  expect(await find('benh so 15800')).toEqual([])
  const book = await writeTables([
    { name: 'ICD', rows: [['Mã', 'Tên bệnh', 'Tên tiếng Anh'], ...rows], widths: [10, 60, 60] },
  ])
  const again = await send(book, from)
  expect(again.body).toMatchObject({ errors: [], counts: { unchanged: 15_844, new: 0 } })
  expect((await send(book, from, again.body.digest)).status).toBe(200)
  const { items } = await admin.call(contract.diagnosisEditions)
  expect(items.filter((one) => one.from === from)).toEqual([expect.objectContaining({ codes: 15_844 })])
}, 60_000)
