import * as contract from '@moinha/contracts/facilities'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf, supportRoutes } from '../index.ts'

let bed: TestBed
let admin: TestClient
let root: TestClient
const id = facilityIdOf

beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('unitAdmin')
  root = await bed.as('systemAdmin')
}, 120_000)
afterAll(() => bed.close())

const fields = { shortName: 'Điểm trạm Đắk Mế', type: 'station_site' as const, name: 'Điểm trạm thôn Đắk Mế' }

describe('search', () => {
  it('finds without diacritics, the phrase first', async () => {
    const poY = await bed.anonymous().call(contract.search, { query: { q: 'po y' } })
    expect(poY.items[0]).toMatchObject({
      name: 'Trạm Y tế xã Pờ Y',
      type: 'commune_station',
      services: expect.arrayContaining(['remote_examination']),
    })
    const dakPek = await bed.anonymous().call(contract.search, { query: { q: 'DAK PEK' } })
    expect(dakPek.items.map((item) => item.key)).toEqual(['kt-tyt-dak-pek'])
  })

  it('knows the old names, shows only units of today, and pages without gaps', async () => {
    const old = await bed.anonymous().call(contract.search, { query: { q: 'huyện Đăk Tô' } })
    expect(old.items.map((item) => item.key)).toEqual(['kt-ttyt-kv-dak-to'])
    const all = (await bed.anonymous().call(contract.search, { query: { limit: 100 } })).items
    const first = await bed.anonymous().call(contract.search, { query: { limit: 20 } })
    const second = await bed.anonymous().call(contract.search, { query: { limit: 100, after: first.next ?? '' } })
    expect([...first.items, ...second.items].map((item) => item.id)).toEqual(all.map((item) => item.id))
    expect(all.some((item) => item.key === 'kt-syt')).toBe(false)
  })

  it('takes whatever is typed', async () => {
    for (const q of ['%_\\', "'; drop", '…', 'ia h’drai'])
      expect((await bed.anonymous().try(contract.search, { query: { q } })).status).toBe(200)
    expect((await bed.anonymous().try(contract.search, { query: { after: 'nonsense' } })).status).toBe(200)
  })
})

describe('the map of any date', () => {
  it('shows the reform of 2025-07-01', async () => {
    const before = await root.call(contract.tree, { query: { on: '2025-06-30' } })
    const after = await root.call(contract.tree, { query: { on: '2025-07-01' } })
    const pathOn = (tree: typeof before, key: string) => tree.nodes.find((node) => node.key === key)?.path
    expect(pathOn(before, 'kt-tyt-dak-pek')).toBe('vn.kt_syt.kt_ttyt_dak_glei.kt_tyt_dak_pek')
    expect(pathOn(after, 'kt-tyt-dak-pek')).toBe('vn.qng_syt.kt_ttyt_kv_dak_glei.kt_tyt_dak_pek')
    expect(pathOn(after, 'kt-ttyt-dak-glei')).toBeUndefined()
    expect(after.nodes.find((node) => node.key === 'kt-ttyt-kv-dak-glei')?.pending).toBe(true)
    expect(after.nodes.find((node) => node.key === 'kt-tyt-dak-pek')?.pending).toBe(false)
  })

  it('shows one branch, and what the reader may edit', async () => {
    const { nodes } = await admin.call(contract.tree, { query: { root: id('kt-bvdkkv-ngoc-hoi') } })
    expect(nodes.map((node) => node.key)).toEqual(['kt-bvdkkv-ngoc-hoi', 'kt-tyt-po-y'])
    expect(nodes.every((node) => node.mayManage)).toBe(true)
    const rights = async (key: string) => {
      const { mayManage, mayMove } = await admin.call(contract.unit, { params: { id: id(key) } })
      return [mayManage, mayMove]
    }
    expect([await rights('kt-tyt-po-y'), await rights('kt-bvdkkv-ngoc-hoi'), await rights('qng-syt')]).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ])
    const whole = await admin.call(contract.tree)
    expect(whole.nodes.filter((node) => node.mayManage).map((node) => node.key)).toEqual([
      'kt-bvdkkv-ngoc-hoi',
      'kt-tyt-po-y',
    ])
  })

  it('backs a station differently in the pilot and in the roll-out', async () => {
    const on = (day: string) =>
      bed.platform.transact(systemActor, async ({ tx }) =>
        (await supportRoutes(tx, id('kt-tyt-dak-pek'), 'general', day)).map((route) => route.phase),
      )
    expect(new Set(await on('2024-06-01'))).toEqual(new Set(['pilot']))
    expect(new Set(await on('2025-03-01'))).toEqual(new Set(['rollout']))
    const network = await root.call(contract.network, { query: { root: id('qng-syt'), on: '2024-06-01' } })
    expect(network.links.length).toBeGreaterThan(20)
    expect(network.links.every((link) => link.phase === 'pilot')).toBe(true)
    expect(network.changes).toEqual(expect.arrayContaining(['2024-05-16', '2025-01-01', '2025-07-01']))
  })
})

