import * as contract from '@moinha/contracts/prescriptions'
import { cancelEncounter, finishEncounter, readDocument, readEncounter, recordFact } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { castCitizens, demoPersonId } from '../../identity/index.ts'
import { lan, poY, RxBed, type Typed } from './rx-bed.ts'

let bed: TestBed
let rx: RxBed

beforeAll(async () => {
  bed = await openTestBed()
  rx = await RxBed.open(bed)
}, 120_000)
afterAll(() => bed.close())

const check = (encounterId: string, lines: readonly Typed[], over: object = {}) =>
  rx.doctor.call(contract.checkPrescription, { body: rx.body(encounterId, lines, over) })
const codesOf = ({ findings }: { findings: readonly contract.Finding[] }) =>
  findings.map(({ code, level }) => `${level} ${code}`)

describe('writing', () => {
  it('a prescription is written once with all that is printed, filed, and not edited', async () => {
    const encounterId = await rx.encounter()
    const line = await rx.line('amlodipine-5-mg-vien-nen', { moments: ['morning'], days: 30 })
    const body = rx.body(encounterId, [line], { advice: 'Ăn nhạt', followUpDays: 30 })
    const written = await rx.doctor.call(contract.issuePrescription, { body })
    expect(written.content).toMatchObject({
      kind: 'c',
      patient: { fullName: 'Y Lan', months: null },
      lines: [{ no: 1, inn: 'Amlodipine', quantity: '30', dose: '1' }],
      overruled: [],
    })
    expect(written.content.code).toMatch(/^[0-9A-Za-z]{5}[0-9a-z]{7}-c$/)
    expect(written.state).toBe('waiting')
    // sent again: the same one
    const again = await rx.doctor.call(contract.issuePrescription, { body })
    expect(again.content.code).toBe(written.content.code)
    const paper = await rx.doctor.call(readDocument, { params: { id: written.id }, query: {} })
    expect(JSON.stringify(paper.sheet)).toContain('uống mỗi lần 1 viên, ngày 1 lần (sáng), trong 30 ngày')
    await expect(
      bed.owner.query("update prescriptions.prescription set content = '{}' where id = $1", [written.id]),
    ).rejects.toThrow(/never edited/)
  })

  it('a nurse does not prescribe; a foreign doctor does not find it', async () => {
    const encounterId = await rx.encounter()
    const body = rx.body(encounterId, [await rx.line('amlodipine-5-mg-vien-nen')])
    const nurse = await bed.as('nurse')
    expect((await nurse.try(contract.issuePrescription, { body })).problem?.code).toBe('RX_NOT_A_PRESCRIBER')
    const foreign = await bed.as('foreignNurse')
    expect((await foreign.try(contract.issuePrescription, { body })).status).toBe(404)
    expect((await nurse.call(contract.ofEncounter, { params: { id: encounterId } })).refused).toBe(
      'RX_NOT_A_PRESCRIBER',
    )
  })

  it('the gate: not for a disease that is not on the list at a distance', async () => {
    const encounterId = await rx.encounter('DIRECT_TO_PATIENT', 'I21.9')
    const lines = [await rx.line('omeprazole-20-mg-vien-nang-tan-trong-ruot')]
    expect(codesOf(await check(encounterId, lines))).toEqual(['block not_allowed_here'])
    const refused = await rx.doctor.try(contract.issuePrescription, { body: rx.body(encounterId, lines) })
    expect(refused.problem?.code).toBe('RX_NOT_ALLOWED_HERE')
    expect((await rx.doctor.call(contract.ofEncounter, { params: { id: encounterId } })).refused).toBe(
      'RX_NOT_ALLOWED_HERE',
    )
  })

  it('replaced, never edited: the old one stays readable and says so; only once, and not what was handed out', async () => {
    const first = await rx.written()
    const lines = [await rx.line('mebendazole-500-mg-vien-nhai', { days: 1 })]
    const replacing = (id: string, reason: string) =>
      rx.issue(rx.body(first.encounterId, lines, { replaces: id, replaceReason: reason }))
    expect((await replacing(first.id, '')).problem?.code).toBe('RX_REPLACE_REASON_MISSING')
    const second = await replacing(first.id, 'Hết thuốc')
    expect(second.body.content.replaces).toEqual({ code: first.content.code, reason: 'Hết thuốc' })
    expect((await replacing(first.id, 'Lại')).problem?.code).toBe('RX_REPLACED')
    const old = await rx.doctor.call(readDocument, { params: { id: first.id }, query: {} })
    expect([old.version, JSON.stringify(old.sheet).includes(second.body.content.code)]).toEqual([2, true])
    const given = { id: randomUUID(), items: [{ no: 1, quantity: '1' }] }
    await rx.doctor.call(contract.dispense, { params: { id: second.body.id }, body: given })
    expect((await replacing(second.body.id, 'Lại')).problem?.code).toBe('RX_GIVEN_ALREADY')
  })

  it('after the end only a replacement; an encounter with a prescription was not opened by mistake', async () => {
    const first = await rx.written()
    const { encounter } = await rx.doctor.call(readEncounter, { params: { id: first.encounterId } })
    const at = { params: { id: first.encounterId } }
    const cancelled = await rx.doctor.try(cancelEncounter, {
      ...at,
      body: { version: encounter.version, reason: 'Nhầm' },
    })
    expect(cancelled.problem?.code).toBe('RX_ENCOUNTER_PRESCRIBED')
    await rx.doctor.call(finishEncounter, { ...at, body: { version: encounter.version, disposition: 'treatment' } })
    const lines = [await rx.line('mebendazole-500-mg-vien-nhai', { days: 1 })]
    const late = await rx.issue(rx.body(first.encounterId, lines))
    expect(late.problem?.code).toBe('RX_ENCOUNTER_OVER')
    const instead = { replaces: first.id, replaceReason: 'Ghi nhầm thuốc' }
    const replaced = await rx.issue(rx.body(first.encounterId, lines, instead))
    expect(replaced.status).toBe(200)
  })
})

