import * as contract from '@moinha/contracts/prescriptions'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { waitAfter } from '../actions/send-prescriptions.ts'
import { sendPrescriptionsJob } from '../job-types.ts'
import { startFakeNational, type FakeNational } from '../ports/national-fake.ts'
import { RxBed } from './rx-bed.ts'

const clock = new FixedClock(new Date())
let bed: TestBed
let rx: RxBed
let national: FakeNational

beforeAll(async () => {
  national = await startFakeNational('bi-mat')
  const accounts = join(mkdtempSync(join(tmpdir(), 'moinha-rx-')), 'accounts.json')
  bed = await openTestBed({ clock, config: { PRESCRIPTION_URL: national.url, PRESCRIPTION_ACCOUNTS: accounts } })
  rx = await RxBed.open(bed)
  const { content } = await rx.written()
  const prescribers = { [content.prescriber.licenceNo]: { code: 'BS-0001', password: 'bi-mat' } }
  const facilities = { [content.facility.code]: { password: 'bi-mat' } }
  writeFileSync(accounts, JSON.stringify({ facilities, prescribers }))
}, 120_000)
afterAll(async () => {
  await bed.close()
  await national.close()
})
afterEach(() => national.behave('takes'))

const read = (id: string) => rx.doctor.call(contract.readPrescription, { params: { id } })
const unsent = async () => (await rx.doctor.call(contract.listUnsent)).items
/** Lets the outbox run once more, after its wait. */
async function later(minutes: number): Promise<void> {
  clock.advanceMs(minutes * 60_000)
  await bed.platform.transact(systemActor, (work) => work.enqueue(sendPrescriptionsJob, {}))
  await bed.runJobs()
}

