import * as contract from '@moinha/contracts/facilities'
import type { ImportReport } from '@moinha/contracts/facilities'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { Answer, TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../index.ts'
import { xlsxType } from '@moinha/contracts/facilities'

let bed: TestBed
let admin: TestClient
let root: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('unitAdmin')
  root = await bed.as('systemAdmin')
}, 120_000)
afterAll(() => bed.close())

const upload = (
  client: TestClient,
  payload: Buffer | string,
  type = 'text/csv',
  digest?: string,
): Promise<Answer<ImportReport>> =>
  client.send({
    method: 'POST',
    url: digest === undefined ? contract.importCheck.path : `${contract.importApply.path}?digest=${digest}`,
    payload,
    headers: { 'content-type': type },
  })

/** The client reads text: binary comes by hand. */
async function exportOf(client: TestClient, key: string, query = ''): Promise<Buffer> {
  const reply = await bed.app.inject({
    url: `/api/facilities/${facilityIdOf(key)}/export${query}`,
    headers: { cookie: client.cookie },
  })
  expect(reply.statusCode).toBe(200)
  return reply.rawPayload
}

const state = async () => {
  const tables = ['facility', 'placement', 'support_link', 'identifier', 'tree_path']
  const counts = await Promise.all(
    tables.map((table) =>
      bed.owner.query(
        `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from facilities.${table} t`,
      ),
    ),
  )
  return counts.map(({ rows }) => (rows as { sum: string }[])[0]?.sum)
}

const codes = (answer: Answer<ImportReport>) =>
  answer.body.errors.map((error) => `${error.row} ${error.column} ${error.code}`)

describe('round trip', () => {
  it('an export imports as no change, in both formats', async () => {
    const book = await upload(admin, await exportOf(admin, 'kt-bvdkkv-ngoc-hoi'), xlsxType)
    expect(book.body).toMatchObject({ errors: [], changes: [], counts: { new: 0, changed: 0 } })
    expect(book.body.counts.unchanged).toBeGreaterThan(20)
    const whole = await upload(root, await exportOf(root, 'vn'), 'application/octet-stream')
    expect(whole.body).toMatchObject({ errors: [], changes: [], counts: { new: 0, changed: 0 } })
    for (const sheet of contract.sheetNames) {
      const answer = await upload(root, await exportOf(root, 'vn', `?format=csv&sheet=${sheet}`))
      expect(answer.body).toMatchObject({ errors: [], changes: [], counts: { new: 0, changed: 0 } })
    }
  })

  it('is for one’s own branch', async () => {
    const reply = await admin.try(contract.exportUnits, { params: { id: facilityIdOf('qng-syt') }, query: {} })
    expect(reply.status).toBe(403)
    expect((await upload(await bed.as('nurse'), 'key,name,type\n', 'text/csv')).status).toBe(403)
  })
})

