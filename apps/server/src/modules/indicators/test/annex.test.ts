import { annex, annexActivities, annexByUnit, annexFile, register, reportUnits } from '@moinha/contracts/indicators'
import { giveHelp } from '@moinha/contracts/news'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import { writeActivity } from '../store/ledger.ts'

const form = 'kon-tum-annex-2024'
const poY = facilityIdOf('kt-tyt-po-y')
const ngocHoi = facilityIdOf('kt-bvdkkv-ngoc-hoi')
const kontum = facilityIdOf('kt-syt')
const quangNgai = facilityIdOf('qng-syt')
let bed: TestBed

const activity = (over: Partial<ExpectedActivity> = {}): ExpectedActivity => ({
  kind: 'health_advice',
  at: new Date('2026-11-10T03:00:00Z'),
  facilityId: poY,
  practitionerId: demoPersonId('cast/nurse'),
  ...over,
})
/**
 * Rows without facts behind them: what the report makes of the ledger is tested here, what makes the ledger elsewhere.
 */
const write = (...activities: ExpectedActivity[]) =>
  bed.platform.transact(systemActor, async ({ tx, now }) => {
    for (const one of activities) {
      await writeActivity(tx, one, {
        subjectKind: 'encounter',
        subjectId: randomUUID(),
        cause: 'encounterFinished',
        now,
      })
    }
  })
const numbers = async (unitId: string, quarter: string, mapDate?: string) => {
  const officer = await bed.as('officer')
  const reply = await officer.call(annex, { params: { form, unitId }, query: { quarter, ...(mapDate && { mapDate }) } })
  return new Map(reply.rows.map((row) => [row.no, row]))
}

beforeAll(async () => {
  bed = await openTestBed()
  await write(
    activity(),
    activity({ selfPerformed: false }),
    activity({ kind: 'remote_exam', practitionerId: demoPersonId('cast/stationDoctor') }),
    activity({ kind: 'consult', counterpartFacilityId: ngocHoi }),
    activity({
      kind: 'consult_answer',
      facilityId: ngocHoi,
      counterpartFacilityId: poY,
      practitionerId: demoPersonId('cast/districtSpecialist'),
    }),
    // the last second of September in Vietnam belongs to the third quarter
    activity({ at: new Date('2026-09-30T16:59:59Z') }),
    activity({ at: new Date('2026-09-30T17:00:00Z') }),
    activity({ at: new Date('2025-05-20T02:00:00Z') }),
  )
}, 120_000)
afterAll(() => bed.close())

describe('the Kon Tum annex', () => {
  test('is printed as in the plan: row 2 twice, no row 8', async () => {
    const rows = await numbers(quangNgai, '2026-Q4')
    expect([...rows.keys()]).toEqual(['1', '2', '3', '4', '4.1', '4.2', '5', '5.1', '5.2', '6', '7', '9', '10', '11'])
    expect(rows.get('2')?.labelVi).toBe(rows.get('3')?.labelVi)
  })

  test('counts own and sent-up advice, exams, doctors and consults of the subtree', async () => {
    const rows = await numbers(quangNgai, '2026-Q4')
    const value = (no: string) => rows.get(no)?.value
    expect([value('1'), value('4'), value('4.1'), value('4.2'), value('5.1'), value('10'), value('11')]).toEqual([
      1, 3, 2, 1, 1, 1, 1,
    ])
    expect([value('2'), value('3')]).toEqual([2, 1])
  })

  test('cuts the quarter at midnight in Vietnam', async () => {
    expect((await numbers(poY, '2026-Q3')).get('4')?.value).toBe(1)
  })

  test('says when there is no population instead of inventing one', async () => {
    expect((await numbers(poY, '2026-Q4')).get('6')).toMatchObject({
      numerator: 3,
      denominator: 5400,
      missing: null,
      denominatorSource: 'demo',
    })
    expect((await numbers(poY, '2023-Q1')).get('6')).toMatchObject({ value: null, missing: 'population' })
  })

  test('runs on the map of either date around the reform of 2025', async () => {
    expect((await numbers(kontum, '2025-Q2')).get('4')?.value).toBe(1)
    expect((await numbers(quangNgai, '2025-Q2')).get('4')?.value).toBe(0)
    expect((await numbers(quangNgai, '2025-Q2', '2025-07-01')).get('4')?.value).toBe(1)
  })
})

