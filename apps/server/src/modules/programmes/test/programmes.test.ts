import { randomUUID } from 'node:crypto'
import * as contract from '@moinha/contracts/programmes'
import * as records from '@moinha/contracts/records'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { FixedClock } from '../../../platform/clock/clock.ts'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { remindDue } from '../actions/remind.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const lan = demoPersonId('cast/lan')
const start = '2037-03-02T02:00:00Z'
const clock = new FixedClock(start)
let bed: TestBed
let testNo = 0
let nurse: TestClient, doctor: TestClient, citizen: TestClient

beforeAll(async () => {
  bed = await openTestBed({ clock })
  nurse = await bed.as('nurse')
  doctor = await bed.as('stationDoctor')
  citizen = await bed.as('lan')
})
afterAll(() => bed.close())
// finished visits stand for good: each test has a time of its own, out of reach of those of the one before
beforeEach(async () => {
  clock.set(new Date(Date.parse(start) + (testNo += 1) * 400 * 86_400_000).toISOString())
  await bed.owner.query('truncate programmes.call_note, programmes.outside_visit, programmes.enrolment')
})

const today = () => localDateOf(clock.now())
const laterBy = (days: number) => clock.set(new Date(instantOf(addDays(today(), days), '09:00')).toISOString())

async function join(programme: string, anchorOn: string | null = null, id = randomUUID()): Promise<string> {
  await nurse.call(contract.enrol, { body: { id, patientId: lan, facilityId: poY, programme, anchorOn } })
  return id
}
const enrolment = async (id: string) =>
  (await nurse.call(contract.ofPatient, { params: { patientId: lan } })).items.find((item) => item.id === id)
const due = (which: 'late' | 'soon' | 'later', more: object = {}) =>
  nurse.call(contract.due, { params: { facilityId: poY }, query: { which, ...more } })

/** A visit at the station, finished; readings by LOINC code. */
async function visit(diagnosis: string, readings: Record<string, number> = {}): Promise<string> {
  const id = randomUUID()
  await nurse.call(records.openEncounter, {
    body: { id, patientId: lan, facilityId: poY, remoteMode: 'IN_PERSON', reason: 'Khám lại' },
  })
  if (Object.keys(readings).length > 0)
    await nurse.call(records.saveObservations, {
      params: { id },
      body: {
        items: Object.entries(readings).map(([code, value]) => ({
          ...{ id: randomUUID(), code: code as '8480-6', value, takenAt: clock.now().toISOString(), device: null },
        })),
      },
    })
  const { version } = await nurse.call(records.saveEncounter, {
    params: { id },
    body: { version: 1, changes: { conclusion: 'Ổn', diagnoses: [{ code: diagnosis, display: diagnosis }] } },
  })
  await nurse.call(records.finishEncounter, { params: { id }, body: { version, disposition: 'treatment' } })
  return id
}

it('a pregnancy: due dates follow from the last period, a finished visit moves them on, a correction back', async () => {
  const lmp = addDays(today(), -12 * 7)
  const id = await join('antenatal', lmp)
  expect((await enrolment(id))?.nextOn).toBe(today())
  const encounterId = await visit('Z34')
  const after = await enrolment(id)
  expect(after).toMatchObject({ nextOn: addDays(lmp, 20 * 7), nextNames: { vi: 'Khám thai tuần 20' } })
  expect(after?.visits[0]).toMatchObject({ keptOn: today(), encounterId, missed: false })
  const { encounter } = await nurse.call(records.readEncounter, { params: { id: encounterId } })
  await nurse.call(records.correctEncounter, {
    params: { id: encounterId },
    body: {
      version: encounter.version,
      reason: 'Nhầm mã bệnh',
      changes: { diagnoses: [{ code: 'J06.9', display: 'Viêm hô hấp trên' }] },
    },
  })
  expect((await enrolment(id))?.nextOn).toBe(today())
})