describe('wrong rows', () => {
  it('are all named, and nothing is written', async () => {
    const before = await state()
    const units = await upload(
      root,
      [
        'key,name,type,valid_from,valid_to,certainty',
        'kt-tyt-po-y,Trạm Y tế xã Pờ Y,hospital,2023-01-01,,D',
        'KT TYT,Trạm,commune_station,2023-01-01,,D',
        'kt-x,,commune_station,31/02/2024,,D',
        'kt-y,Trạm Y,commune_station,2024-05-01,2024-01-01,Z',
        'kt-z,Trạm Z,commune_station,2024-05-01,,D',
        'kt-z,Trạm Z,commune_station,2024-05-01,,D',
        'kt-syt,Sở Y tế Kon Tum,province_health_department,2023-01-01,2024-01-01,D',
      ].join('\n'),
    )
    expect(codes(units)).toEqual([
      '2 type UNKNOWN_TYPE',
      '3 key BAD_KEY',
      '4 name EMPTY',
      '4 valid_from BAD_DATE',
      '5 certainty UNKNOWN_CERTAINTY',
      '6 key NO_PLACEMENT',
      '7 key DUPLICATE',
      '8 valid_to PLACES_BEYOND',
    ])
    const places = await upload(
      root,
      [
        'key,parent_key,valid_from,valid_to',
        'kt-nowhere,vn,2023-01-01,',
        'kt-tyt-po-y,kt-nowhere,2026-12-01,',
        'kt-tyt-po-y,kt-bvdk-tinh,2026-12-02,',
        'kt-tyt-dak-pek,kt-ttyt-dak-to,2026-12-01,',
        'qng-syt,kt-tyt-po-y,2023-01-01,',
      ].join('\n'),
    )
    expect(codes(places)).toEqual([
      '2 key UNKNOWN_UNIT',
      '3 parent_key UNKNOWN_PARENT',
      '4 valid_from PLACEMENT_OVERLAPS',
      '5 parent_key PARENT_NOT_THEN',
      '5 valid_from PLACEMENT_OVERLAPS',
      '6 parent_key TREE_CYCLE',
    ])
    const links = await upload(
      root,
      [
        'from_key,to_key,specialty,phase,rank,role,valid_from,valid_to',
        'kt-tyt-po-y,kt-tyt-po-y,,rollout,1,fallback,2026-01-01,',
        'kt-tyt-po-y,kt-bv-tam-than,magic,rollout,1,fallback,2026-01-01,',
        'kt-tyt-po-y,kt-bvdk-tinh,,rollout,1,fallback,2026-01-01,',
        'kt-tyt-po-y,kt-cdc,,trial,0,boss,,',
      ].join('\n'),
    )
    expect(codes(links)).toEqual([
      '2 to_key SELF_LINK',
      '3 specialty UNKNOWN_SPECIALTY',
      '4 valid_from LINK_OVERLAPS',
      '5 phase UNKNOWN_PHASE',
      '5 rank BAD_RANK',
      '5 role UNKNOWN_ROLE',
      '5 valid_from EMPTY',
    ])
    for (const [csv, answer] of [['key,name,type\nkt-tyt-po-y,X,hospital', units]] as const) {
      const applied = await upload(root, csv, 'text/csv', answer.body.digest)
      expect([applied.status, applied.problem?.code]).toEqual([422, 'IMPORT_HAS_ERRORS'])
    }
    expect(await state()).toEqual(before)
  })

  it('outside one’s branch are refused', async () => {
    const answer = await upload(
      admin,
      'key,name,type\nkt-tyt-po-y,Trạm Y tế xã Pờ Y (mới),commune_station\nkt-tyt-dak-pek,Trạm của tôi,commune_station\n',
    )
    expect(codes(answer)).toEqual(['3 key OUTSIDE_SUBTREE'])
    const link = await upload(
      admin,
      'from_key,to_key,phase,rank,role,valid_from\nkt-tyt-dak-pek,kt-bv-tam-than,rollout,1,fallback,2026-01-01\n',
    )
    expect(codes(link)).toEqual(['2 from_key OUTSIDE_SUBTREE'])
    const place = await upload(
      admin,
      'key,parent_key,valid_from\nkt-tyt-dak-pek,kt-bvdkkv-ngoc-hoi,2026-12-01\nkt-tyt-po-y,qng-syt,2026-12-01\n',
    )
    expect(codes(place)).toEqual(['2 key OUTSIDE_SUBTREE', '3 parent_key OUTSIDE_SUBTREE'])
  })
})