describe('who counts as a doctor', () => {
  test('the code of the practitioner role says it, whatever was typed as a title, and it keeps for what was done then', async () => {
    const [staff, practitionerRole] = [randomUUID(), randomUUID()]
    await bed.owner.query("insert into identity.person (id, full_name) values ($1, 'A Thử')", [staff])
    await bed.owner.query(
      `insert into identity.practitioner_role (id, person_id, facility_id, qualification_code, title)
      values ($1, $2, $3, 'doctor', 'BS.CKI Trưởng trạm')`,
      [practitionerRole, staff, poY],
    )
    const before = (await numbers(poY, '2026-Q2')).get('2')?.value
    await write(activity({ practitionerId: staff, at: new Date('2026-05-10T03:00:00Z') }))
    expect((await numbers(poY, '2026-Q2')).get('2')?.value).toBe((before ?? 0) + 1)
    await bed.owner.query(
      "update identity.practitioner_role set qualification_code = 'other', title = 'Bác sĩ' where id = $1",
      [practitionerRole],
    )
    await write(activity({ practitionerId: staff, at: new Date('2026-05-11T03:00:00Z') }))
    const rows = await numbers(poY, '2026-Q2')
    expect(rows.get('2')?.value).toBe((before ?? 0) + 1)
  })

  test.each([
    ['Bác sĩ', 'doctor'],
    ['bác sỹ chuyên khoa I', 'doctor'],
    ['BS CKII', 'doctor'],
    ['Y sĩ đa khoa', 'assistant-doctor'],
    ['y sỹ', 'assistant-doctor'],
    ['Điều dưỡng trưởng', 'nurse'],
    ['Nữ hộ sinh', 'midwife'],
    ['Kỹ thuật viên xét nghiệm', 'medical-technician'],
    ['Dược sĩ đại học', 'pharmacist'],
    ['Lương y', 'traditional-practitioner'],
    ['Bảo vệ', 'other'],
    ['Bsmith', 'other'],
    ['', 'other'],
  ])('an old title “%s” became %s', async (title, code) => {
    const { rows } = await bed.owner.query('select identity.qualification_of_title($1) as code', [title])
    expect(rows).toEqual([{ code }])
  })
})

describe('behind a number', () => {
  test('stand exactly its rows, without names of patients', async () => {
    const officer = await bed.as('officer')
    const first = await officer.call(annexActivities, {
      params: { form, unitId: quangNgai, no: '4' },
      query: { quarter: '2026-Q4', limit: 2 },
    })
    const second = await officer.call(annexActivities, {
      params: { form, unitId: quangNgai, no: '4' },
      query: { quarter: '2026-Q4', limit: 2, after: first.next ?? '' },
    })
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null])
    expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(3)
  })

  test('the units beneath add up to it', async () => {
    const officer = await bed.as('officer')
    const { items } = await officer.call(annexByUnit, {
      params: { form, unitId: quangNgai, no: '4' },
      query: { quarter: '2026-Q4' },
    })
    expect(items.reduce((sum, item) => sum + item.count, 0)).toBe(3)
    expect(items[0]).toMatchObject({ unitId: ngocHoi, count: 3 })
  })

  test('the same help sent twice counts once', async () => {
    const nurse = await bed.as('nurse')
    const body = { id: randomUUID(), facilityId: poY, ageGroup: '30-44' as const, sex: 'female' as const }
    for (let sent = 0; sent < 2; sent += 1) await nurse.call(giveHelp, { body })
    const day = localDateOf(new Date())
    const quarter = `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
    expect((await numbers(poY, quarter)).get('9')?.value).toBe(1)
  })
})

describe('who may read', () => {
  test('an officer of another province finds nothing', async () => {
    const foreign = await (
      await bed.as('officer')
    ).try(annex, { params: { form, unitId: facilityIdOf('bd-tyt-hoai-hai') }, query: { quarter: '2026-Q4' } })
    expect([foreign.status, foreign.problem?.code]).toEqual([404, 'REPORT_UNIT_UNKNOWN'])
  })

  test('a unit administrator reads and registers for the own subtree only', async () => {
    const admin = await bed.as('unitAdmin')
    await admin.call(register, { params: { form, unitId: poY }, body: { year: 2026, no: '4', value: 99 } })
    const mine = await admin.call(annex, { params: { form, unitId: poY }, query: { quarter: '2026-Q4' } })
    expect(mine.rows.find((row) => row.no === '4')?.registered).toBe(99)
    expect(
      (await admin.try(register, { params: { form, unitId: quangNgai }, body: { year: 2026, no: '4', value: 1 } }))
        .status,
    ).toBe(404)
    const units = await admin.call(reportUnits, { query: { q: 'po y' } })
    expect(units.items.map((unit) => unit.id)).toEqual([poY])
  })

  test('the file cannot run as a formula and opens with Vietnamese letters', async () => {
    const file = await (
      await bed.as('officer')
    ).try(annexFile, { params: { form, unitId: poY }, query: { quarter: '2026-Q4' } })
    expect(String(file.body)).toMatch(/^\uFEFF/)
    expect(String(file.body)).toContain('Số lượt tư vấn sức khỏe từ xa')
  })
})