describe('the gate after prescribing', () => {
  it('a remote encounter with a prescription ends as treatment, in person as it ends', async () => {
    const far = await rx.written('DIRECT_TO_PATIENT')
    for (const disposition of ['advice', 'referral', 'examination'] as const)
      expect((await rx.tryFinish(far.encounterId, disposition)).problem?.code).toBe('RX_ENCOUNTER_PRESCRIBED')
    expect((await rx.tryFinish(far.encounterId, 'treatment')).status).toBe(200)
    const none = await rx.encounter('DIRECT_TO_PATIENT')
    expect((await rx.tryFinish(none, 'advice')).status).toBe(200)
    const here = await rx.written('IN_PERSON')
    expect((await rx.tryFinish(here.encounterId, 'referral')).status).toBe(200)
  })

  it('a prescription that rests on a pilot takes its place; the next finds none', async () => {
    const pilot = randomUUID()
    await bed.owner.query(
      `insert into records.pilot_approval (id, facility_id, document_no, title, patterns,
          valid_from, valid_until, quota)
        values ($1, $2, '1', 'Thử', '{G40}', current_date - 1, current_date + 9, 1)`,
      [pilot, poY],
    )
    const used = async () =>
      (await bed.owner.query('select used from records.pilot_approval where id = $1', [pilot])).rows
    const first = await rx.written('DIRECT_TO_PATIENT', 'G40.9')
    expect(await used()).toEqual([{ used: 1 }])
    await expect(rx.written('DIRECT_TO_PATIENT', 'G40.9')).rejects.toThrow('RX_NOT_ALLOWED_HERE')
    expect((await rx.tryFinish(first.encounterId, 'treatment')).status).toBe(200)
    expect(await used()).toEqual([{ used: 1 }])
  })
})

