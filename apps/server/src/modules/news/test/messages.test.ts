import {
  dropDraft,
  list,
  managed,
  markRead,
  message,
  mine,
  publicAreas,
  publicFeed,
  proof,
  publish,
  areas,
  saveDraft,
  unread,
  withdraw,
  correct,
} from '@moinha/contracts/news'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Clock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const ngocHoi = facilityIdOf('kt-bvdkkv-ngoc-hoi')
const quangNgai = facilityIdOf('qng-syt')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
let bed: TestBed
let officer: TestClient
let lan: TestClient
let ahead = 0
const clock: Clock = { now: () => new Date(Date.now() + ahead) }

const words = (over: object = {}) => ({
  titleVi: 'Phòng bệnh sốt xuất huyết',
  bodyVi: 'Diệt lăng quăng mỗi tuần.\n\nNgủ màn.',
  titleEn: '',
  bodyEn: '',
  priority: 'normal' as const,
  fromDay: null,
  untilDay: null,
  ...over,
})
async function send(client: TestClient, areaId: string, over: object = {}): Promise<string> {
  const id = randomUUID()
  const { edits } = await client.call(saveDraft, { params: { id }, body: { ...words(over), areaId, edits: 0 } })
  await client.call(publish, { params: { id }, body: { edits } })
  return id
}
const idsOf = (feed: { items: { id: string }[] }) => feed.items.map((item) => item.id)

beforeAll(async () => {
  bed = await openTestBed({ clock })
  officer = await bed.as('officer')
  lan = await bed.as('lan')
}, 120_000)
afterAll(() => bed.close())

describe('a message', () => {
  test('reaches the people of its area and the visitors of its stations, nobody else', async () => {
    const id = await send(officer, poY)
    const feed = await lan.call(mine, { query: {} })
    expect(feed.homes.map((home) => home.id)).toEqual([poY])
    expect(feed.items.find((item) => item.id === id)).toMatchObject({
      read: false,
      sender: { id: quangNgai },
      area: { id: poY },
      excerptVi: 'Diệt lăng quăng mỗi tuần.',
    })
    expect(idsOf(await (await bed.as('duc')).call(mine, { query: {} }))).not.toContain(id)
    expect(idsOf(await bed.anonymous().call(publicFeed, { query: { facilityId: poY } }))).toContain(id)
    expect(idsOf(await bed.anonymous().call(publicFeed, { query: { facilityId: hoaiHai } }))).not.toContain(id)
  })

  test('of a province is what a visitor sees who named no station', async () => {
    const wide = await send(officer, quangNgai)
    const narrow = await send(officer, ngocHoi)
    const feed = idsOf(await bed.anonymous().call(publicFeed, { query: {} }))
    expect([feed.includes(wide), feed.includes(narrow)]).toEqual([true, false])
    expect((await bed.anonymous().call(publicAreas)).items.map((area) => area.id)).toContain(quangNgai)
  })

  test('is read page by page without a gap or a double', async () => {
    for (let turn = 0; turn < 3; turn += 1) await send(officer, poY)
    const all = idsOf(await lan.call(mine, { query: { limit: 100 } }))
    const first = await lan.call(mine, { query: { limit: 2 } })
    const second = await lan.call(mine, { query: { limit: 2, after: first.next ?? '' } })
    expect([...idsOf(first), ...idsOf(second)]).toEqual(all.slice(0, 4))
    expect((await lan.try(mine, { query: { after: "x' or 1=1" } })).status).toBe(400)
  })

  test('needs Vietnamese, both halves of English, and days in order', async () => {
    const draft = async (over: object) => {
      const id = randomUUID()
      const saved = await officer.try(saveDraft, { params: { id }, body: { ...words(over), areaId: poY, edits: 0 } })
      return saved.problem?.code ?? (await officer.try(publish, { params: { id }, body: { edits: 1 } })).problem?.code
    }
    expect(await draft({ bodyVi: '  ' })).toBe('NEWS_NEEDS_VIETNAMESE')
    expect(await draft({ titleEn: 'Dengue' })).toBe('NEWS_ENGLISH_HALF')
    expect(await draft({ fromDay: '2030-02-01', untilDay: '2030-01-01' })).toBe('NEWS_DAYS_REVERSED')
    expect(await draft({ untilDay: '2020-01-01' })).toBe('NEWS_ALREADY_OVER')
  })

  test('waits for its first day and ends after its last', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10)
    const id = await send(officer, poY, { fromDay: day(2), untilDay: day(3) })
    const shown = async () => idsOf(await lan.call(mine, { query: { limit: 100 } })).includes(id)
    expect([await shown(), (await lan.try(message, { params: { id } })).status]).toEqual([false, 404])
    ahead = 2.5 * 86_400_000
    expect(await shown()).toBe(true)
    ahead = 5 * 86_400_000
    expect([await shown(), (await lan.call(message, { params: { id } })).over]).toEqual([false, true])
    ahead = 0
  })

  test('tells the ledger once', async () => {
    const id = await send(officer, poY)
    await officer.call(publish, { params: { id }, body: { edits: 1 } })
    const { rows } = await bed.owner.query(
      `select facility_id, counterpart_facility_id from indicators.activity where kind = 'news_published'
        and subject_id = $1`,
      [id],
    )
    expect(rows).toEqual([{ facility_id: quangNgai, counterpart_facility_id: poY }])
  })
})

