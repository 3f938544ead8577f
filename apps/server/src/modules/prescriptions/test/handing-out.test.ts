import * as contract from '@moinha/contracts/prescriptions'
import { readDocument } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { RxBed, lan } from './rx-bed.ts'

const clock = new FixedClock(new Date())
let bed: TestBed
let rx: RxBed

beforeAll(async () => {
  bed = await openTestBed({ clock })
  rx = await RxBed.open(bed)
}, 120_000)
afterAll(() => bed.close())

async function issued(): Promise<contract.Rx> {
  const written = await rx.written()
  await bed.runJobs()
  return rx.doctor.call(contract.readPrescription, { params: { id: written.id } })
}
const proof = ({ content }: contract.Rx) => ({ code: content.code, birthYear: 1996 })
const open = (body: { code: string; birthYear: number }) => bed.anonymous().try(contract.openAtPharmacy, { body })
const give = (one: contract.Rx, quantity: string, over: object = {}) =>
  bed
    .anonymous()
    .try(contract.dispenseAtPharmacy, {
      body: { ...proof(one), id: randomUUID(), pharmacy: 'Nhà thuốc Thử', items: [{ no: 1, quantity }], ...over },
    })

describe('at the pharmacy', () => {
  it('the code with the year of birth opens the medicines and nothing of the patient; the code alone nothing', async () => {
    const one = await issued()
    const opened = await open({ ...proof(one), code: one.content.code.toUpperCase() })
    expect(opened.body).toMatchObject({ open: 'open', lines: [{ name: 'Albendazole (Albendazol)', quantity: '2' }] })
    expect(JSON.stringify(opened.body)).not.toMatch(/Y Lan|I10|Bệnh thử|1996|chan_doan/)
    expect((await open({ ...proof(one), birthYear: 1995 })).problem?.code).toBe('RX_UNKNOWN')
    const { rows } = await bed.owner.query(
      "select outcome from audit.entry where action = 'prescriptions.openAtPharmacy' and patient_id = $1",
      [lan],
    )
    expect(rows.length).toBeGreaterThan(0)
  })

  it('whoever guesses years is stopped, whatever the network says', async () => {
    const one = await issued()
    const answers = []
    for (let year = 1980; year < 1996; year += 1) answers.push((await open({ ...proof(one), birthYear: year })).status)
    expect([answers[0], answers.at(-1)]).toEqual([404, 429])
    expect((await open(proof(one))).status).toBe(429)
  })

  it('never more than prescribed; two pharmacies at once: one wins; the same id twice is once', async () => {
    const one = await issued()
    expect((await give(one, '2.5')).problem).toMatchObject({
      code: 'RX_TOO_MUCH',
      params: { left: [{ no: 1, quantity: '2' }] },
    })
    expect((await give(one, '0')).problem?.code).toBe('RX_TOO_MUCH')
    const both = await Promise.all([give(one, '2'), give(one, '2')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const partly = await issued()
    const id = randomUUID()
    for (let sent = 0; sent < 2; sent += 1)
      expect((await give(partly, '1', { id })).body).toEqual({ given: [{ no: 1, quantity: '1.000' }] })
    await expect(
      bed.owner.query('update prescriptions.line set dispensed = quantity + 1 where prescription_id = $1', [one.id]),
    ).rejects.toThrow(/never_more_than_prescribed/)
  })

  it('not what is not acknowledged, was replaced, or is past its days', async () => {
    const waiting = await rx.written()
    expect((await open(proof(waiting))).body).toMatchObject({ open: 'not_issued' })
    expect((await give(waiting, '1')).problem).toMatchObject({ code: 'RX_NOT_OPEN', params: { why: 'not_issued' } })
    const one = await issued()
    clock.advanceMs(5 * 86_400_000)
    expect((await give(one, '1')).problem).toMatchObject({ code: 'RX_NOT_OPEN', params: { why: 'expired' } })
  })
})

describe('one’s own', () => {
  it('the patient reads it with its times of day; what was replaced is left out, strangers see nothing', async () => {
    const one = await issued()
    const line = await rx.line('mebendazole-500-mg-vien-nhai', { moments: ['morning', 'noon'], days: 3 })
    const instead = { replaces: one.id, replaceReason: 'Đổi thuốc' }
    const { body: second } = await rx.issue(rx.body(one.encounterId, [line], instead))
    const citizen = await bed.as('lan')
    const own = await citizen.call(contract.ownPrescriptions, { params: { patientId: lan } })
    const [newest] = own.items
    expect(newest).toMatchObject({ id: second.id, issued: false, lines: [{ moments: ['morning', 'noon'], days: 3 }] })
    expect(own.items.map(({ id }) => id)).not.toContain(one.id)
    const stranger = await bed.as('duc')
    expect((await stranger.try(contract.ownPrescriptions, { params: { patientId: lan } })).status).toBe(404)
  })
})

describe('taken back', () => {
  const withdraw = (id: string, reason = 'Kê nhầm người') =>
    rx.doctor.try(contract.withdrawPrescription, { params: { id }, body: { reason } })
  const read = (id: string) => rx.doctor.call(contract.readPrescription, { params: { id } })
  const unsent = async () => (await rx.doctor.call(contract.listUnsent)).items.map(({ id }) => id)

  it('before it went it is never sent; twice is once; the encounter can end otherwise', async () => {
    const one = await rx.written('DIRECT_TO_PATIENT')
    expect((await withdraw(one.id)).status).toBe(200)
    expect((await withdraw(one.id, 'Lại')).status).toBe(200)
    await bed.runJobs()
    expect(await read(one.id)).toMatchObject({
      state: 'waiting',
      attempts: 0,
      withdrawn: { reason: 'Kê nhầm người' },
      may: { replace: false, withdraw: false, dispense: false, send: false },
    })
    expect(await unsent()).not.toContain(one.id)
    const paper = await rx.doctor.call(readDocument, { params: { id: one.id }, query: {} })
    expect([paper.version, JSON.stringify(paper.sheet).includes('ĐÃ THU HỒI')]).toEqual([2, true])
    expect((await rx.tryFinish(one.encounterId, 'advice')).status).toBe(200)
  })

  it('after it went it stays on the list to settle, is closed at the pharmacy, and counts no more', async () => {
    const one = await issued()
    const nurse = await bed.as('nurse')
    const byNurse = { params: { id: one.id }, body: { reason: 'Thử' } }
    expect((await nurse.try(contract.withdrawPrescription, byNurse)).problem?.code).toBe('RX_NOT_A_PRESCRIBER')
    expect((await withdraw(one.id)).status).toBe(200)
    expect(await unsent()).toContain(one.id)
    expect((await open(proof(one))).body.open).toBe('withdrawn')
    expect((await give(one, '1')).problem?.code).toBe('RX_NOT_OPEN')
    const own = await (await bed.as('lan')).call(contract.ownPrescriptions, { params: { patientId: lan } })
    expect(own.items.map(({ id }) => id)).not.toContain(one.id)
    const line = await rx.line('mebendazole-500-mg-vien-nhai', { days: 1 })
    const instead = { replaces: one.id, replaceReason: 'Đổi' }
    expect((await rx.issue(rx.body(one.encounterId, [line], instead))).problem?.code).toBe('RX_WITHDRAWN')
    await expect(
      bed.owner.query("update prescriptions.prescription set withdraw_reason = 'x' where id = $1", [one.id]),
    ).rejects.toThrow(/never edited/)
  })

  it('not once something was handed out', async () => {
    const one = await issued()
    await give(one, '1')
    expect((await withdraw(one.id)).problem?.code).toBe('RX_GIVEN_ALREADY')
  })
})