describe('checks', () => {
  it('a dose of 1,000 tablets, a medicine without strength, and too many days are refused and nothing is written', async () => {
    const encounterId = await rx.encounter()
    await bed.owner.query("update prescriptions.medicine set strength = '' where code = 'calcium-500-mg-vien-nen'")
    const lines = [
      await rx.line('captopril-25-mg-vien-nen', { dose: '1000' }),
      await rx.line('calcium-500-mg-vien-nen', { days: 31 }),
    ]
    expect(codesOf(await check(encounterId, lines))).toEqual([
      'block dose_too_large',
      'block strength_missing',
      'block too_many_days',
    ])
    const body = rx.body(encounterId, lines)
    expect((await rx.doctor.try(contract.issuePrescription, { body })).problem?.code).toBe('RX_BLOCKED')
    const { rows } = await bed.owner.query('select from prescriptions.prescription where id = $1', [body.id])
    expect(rows).toHaveLength(0)
  })

  it('warnings go on with a reason, which stands on the prescription; blocks do not', async () => {
    const encounterId = await rx.encounter()
    const lines = [await rx.line('enalapril-5-mg-vien-nen'), await rx.line('ibuprofen-400-mg-vien-nen')]
    const found = await check(encounterId, lines)
    expect(codesOf(found)).toEqual(['warn interaction'])
    const body = rx.body(encounterId, lines)
    expect((await rx.doctor.try(contract.issuePrescription, { body })).problem?.code).toBe('RX_REASON_MISSING')
    const reasons = { [found.findings[0]?.key ?? '']: 'Dùng 3 ngày, theo dõi' }
    const written = await rx.doctor.call(contract.issuePrescription, { body: { ...body, reasons } })
    expect(written.content.overruled).toMatchObject([{ code: 'interaction', reason: 'Dùng 3 ngày, theo dõi' }])
    const never = [await rx.line('warfarin-5-mg-vien-nen'), await rx.line('meloxicam-7-5-mg-vien-nen')]
    expect(codesOf(await check(encounterId, never))).toContain('block interaction')
  })

  it('the patient’s allergies and what an earlier prescription still gives are seen', async () => {
    const known = (fact: object) =>
      rx.doctor.call(recordFact, { params: { patientId: lan }, body: { id: randomUUID(), fact: fact as never } })
    await known({ kind: 'allergy', display: 'Penicilin', atc: 'J01C', criticality: 'high' })
    await known({ kind: 'allergy', display: 'Ibuprofen', inn: 'ibuprofen', criticality: 'low' })
    await known({ kind: 'medicine', display: 'Digoxin', atc: 'C01AA05', inn: 'Digoxin' })
    const first = await rx.encounter()
    const metformin = await rx.line('metformin-500-mg-vien-nen', { days: 30 })
    await rx.doctor.call(contract.issuePrescription, { body: rx.body(first, [metformin]) })
    const second = await rx.encounter()
    const found = await check(second, [await rx.line('metformin-850-mg-vien-nen')])
    expect(codesOf(found)).toEqual(['warn takes_already'])
    const lines = [
      await rx.line('amoxicillin-500-mg-vien-nang'),
      await rx.line('ibuprofen-400-mg-vien-nen'),
      await rx.line('furosemide-40-mg-vien-nen'),
    ]
    const codes = codesOf(await check(second, lines))
    expect(codes.slice(0, 2)).toEqual(['block allergy', 'warn allergy'])
    // furosemide with ibuprofen on the paper, and with digoxin of the record
    expect(codes.filter((code) => code === 'warn interaction').length).toBeGreaterThanOrEqual(2)
  })

  it('N and H are closed directly to the patient, and never stand beside others', async () => {
    const encounterId = await rx.encounter('DIRECT_TO_PATIENT')
    const diazepam = await rx.line('diazepam-5-mg-vien-nen')
    expect(codesOf(await check(encounterId, [diazepam]))).toContain('block controlled_at_distance')
    const here = await rx.encounter()
    expect(codesOf(await check(here, [diazepam]))).toEqual([])
    const mixed = [diazepam, await rx.line('loratadine-10-mg-vien-nen')]
    expect(codesOf(await check(here, mixed))).toContain('block mixed_kinds')
  })

  it('what the law binds to conditions that are not kept here is not written: HIV by name, narcotics', async () => {
    for (const code of ['B22.0', 'Z21']) {
      const lines = [await rx.line('paracetamol-500-mg-vien-nen')]
      expect(codesOf(await check(await rx.encounter('IN_PERSON', code), lines))).toEqual(['block hiv_not_supported'])
    }
    const codeine = await rx.line('codeine-30-mg-vien-nen')
    const encounterId = await rx.encounter()
    expect(codesOf(await check(encounterId, [codeine]))).toEqual(['block narcotic_conditions'])
    const both = [codeine, await rx.line('diazepam-5-mg-vien-nen')]
    expect(codesOf(await check(encounterId, both))).toContain('warn interaction')
  })

  it('a child under 72 months needs weight and who brings it; the dose comes by weight', async () => {
    const child = castCitizens.lan.family.find((one) => one.relation === 'child')
    const encounterId = await rx.encounter('IN_PERSON', 'J00', demoPersonId(child?.key ?? ''))
    const syrup = await rx.line('paracetamol-120-mg-5-ml-chai-60-ml-hon-dich-uong', {
      dose: null,
      mgPerKgDay: '60',
      moments: ['morning', 'noon', 'evening', 'night'],
      days: 3,
    })
    expect(codesOf(await check(encounterId, [syrup]))).toEqual([
      'block weight_missing',
      'block companion_missing',
      'block dose_missing',
      'block quantity_missing',
    ])
    const rest = { weightKg: '12', broughtBy: { name: 'Y Lan', relation: 'mẹ' } }
    const found = await check(encounterId, [syrup], rest)
    expect([codesOf(found), found.lines[0]?.dose, found.lines[0]?.quantity]).toEqual([[], '7.5', '2'])
  })

  it('what was typed into the record without a code is checked by its name, and said where it is not known', async () => {
    const of = demoPersonId(castCitizens.lan.family.find((one) => one.relation === 'child')?.key ?? '')
    const encounterId = await rx.encounter('IN_PERSON', 'J00', of)
    const known = (fact: object) =>
      rx.doctor.call(recordFact, { params: { patientId: of }, body: { id: randomUUID(), fact: fact as never } })
    await known({ kind: 'allergy', display: 'Penicillin', criticality: 'high' })
    await known({ kind: 'medicine', display: 'Warfarin 5mg' })
    await known({ kind: 'medicine', display: 'Thuốc nam' })
    const lines = [await rx.line('amoxicillin-250-mg-bot-pha-uong'), await rx.line('ibuprofen-200-mg-vien-nen')]
    const over = { weightKg: '12', broughtBy: { name: 'Y Lan' } }
    expect(codesOf(await check(encounterId, lines, over))).toEqual([
      'block allergy',
      'block interaction',
      'warn medicine_not_checked',
    ])
  })
})