describe('editing', () => {
  const edit = async (
    client: TestClient,
    key: string,
    change: { version?: number; about?: string; address?: string } = {},
  ) => {
    const unit = await root.call(contract.unit, { params: { id: id(key) } })
    return client.try(contract.editUnit, {
      params: { id: id(key) },
      body: {
        version: unit.version,
        name: unit.name,
        shortName: unit.shortName,
        type: unit.type as 'commune_station',
        communeName: unit.communeName ?? '',
        about: `sửa ${randomUUID()}`,
        ...change,
      },
    })
  }

  it('is for one’s own unit and those beneath, not above or elsewhere', async () => {
    expect((await edit(admin, 'kt-tyt-po-y')).status).toBe(200)
    expect((await edit(admin, 'kt-bvdkkv-ngoc-hoi')).status).toBe(200)
    expect((await edit(admin, 'qng-syt')).status).toBe(403)
    expect((await edit(admin, 'kt-tyt-dak-pek')).status).toBe(403)
    expect((await edit(await bed.as('nurse'), 'kt-tyt-po-y')).status).toBe(403)
    expect(
      (await admin.try(contract.editUnit, { params: { id: randomUUID() }, body: { version: 1, ...fields } })).status,
    ).toBe(404)
  })

  it('lets one of two win and tells the other; a repeat is no conflict', async () => {
    const { version } = await root.call(contract.unit, { params: { id: id('kt-tyt-po-y') } })
    const both = await Promise.all([
      edit(admin, 'kt-tyt-po-y', { version, about: 'A' }),
      edit(root, 'kt-tyt-po-y', { version, about: 'B' }),
    ])
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
    const second = both.find((answer) => answer.problem)?.problem
    expect(second).toMatchObject({ code: 'CHANGED_MEANWHILE', params: { current: { version: expect.any(Number) } } })
    expect(second?.params?.['current']).toHaveProperty('communeName')
    const stored = await root.call(contract.unit, { params: { id: id('kt-tyt-po-y') } })
    expect((await edit(root, 'kt-tyt-po-y', { version, about: stored.about ?? '' })).status).toBe(200)
  })

  it('asks for a new announcement when the place changes, until it is announced (REQ-TELE-02)', async () => {
    await edit(admin, 'kt-tyt-po-y', { address: 'Thôn Bắc Phong' })
    const read = async () =>
      (await admin.call(contract.unit, { params: { id: id('kt-tyt-po-y') } })).announceAgain.map((note) => note.reason)
    expect(await read()).toEqual(['infrastructure'])
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    const input = {
      params: { id: id('kt-tyt-po-y'), rowId: randomUUID() },
      body: { service: 'remote_examination' as const, submittedOn: today },
    }
    const first = await admin.call(contract.announceService, input)
    expect(first).toEqual(await admin.call(contract.announceService, input))
    expect(Date.parse(first.allowedFrom) - Date.parse(today)).toBe(10 * 86_400_000)
    expect(await read()).toEqual([])
  })

  it('leaves an audit row per change', async () => {
    const outcomes = async (key: string) =>
      (
        await bed.owner.query<{ outcome: string }>(
          `select distinct outcome from audit.entry where action = 'facilities.editUnit' and subject_id = $1
            order by outcome`,
          [id(key)],
        )
      ).rows
    // edited by its administrator, refused to those without the permission
    expect(await outcomes('kt-tyt-po-y')).toEqual([{ outcome: 'done' }, { outcome: 'refused' }])
    expect(await outcomes('qng-syt')).toEqual([{ outcome: 'refused' }])
  })
})