it('a corrected last period moves every due date; two who correct at once: the second is told', async () => {
  const lmp = addDays(today(), -70)
  const id = await join('antenatal', lmp)
  const params = { id }
  await nurse.call(contract.correctAnchor, { params, body: { version: 1, anchorOn: addDays(lmp, 14) } })
  expect((await enrolment(id))?.nextOn).toBe(addDays(lmp, 14 + 84))
  const second = await doctor.try(contract.correctAnchor, { params, body: { version: 1, anchorOn: lmp } })
  expect(second.problem?.code).toBe('CHANGED_MEANWHILE')
  const wrong = async (anchorOn: string) =>
    (await nurse.try(contract.correctAnchor, { params, body: { version: 2, anchorOn } })).problem?.code
  expect(await wrong(addDays(today(), 1))).toBe('ANCHOR_AHEAD')
  expect(await wrong(addDays(today(), -400))).toBe('ANCHOR_TOO_LONG_AGO')
})

it('high blood pressure: the last reading decides when to come again', async () => {
  const id = await join('hypertension')
  await visit('I10', { '8480-6': 165, '8462-4': 95 })
  expect((await enrolment(id))?.nextOn).toBe(addDays(today(), 14))
  laterBy(14)
  await visit('I10', { '8480-6': 128, '8462-4': 78 })
  expect((await enrolment(id))?.nextOn).toBe(addDays(today(), 30))
})

it('a visit kept elsewhere counts until it is taken back', async () => {
  const id = await join('hypertension')
  const visitId = randomUUID()
  const body = { id: visitId, on: today(), where: 'Trung tâm Y tế Ngọc Hồi' }
  await nurse.call(contract.keepOutside, { params: { id }, body })
  expect((await enrolment(id))?.nextOn).toBe(addDays(today(), 30))
  await nurse.call(contract.takeOutsideBack, { params: { id, visitId } })
  expect((await enrolment(id))?.nextOn).toBe(today())
  const ahead = { id: randomUUID(), on: addDays(today(), 1), where: 'Bệnh viện' }
  expect((await nurse.try(contract.keepOutside, { params: { id }, body: ahead })).problem?.code).toBe('VISIT_AHEAD')
})

it('lists who is late, soon and later, the longest waiting first, with the last call', async () => {
  const id = await join('hypertension')
  expect((await due('soon')).items.map((item) => item.id)).toEqual([id])
  laterBy(8)
  const late = await due('late')
  expect(late.items[0]).toMatchObject({ id, fullName: expect.stringContaining('Lan') as string, lastCall: null })
  expect(late.counts).toEqual({ late: 1, soon: 0, later: 0 })
  await doctor.call(contract.noteCall, { params: { id }, body: { id: randomUUID(), result: 'will_come' } })
  expect((await due('late')).items[0]?.lastCall).toMatchObject({ result: 'will_come' })
  await visit('I10', { '8480-6': 120, '8462-4': 70 })
  expect([(await due('late')).items, (await due('later')).items.length]).toEqual([[], 1])
})

it('pages of a unit neither skip nor repeat', async () => {
  const people = await bed.owner.query<{ id: string }>(
    `select patient_id as id from records.care_relationship
      where facility_id = $1 and reason = 'registered' and upper_inf(valid) group by patient_id limit 5`,
    [poY],
  )
  const patients = [...new Set([lan, ...people.rows.map((row) => row.id)])]
  for (const patientId of patients)
    await nurse.call(contract.enrol, {
      body: { id: randomUUID(), patientId, facilityId: poY, programme: 'hypertension', anchorOn: null },
    })
  const seen: string[] = []
  for (let after: string | undefined, first = true; first || after; first = false) {
    const page = await due('soon', { limit: 1, ...(after && { after }) })
    seen.push(...page.items.map((item) => item.patientId))
    after = page.next ?? undefined
  }
  expect([...seen].sort()).toEqual([...patients].sort())
  const forged = await nurse.try(contract.due, { params: { facilityId: poY }, query: { after: 'x' } })
  expect(forged.status).toBe(400)
})

it('a programme for women takes no man', async () => {
  const { rows } = await bed.owner.query<{ id: string }>(
    `select p.id from records.patient p join records.care_relationship c on c.patient_id = p.id
      where c.facility_id = $1 and c.reason = 'registered' and p.sex = 'male' limit 1`,
    [poY],
  )
  const body = { id: randomUUID(), patientId: rows[0]?.id ?? '', facilityId: poY, programme: 'antenatal' }
  const refused = await nurse.try(contract.enrol, { body: { ...body, anchorOn: addDays(today(), -70) } })
  expect(refused.problem?.code).toBe('PROGRAMME_FOR_OTHERS')
})