describe('favourites and the last', () => {
  it('one’s own favourites come with their medicines, those for the diagnosis first; the last can be repeated', async () => {
    const { medicineId } = await rx.line('losartan-50-mg-vien-nen-bao-phim')
    const typed = { medicineId, dose: '1', moments: ['morning' as const], days: 30 }
    const [any, fitting] = [randomUUID(), randomUUID()]
    await rx.doctor.call(contract.saveTemplate, {
      params: { id: any },
      body: { name: 'A', icd10: null, lines: [typed] },
    })
    const ofDisease = { name: 'B', icd10: 'I10', lines: [typed] }
    await rx.doctor.call(contract.saveTemplate, { params: { id: fitting }, body: ofDisease })
    await rx.written()
    const page = await rx.doctor.call(contract.ofEncounter, { params: { id: await rx.encounter() } })
    expect(page.templates.map((one) => [one.id, one.medicines[0]?.inn])).toEqual([
      [fitting, 'Losartan'],
      [any, 'Losartan'],
    ])
    expect(page.last[0]?.inn).toBe('Albendazole')
    await rx.doctor.call(contract.dropTemplate, { params: { id: any } })
    const { rows } = await bed.owner.query('select from prescriptions.template')
    expect(rows).toHaveLength(1)
  })

  it('medicines are found by words without diacritics', async () => {
    const { items } = await rx.doctor.call(contract.searchMedicines, { query: { q: 'hydroclo 25' } })
    expect(items.map((one) => one.inn)).toEqual(['Hydrochlorothiazide'])
    expect((await rx.doctor.call(contract.searchMedicines, { query: { q: '100%' } })).items).toEqual([])
  })
})