describe('the tree changes', () => {
  it('creates beneath, twice with the same id to the same end', async () => {
    const body = { id: randomUUID(), parentId: id('kt-tyt-po-y'), from: '2026-01-01', ...fields }
    const first = await admin.call(contract.createUnit, { body })
    expect(first.key).toBe('kt-diem-tram-dak-me')
    expect(await admin.call(contract.createUnit, { body })).toEqual(first)
    expect(
      (await admin.try(contract.createUnit, { body: { ...body, parentId: id('qng-syt'), id: randomUUID() } })).status,
    ).toBe(403)
    const { nodes } = await admin.call(contract.tree)
    expect(nodes.find((node) => node.id === body.id)).toMatchObject({
      path: 'vn.qng_syt.kt_bvdkkv_ngoc_hoi.kt_tyt_po_y.kt_diem_tram_dak_me',
      pending: true,
    })
  })

  it('moves from a date, refuses cycles, and takes nothing away from above', async () => {
    const move = (client: TestClient, key: string, parent: string, from: string) =>
      client.try(contract.moveUnit, { params: { id: id(key) }, body: { parentId: id(parent), from } })
    expect((await move(root, 'kt-bvdkkv-ngoc-hoi', 'kt-tyt-po-y', '2026-11-01')).problem?.code).toBe('TREE_CYCLE')
    expect((await move(admin, 'kt-bvdkkv-ngoc-hoi', 'kt-tyt-po-y', '2026-11-01')).status).toBe(403)
    expect((await move(admin, 'kt-tyt-po-y', 'kt-ttyt-kv-dak-to', '2026-11-01')).status).toBe(403)
    expect((await move(root, 'kt-tyt-sa-nghia', 'kt-ttyt-dak-to', '2026-11-01')).problem?.code).toBe('PARENT_NOT_THEN')
    expect((await move(root, 'kt-tyt-sa-nghia', 'kt-ttyt-kv-dak-to', '2024-01-01')).problem?.code).toBe(
      'PARENT_NOT_THEN',
    )
    expect((await move(root, 'kt-tyt-sa-nghia', 'kt-bvdk-tinh', '2024-01-01')).problem?.code).toBe('PLACEMENT_OVERLAPS')
    expect((await move(root, 'kt-tyt-sa-nghia', 'kt-ttyt-kv-dak-to', '2026-11-01')).status).toBe(200)
    expect((await move(root, 'kt-tyt-sa-nghia', 'kt-ttyt-kv-dak-to', '2026-11-01')).status).toBe(200)
    const pathOn = async (on: string) =>
      (await root.call(contract.tree, { query: { on } })).nodes.find((node) => node.key === 'kt-tyt-sa-nghia')?.path
    expect(await pathOn('2026-10-31')).toBe('vn.qng_syt.kt_ttyt_kv_sa_thay.kt_tyt_sa_nghia')
    expect(await pathOn('2026-11-01')).toBe('vn.qng_syt.kt_ttyt_kv_dak_to.kt_tyt_sa_nghia')
  })

  it('ends a unit: those beneath go to the successor, links end', async () => {
    const unit = await root.call(contract.unit, { params: { id: id('kt-ttyt-kv-kon-plong') } })
    const end = (body: object) =>
      root.try(contract.endUnit, {
        params: { id: unit.id },
        body: { version: unit.version, on: '2026-12-01', ...body },
      })
    expect((await end({})).problem?.code).toBe('UNIT_HAS_BENEATH')
    expect((await end({ kind: 'merge', successors: [id('kt-ttyt-dak-to')] })).problem?.code).toBe('SUCCESSOR_NOT_THEN')
    expect((await end({ kind: 'merge', successors: [id('kt-ttyt-kv-kon-ray')] })).status).toBe(200)
    const { nodes } = await root.call(contract.tree, { query: { on: '2026-12-01' } })
    expect(nodes.find((node) => node.key === 'kt-tyt-po-e')?.path).toBe('vn.qng_syt.kt_ttyt_kv_kon_ray.kt_tyt_po_e')
    const after = await root.call(contract.unit, { params: { id: unit.id } })
    expect(after.successors).toMatchObject([{ kind: 'merge', onDate: '2026-12-01' }])
    expect([...after.asks, ...after.isAskedBy].every((link) => link.to !== null && link.to <= '2026-12-01')).toBe(true)
  })
})