it('nobody is in the same programme twice at a time; two who take somebody in at once: one does', async () => {
  const wish = { patientId: lan, facilityId: poY, programme: 'hypertension', anchorOn: null }
  const tries = await Promise.all(
    [nurse, doctor].map((client) => client.try(contract.enrol, { body: { id: randomUUID(), ...wish } })),
  )
  expect(tries.map((one) => one.problem?.code ?? 'in').sort()).toEqual(['ENROLMENT_STANDS', 'in'])
})

it('ends with its reason, and is late no more; the last day ends it by itself', async () => {
  const id = await join('hypertension')
  await nurse.call(contract.endEnrolment, { params: { id }, body: { reason: 'moved_away' } })
  await nurse.call(contract.endEnrolment, { params: { id }, body: { reason: 'moved_away' } })
  expect(await enrolment(id)).toMatchObject({ status: 'ended', endReason: 'moved_away', nextOn: null })
  const pregnancy = await join('antenatal', addDays(today(), -300))
  laterBy(20)
  await bed.platform.transact(systemActor, (work) => work.enqueue(remindDue, {}))
  await bed.runJobs()
  expect(await enrolment(pregnancy)).toMatchObject({ status: 'ended', endReason: 'completed' })
})

it('reminds once of a date, by a text that names no programme, and not who has an appointment', async () => {
  const id = await join('hypertension')
  await visit('I10', { '8480-6': 120, '8462-4': 70 })
  laterBy(28)
  const run = async () => {
    await bed.platform.transact(systemActor, (work) => work.enqueue(remindDue, {}))
    await bed.runJobs()
  }
  const reminded = async () => {
    const { rows } = await bed.owner.query<{ reminded_for: string | null }>(
      'select reminded_for::text from programmes.enrolment where id = $1',
      [id],
    )
    return rows[0]?.reminded_for ?? null
  }
  await bed.owner.query('update programmes.enrolment set booked_at = now() where id = $1', [id])
  await run()
  expect(await reminded()).toBeNull()
  await bed.owner.query('update programmes.enrolment set booked_at = null where id = $1', [id])
  await run()
  await run()
  expect(await reminded()).toBe(addDays(today(), 2))
  const { rows } = await bed.owner.query<{ n: number }>(
    `select count(*)::int as n from identity.sms_outbox where purpose = 'programme-reminder'`,
  )
  expect(rows[0]?.n).toBe(1)
})

it('a third programme is data; a version that stands is never changed', async () => {
  const officer = await bed.as('officer')
  const { items } = await officer.call(contract.listProgrammes)
  const [shipped] = items
  if (!shipped) throw new Error('no programmes are shipped')
  const definition = {
    ...shipped.definition,
    names: { vi: 'Theo dõi tăng trưởng trẻ', en: 'Child growth' },
    booking: 'child_health' as const,
    schedule: {
      kind: 'recurring' as const,
      names: { vi: 'Cân, đo', en: 'Weight and height' },
      ...{ everyDays: 90, sooner: [] },
    },
    counts: { diagnoses: [], readings: ['29463-7'] },
  }
  const body = { code: 'child_growth', version: 1, validFrom: '2037-01-01', definition }
  await officer.call(contract.saveProgramme, { body })
  await officer.call(contract.saveProgramme, { body })
  const changed = { ...body, definition: { ...definition, lateDays: 30 } }
  expect((await officer.try(contract.saveProgramme, { body: changed })).problem?.code).toBe('PROGRAMME_VERSION_STANDS')
  const id = await join('child_growth')
  await visit('Z00', { '29463-7': 14.2 })
  expect((await enrolment(id))?.nextOn).toBe(addDays(today(), 90))
})

it('the citizen sees what is due, a stranger and another unit do not', async () => {
  const id = await join('hypertension')
  expect((await citizen.call(contract.own)).items).toMatchObject([{ id, nextOn: today() }])
  expect((await (await bed.as('duc')).call(contract.own)).items).toEqual([])
  const foreign = await bed.as('foreignNurse')
  expect((await foreign.try(contract.endEnrolment, { params: { id }, body: { reason: 'other' } })).status).toBe(404)
})