describe('on the way to the national system', () => {
  it('issued only with the stored acknowledgement; the prescriber is added there once, one token serves all', async () => {
    await bed.runJobs()
    const one = await rx.written()
    expect(one).toMatchObject({ state: 'waiting', issuedAt: null })
    await bed.runJobs()
    const issued = await read(one.id)
    expect([issued.state, issued.checksum?.length]).toEqual(['issued', 64])
    expect([...national.added]).toEqual(['BS-0001'])
    expect(national.called.filter((path) => path.endsWith('dang-nhap-bac-si'))).toHaveLength(2)
    expect(national.received.at(-1)).toMatchObject({
      loai_don_thuoc: 'c',
      ma_don_thuoc: one.content.code,
      ho_ten_benh_nhan: 'Y Lan',
      gioi_tinh: 3,
      ngay_sinh_benh_nhan: '08/03/1996',
      chan_doan: [{ ma_chan_doan: 'I10' }],
      thong_tin_don_thuoc: [{ ma_thuoc: 'P02CA03', so_luong: '2' }],
    })
    expect(national.received.at(-1)?.['ngay_gio_ke_don']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  })

  it('refused with errors: said why, not tried again by itself, and sent again when somebody asks', async () => {
    national.behave('refuses')
    const { id } = await rx.written()
    await bed.runJobs()
    const refused = await read(id)
    expect([refused.state, refused.errors]).toEqual(['refused', ['Thiếu địa chỉ người bệnh']])
    expect(await unsent()).toMatchObject([{ id, state: 'refused', nextTryAt: null, patientName: 'Y Lan' }])
    const before = national.received.length
    await later(600)
    expect(national.received).toHaveLength(before)
    national.behave('takes')
    await rx.doctor.call(contract.sendAgain, { params: { id } })
    await bed.runJobs()
    expect((await read(id)).state).toBe('issued')
    expect(await unsent()).toEqual([])
  })

  it('away: it waits, visibly, longer each time, and the station hands out its own medicines meanwhile', async () => {
    national.behave('fails')
    const { id } = await rx.written()
    await bed.runJobs()
    expect(await unsent()).toMatchObject([{ id, state: 'waiting', attempts: 1, failure: 'HTTP_503' }])
    const given = { id: randomUUID(), items: [{ no: 1, quantity: '2' }] }
    const { given: now } = await rx.doctor.call(contract.dispense, { params: { id }, body: given })
    expect(now).toEqual([{ no: 1, quantity: '2.000' }])
    await later(2)
    expect((await unsent())[0]?.attempts).toBe(2)
    national.behave('takes')
    await later(1)
    expect((await unsent())[0]?.attempts).toBe(2)
    await later(2)
    expect((await read(id)).state).toBe('issued')
    expect([1, 2, 3, 20].map((attempts) => waitAfter(attempts) / 60_000)).toEqual([1, 2, 4, 360])
  })

  it('a token that ran out is renewed within the same try; an answer that got lost is asked for again and kept once', async () => {
    national.behave('expired')
    const one = await rx.written()
    await bed.runJobs()
    expect((await read(one.id)).state).toBe('issued')
    national.behave('lost')
    const two = await rx.written()
    await bed.runJobs()
    expect((await read(two.id)).state).toBe('waiting')
    national.behave('takes')
    await later(2)
    expect((await read(two.id)).state).toBe('issued')
    const sent = national.received.filter((body) => body['ma_don_thuoc'] === two.content.code)
    expect(sent).toHaveLength(2)
    const { rows } = await bed.owner.query(
      "select count(*)::int as n from audit.entry where action = 'prescriptions.acknowledged' and subject_id = $1",
      [two.id],
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  it('an acknowledgement without its checksum is none', async () => {
    national.behave('no-checksum')
    const { id } = await rx.written()
    await bed.runJobs()
    expect(await read(id)).toMatchObject({ state: 'waiting', failure: 'ANSWER_NOT_UNDERSTOOD' })
    national.behave('takes')
    await later(2)
  })

  it('two senders at once send each once; what was replaced before it went is not sent at all', async () => {
    national.delay(50)
    const first = await rx.written()
    const line = await rx.line('mebendazole-500-mg-vien-nhai', { moments: ['morning'], days: 1 })
    const instead = { replaces: first.id, replaceReason: 'Đổi thuốc' }
    const second = await rx.issue(rx.body(first.encounterId, [line], instead))
    await Promise.all([bed.runJobs(), bed.runJobs()])
    national.delay(0)
    const codes = national.received.map((body) => body['ma_don_thuoc'])
    expect(codes.filter((code) => code === first.content.code)).toHaveLength(0)
    expect(codes.filter((code) => code === second.body.content.code)).toHaveLength(1)
    expect(national.received.at(-1)?.['luu_y']).toBe(`Thay thế đơn ${first.content.code}: Đổi thuốc`)
  })
})

describe('the activity ledger', () => {
  it('counts a remote encounter with an acknowledged prescription once, as brute force does, whatever was replaced', async () => {
    const line = async (code: string) => rx.line(code, { moments: ['morning'], days: 1 })
    const encounters = [await rx.encounter('DIRECT_TO_PATIENT'), await rx.encounter('VIA_RECEIVING_FACILITY')]
    const here = await rx.encounter('IN_PERSON')
    for (const encounterId of [...encounters, here]) {
      const first = await rx.issue(rx.body(encounterId, [await line('loratadine-10-mg-vien-nen')]))
      await bed.runJobs()
      const over = { replaces: first.body.id, replaceReason: 'Đổi thuốc' }
      await rx.issue(rx.body(encounterId, [await line('cetirizine-10-mg-vien-nen')], over))
      await rx.issue(rx.body(encounterId, [await line('folic-acid-5-mg-vien-nen')]))
      await bed.runJobs()
    }
    const counted = async () =>
      (
        await bed.owner.query<{ n: number }>(
          "select coalesce(sum(sign), 0)::int as n from indicators.activity where kind = 'remote_prescription'",
        )
      ).rows[0]?.n
    expect(await counted()).toBe(0)
    for (const encounterId of [...encounters, here]) await rx.finish(encounterId)
    await bed.runJobs()
    const { rows } = await bed.owner.query<{ counted: number; facts: number; exams: number }>(`
      select (select coalesce(sum(sign), 0)::int from indicators.activity
          where kind = 'remote_prescription') as counted,
        (select count(distinct p.encounter_id)::int from prescriptions.prescription p
          join records.encounter e on e.id = p.encounter_id
          where p.state = 'issued' and e.remote_mode in ('DIRECT_TO_PATIENT', 'VIA_RECEIVING_FACILITY')) as facts,
        (select coalesce(sum(sign), 0)::int from indicators.activity a where a.kind = 'remote_exam'
          and a.subject_id = any (array(select distinct encounter_id from prescriptions.prescription))) as exams`)
    // open ones were none; finished, each is one examination of row 5 however much was prescribed
    expect(rows).toEqual([{ counted: 2, facts: 2, exams: 2 }])
  })
})