describe('reading', () => {
  test('is kept once, lowers the count, and shows up as a number only', async () => {
    const id = await send(officer, poY)
    const before = (await lan.call(unread)).count
    await lan.call(markRead, { params: { id }, body: { version: 1 } })
    await lan.call(markRead, { params: { id }, body: { version: 1 } })
    expect((await lan.call(unread)).count).toBe(before - 1)
    expect((await lan.call(message, { params: { id } })).read).toBe(true)
    const { items } = await officer.call(proof, { params: { id } })
    expect(items).toEqual([
      { unit: { id: poY, name: 'Trạm Y tế xã Pờ Y' }, recipients: expect.any(Number), readers: 1 },
    ])
    expect(JSON.stringify(await officer.call(managed, { params: { id } }))).not.toContain('Y Lan')
  })

  test('marks are the reader’s own in the database too', async () => {
    const id = await send(officer, poY)
    await lan.call(markRead, { params: { id }, body: { version: 1 } })
    const asOfficer = await bed.platform.db.transaction().execute(async (tx) => {
      const { setActor } = await import('../../../platform/db/work.ts')
      const { createActor } = await import('../../../platform/access/actor.ts')
      await setActor(
        tx,
        createActor({
          kind: 'staff',
          personId: demoPersonId('cast/officer'),
          grants: [],
          clinicalFacilityIds: [poY],
          proxyFor: [],
          personal: [],
        }),
      )
      return tx.selectFrom('news.read_mark').selectAll().execute()
    })
    expect(asOfficer).toEqual([])
  })
})

describe('a correction', () => {
  test('is a new version, unread again; the old words stay on file', async () => {
    const id = await send(officer, poY)
    await lan.call(markRead, { params: { id }, body: { version: 1 } })
    const body = { ...words({ bodyVi: 'Lời đã sửa.' }), version: 1, reason: 'Sai số điện thoại' }
    expect(await officer.call(correct, { params: { id }, body })).toEqual({ version: 2 })
    expect(await officer.call(correct, { params: { id }, body })).toEqual({ version: 2 })
    expect((await officer.try(correct, { params: { id }, body: { ...body, bodyVi: 'Khác' } })).problem?.code).toBe(
      'CHANGED_MEANWHILE',
    )
    expect(await lan.call(message, { params: { id } })).toMatchObject({
      bodyVi: 'Lời đã sửa.',
      correctionReason: 'Sai số điện thoại',
      read: false,
    })
    expect((await officer.call(managed, { params: { id } })).versions.map((one) => one.no)).toEqual([2, 1])
    await expect(
      bed.owner.query("update news.message_version set body_vi = 'x' where message_id = $1", [id]),
    ).rejects.toThrow('never changed')
  })
})

describe('a withdrawn message', () => {
  test('leaves the feed and loses its words, not its place', async () => {
    const id = await send(officer, poY)
    await officer.call(withdraw, { params: { id }, body: { reason: 'Gửi nhầm' } })
    await officer.call(withdraw, { params: { id }, body: { reason: 'Lần hai' } })
    expect(idsOf(await lan.call(mine, { query: { limit: 100 } }))).not.toContain(id)
    expect(await lan.call(message, { params: { id } })).toMatchObject({ state: 'withdrawn', titleVi: '', bodyVi: '' })
    expect((await officer.call(managed, { params: { id } })).withdrawnReason).toBe('Gửi nhầm')
    expect(
      (await officer.try(correct, { params: { id }, body: { ...words(), version: 1, reason: 'x' } })).problem?.code,
    ).toBe('NEWS_NOT_PUBLISHED')
  })
})

describe('a draft', () => {
  test('is written by one hand at a time, may be sent twice, and may be thrown away', async () => {
    const id = randomUUID()
    const body = { ...words({ titleVi: '' }), areaId: poY, edits: 0 }
    await officer.call(saveDraft, { params: { id }, body })
    expect(await officer.call(saveDraft, { params: { id }, body: { ...body, titleVi: 'Hai', edits: 1 } })).toEqual({
      edits: 2,
    })
    expect(await officer.call(saveDraft, { params: { id }, body: { ...body, titleVi: 'Hai', edits: 1 } })).toEqual({
      edits: 2,
    })
    expect(
      (await officer.try(saveDraft, { params: { id }, body: { ...body, titleVi: 'Ba', edits: 1 } })).problem,
    ).toMatchObject({ code: 'CHANGED_MEANWHILE', params: { current: { edits: 2, titleVi: 'Hai' } } })
    expect((await lan.try(message, { params: { id } })).status).toBe(404)
    await officer.call(dropDraft, { params: { id } })
    await officer.call(dropDraft, { params: { id } })
    expect((await officer.try(managed, { params: { id } })).status).toBe(404)
  })
})

describe('who may send', () => {
  test('an administrator sends to the own subtree, in the unit’s own name', async () => {
    const admin = await bed.as('unitAdmin')
    const id = await send(admin, poY)
    expect((await lan.call(message, { params: { id } })).sender.id).toBe(ngocHoi)
    expect(
      (await admin.try(saveDraft, { params: { id: randomUUID() }, body: { ...words(), areaId: quangNgai, edits: 0 } }))
        .problem?.code,
    ).toBe('NEWS_AREA_FOREIGN')
    expect((await admin.call(areas, { query: { q: 'po y' } })).items).toMatchObject([
      { id: poY, people: expect.any(Number) },
    ])
  })

  test('a message of the department is not the administrator’s to take back', async () => {
    const id = await send(officer, poY)
    const admin = await bed.as('unitAdmin')
    expect((await admin.try(withdraw, { params: { id }, body: { reason: 'x' } })).problem?.code).toBe('NEWS_UNKNOWN')
    expect((await admin.call(list, { query: { limit: 100 } })).items.map((item) => item.id)).not.toContain(id)
    expect(
      (await officer.call(list, { query: { status: 'published', limit: 100 } })).items.find((item) => item.id === id)
        ?.counts,
    ).toMatchObject({ readers: 0 })
  })
})