describe('a good file', () => {
  const sheet = (rows: string[][]) => rows.map((cells) => cells.map((value) => ({ value, type: String })))

  it('is shown as a difference, then written as a whole, once', async () => {
    const bytes = await writeXlsxFile([
      {
        sheet: 'units',
        data: sheet([
          ['key', 'name', 'short_name', 'type', 'valid_from', 'phone'],
          ['kt-diem-a', '=Điểm trạm A', 'Điểm A', 'station_site', '01/11/2026', '+84905000000'],
          ['kt-tyt-po-y', 'Trạm Y tế xã Pờ Y', 'Trạm Pờ Y', 'commune_station', '2023-01-01', ''],
        ]),
      },
      {
        sheet: 'placements',
        data: sheet([
          ['key', 'parent_key', 'valid_from'],
          ['kt-diem-a', 'kt-tyt-po-y', '2026-11-01'],
        ]),
      },
    ]).toBuffer()
    const before = await state()
    const checked = await upload(admin, bytes, xlsxType)
    expect(checked.body.errors).toEqual([])
    expect(checked.body.counts).toEqual({ new: 2, changed: 1, unchanged: 0 })
    expect(checked.body.changes[1]).toMatchObject({
      key: 'kt-tyt-po-y',
      fields: [{ column: 'short_name', before: 'TYT Pờ Y', after: 'Trạm Pờ Y' }],
    })
    expect(await state()).toEqual(before)
    expect((await upload(admin, bytes, xlsxType, 'another')).problem?.code).toBe('IMPORT_CHANGED')
    expect((await upload(admin, bytes, xlsxType, checked.body.digest)).status).toBe(200)
    const { nodes } = await admin.call(contract.tree)
    expect(nodes.find((node) => node.key === 'kt-diem-a')?.path).toBe(
      'vn.qng_syt.kt_bvdkkv_ngoc_hoi.kt_tyt_po_y.kt_diem_a',
    )
    expect((await upload(admin, bytes, xlsxType)).body.counts).toEqual({ new: 0, changed: 0, unchanged: 3 })
    const csv = (await exportOf(admin, 'kt-bvdkkv-ngoc-hoi', '?format=csv')).toString()
    expect(csv).toContain("'=Điểm trạm A")
    expect(csv).toContain("'+84905000000")
    expect((await upload(admin, csv)).body.counts).toMatchObject({ new: 0, changed: 0 })
  })
})

describe('files that are not what they should be', () => {
  const refused = async (payload: Buffer | string, type: string) => (await upload(root, payload, type)).problem?.code
  const workbook = (sheet: string, more: Record<string, Uint8Array> = {}) =>
    Buffer.from(
      zipSync({
        '[Content_Types].xml': strToU8('<Types/>'),
        'xl/workbook.xml': strToU8('<workbook/>'),
        'xl/worksheets/sheet1.xml': strToU8(sheet),
        ...more,
      }),
    )

  it('are refused with the reason', async () => {
    expect(await refused('', 'text/csv')).toBe('FILE_EMPTY')
    expect(await refused('key,name,type\n', 'text/csv')).toBe('FILE_EMPTY')
    expect(await refused('a,b\n1,2\n', 'text/csv')).toBe('FILE_COLUMNS_MISSING')
    expect(await refused('key,name,type\n', xlsxType)).toBe('FILE_LIES_ABOUT_TYPE')
    expect(await refused(Buffer.from(zipSync({ 'a.txt': strToU8('hello') })), xlsxType)).toBe('FILE_LIES_ABOUT_TYPE')
    expect(await refused(workbook('<c/>'), 'text/csv')).toBe('FILE_LIES_ABOUT_TYPE')
    expect(await refused(Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'application/octet-stream')).toBe(
      'FILE_TYPE_UNKNOWN',
    )
    expect(await refused(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), xlsxType)).toBe('FILE_BROKEN')
    expect(await refused('key,name,type\nkt-a,"=cmd|x",y\n', 'text/csv')).toBe('FILE_HAS_FORMULAS')
    expect(await refused(Buffer.alloc(2_097_153, 65), 'text/csv')).toBe('BODY_TOO_LARGE')
    expect(await refused('{}', 'text/html')).toBe('UNSUPPORTED_MEDIA')
  })

  it('with macros, formulas or bombs inside are refused before anything reads them', async () => {
    expect(await refused(workbook('<c r="B3"><f>1+1</f></c>'), xlsxType)).toBe('FILE_HAS_FORMULAS')
    expect(await refused(workbook('<c/>', { 'xl/vbaProject.bin': new Uint8Array(10) }), xlsxType)).toBe(
      'FILE_HAS_MACROS',
    )
    expect(await refused(workbook('<c/>', { 'xl/media/bomb.xml': new Uint8Array(60_000_000) }), xlsxType)).toBe(
      'FILE_TOO_LARGE_INSIDE',
    )
    expect(await refused(workbook('<c r="XFD1048576"><v>1</v></c>'), xlsxType)).toBe('FILE_TOO_LARGE_INSIDE')
  })
})