describe('support links and identifiers', () => {
  const link = {
    version: 0,
    toId: id('kt-bv-tam-than'),
    specialty: 'cardiology',
    phase: 'rollout' as const,
    rank: 2,
    role: 'specialty_support' as const,
    from: '2026-11-01',
  }
  const save = (rowId: string, change: object = {}) =>
    admin.try(contract.saveSupportLink, { params: { id: id('kt-tyt-po-y'), rowId }, body: { ...link, ...change } })

  it('adds, repeats, ends; refuses self links, overlaps and unknown specialties', async () => {
    const rowId = randomUUID()
    expect((await save(rowId)).body).toEqual({ version: 1 })
    expect((await save(rowId)).body).toEqual({ version: 1 })
    expect((await save(randomUUID())).problem?.code).toBe('LINK_OVERLAPS')
    expect((await save(randomUUID(), { toId: id('kt-tyt-po-y') })).problem?.code).toBe('LINK_TO_SELF')
    expect((await save(randomUUID(), { specialty: 'magic' })).problem?.code).toBe('SPECIALTY_UNKNOWN')
    expect((await save(rowId, { version: 1, to: '2026-10-01' })).problem?.code).toBe('DATES_BACKWARDS')
    expect((await save(rowId, { version: 1, to: '2027-01-01' })).body).toEqual({ version: 2 })
    expect((await save(rowId, { version: 1, rank: 5 })).problem?.code).toBe('CHANGED_MEANWHILE')
    expect(
      (
        await admin.try(contract.saveSupportLink, {
          params: { id: id('kt-tyt-dak-pek'), rowId: randomUUID() },
          body: link,
        })
      ).status,
    ).toBe(403)
    await admin.call(contract.removeSupportLink, { params: { id: id('kt-tyt-po-y'), rowId } })
    expect((await admin.try(contract.removeSupportLink, { params: { id: id('kt-tyt-po-y'), rowId } })).status).toBe(200)
  })

  it('keeps an identifier to one unit at a time', async () => {
    const put = (client: TestClient, key: string, rowId: string) =>
      client.try(contract.saveIdentifier, {
        params: { id: id(key), rowId },
        body: { system: 'ma-cskcb', value: '62001', from: '2026-01-01' },
      })
    const rowId = randomUUID()
    expect((await put(root, 'kt-tyt-po-y', rowId)).status).toBe(200)
    expect((await put(root, 'kt-tyt-po-y', rowId)).status).toBe(200)
    expect((await put(root, 'kt-tyt-dak-pek', randomUUID())).problem?.code).toBe('FACILITY_IDENTIFIER_TAKEN')
    expect((await put(root, 'kt-tyt-dak-pek', rowId)).problem?.code).toBe('ID_TAKEN')
  })
})
