import * as consult from '@moinha/contracts/consults'
import { annex, annexActivities } from '@moinha/contracts/indicators'
import * as records from '@moinha/contracts/records'
import * as scheduling from '@moinha/contracts/scheduling'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { readMigrations } from '../../../platform/db/migrate.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { encounterFinished } from '../../records/index.ts'
import { consultRequest, minutesOf } from './consult-papers.ts'

const form = 'kon-tum-annex-2024'
const poY = facilityIdOf('kt-tyt-po-y')
const hospital = facilityIdOf('kt-bvdkkv-ngoc-hoi')
const lan = demoPersonId('cast/lan')
const today = localDateOf(new Date())
const quarter = `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`
let bed: TestBed
let nurse: TestClient
let specialist: TestClient
let officer: TestClient

beforeAll(async () => {
  bed = await openTestBed()
  nurse = await bed.as('nurse')
  specialist = await bed.as('districtSpecialist')
  officer = await bed.as('officer')
}, 120_000)
afterAll(() => bed.close())

const numbers = async (unitId: string, ...nos: string[]) => {
  const { rows } = await officer.call(annex, { params: { form, unitId }, query: { quarter } })
  return nos.map((no) => rows.find((row) => row.no === no)?.value)
}
const behind = async (no: string) =>
  (await officer.call(annexActivities, { params: { form, unitId: poY, no }, query: { quarter } })).items
const versionOf = async (id: string) => (await nurse.call(records.readEncounter, { params: { id } })).encounter.version

async function begin(remoteMode: 'HEALTH_ADVICE' | 'DIRECT_TO_PATIENT'): Promise<string> {
  const id = randomUUID()
  await nurse.call(records.openEncounter, { body: { id, patientId: lan, facilityId: poY, remoteMode } })
  const changes = { conclusion: 'Theo dõi', diagnoses: [{ code: 'I10', display: 'Tăng huyết áp' }] }
  await nurse.call(records.saveEncounter, { params: { id }, body: { version: 1, changes } })
  return id
}
const finish = (id: string) =>
  versionOf(id).then((version) =>
    nurse.call(records.finishEncounter, { params: { id }, body: { version, disposition: 'advice' } }),
  )
const correct = async (id: string, referredUp: boolean) =>
  nurse.call(records.correctEncounter, {
    params: { id },
    body: { version: await versionOf(id), reason: 'Ghi nhầm', changes: { referredUp } },
  })

async function ask(encounterId: string, urgency: 'urgent' | 'scheduled'): Promise<string> {
  const id = randomUUID()
  await nurse.call(consult.saveDraft, { params: { id }, body: consultRequest(encounterId, urgency) })
  await nurse.call(consult.submit, { params: { id }, body: {} })
  return id
}

async function sign(id: string): Promise<void> {
  const minutesId = randomUUID()
  const params = { id, minutesId }
  await specialist.call(consult.saveMinutes, {
    params,
    body: minutesOf(await specialist.call(consult.get, { params: { id } })),
  })
  const { minutes } = await specialist.call(consult.proposeMinutes, { params })
  const contentHash = minutes?.contentHash ?? ''
  await specialist.call(consult.signMinutes, { params, body: { contentHash } })
  await nurse.call(consult.signMinutes, { params, body: { contentHash, decision: 'accepts' } })
}

test('an encounter finished before its consult was taken is counted as sent up once it is, and as the unit’s own when the case is withdrawn', async () => {
  const encounterId = await begin('DIRECT_TO_PATIENT')
  const consultId = await ask(encounterId, 'scheduled')
  await finish(encounterId)
  expect(await numbers(poY, '5', '5.1', '5.2')).toEqual([1, 1, 0])
  await specialist.call(consult.accept, { params: { id: consultId } })
  expect(await numbers(poY, '5', '5.1', '5.2')).toEqual([1, 0, 1])
  await nurse.call(consult.cancel, { params: { id: consultId }, body: { reason: 'Người bệnh đã đỡ' } })
  expect(await numbers(poY, '5', '5.1', '5.2')).toEqual([1, 1, 0])
})

test('a signed consult raises row 10 of the station and row 11 of the hospital by exactly one, and its encounter is sent up', async () => {
  const before = await numbers(poY, '5.2', '10', '11')
  const encounterId = await begin('DIRECT_TO_PATIENT')
  const consultId = await ask(encounterId, 'urgent')
  await finish(encounterId)
  await specialist.call(consult.accept, { params: { id: consultId } })
  await sign(consultId)
  expect(await numbers(poY, '5.2', '10', '11')).toEqual([Number(before[0]) + 1, Number(before[1]) + 1, before[2]])
  expect(await numbers(hospital, '11')).toEqual([1])
})

test('what was taken back can count again; the rows behind the number say what was corrected, when and why', async () => {
  const id = await begin('HEALTH_ADVICE')
  await finish(id)
  expect(await numbers(poY, '4', '4.1', '4.2')).toEqual([1, 1, 0])
  await correct(id, true)
  expect(await numbers(poY, '4', '4.1', '4.2')).toEqual([1, 0, 1])
  await correct(id, false)
  expect(await numbers(poY, '4', '4.1', '4.2')).toEqual([1, 1, 0])
  const own = await behind('4.1')
  expect(own.map((activity) => [activity.takenBack?.cause ?? null, activity.restated?.cause ?? null])).toEqual([
    [null, 'encounterCorrected'],
    ['encounterCorrected', null],
  ])
  expect(await behind('4.2')).toMatchObject([
    { takenBack: { cause: 'encounterCorrected' }, restated: { cause: 'encounterCorrected' } },
  ])
})

test('the same event told twice counts once', async () => {
  const id = await begin('HEALTH_ADVICE')
  await finish(id)
  const counted = await numbers(poY, '4')
  await bed.platform.transact(systemActor, (work) =>
    work.emit(encounterFinished, {
      encounterId: id,
      patientId: lan,
      facilityId: poY,
      practitionerId: demoPersonId('cast/nurse'),
      remoteMode: 'HEALTH_ADVICE',
      referredUp: false,
      prescribed: false,
      finishedAt: work.now,
    }),
  )
  expect(await numbers(poY, '4')).toEqual(counted)
})

test('two who correct at once leave one standing row that says what the record says', async () => {
  const id = await begin('HEALTH_ADVICE')
  await finish(id)
  const version = await versionOf(id)
  const correction = (referredUp: boolean) =>
    nurse.try(records.correctEncounter, {
      params: { id },
      body: { version, reason: 'Ghi nhầm', changes: { referredUp } },
    })
  const replies = await Promise.all([correction(true), correction(false), correction(true)])
  const written = replies.filter((reply) => reply.status === 200)
  expect(written.length).toBeGreaterThan(0)
  // the third is the first sent again: where that one won, it is answered with what it made
  expect(await versionOf(id)).toBe(version + 1)
  expect(replies.filter((reply) => reply.status !== 200).map((reply) => reply.status)).toEqual(
    Array(replies.length - written.length).fill(409),
  )
  const { rows } = await bed.owner.query(
    `select sum(sign)::int as net, count(distinct self_performed) filter (where sign = 1
      and not exists (select from indicators.activity r where r.reverses = a.id))::int as standing,
      bool_and(self_performed <> e.referred_up) filter (where sign = 1
      and not exists (select from indicators.activity r where r.reverses = a.id)) as true_to_record
     from indicators.activity a join records.encounter e on e.id = a.subject_id where subject_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ net: 1, standing: 1, true_to_record: true }])
})

/** The nurse's free times on the days to come, and a booking of the first of them for Lan. */
async function bookLan(citizen: TestClient) {
  const day = addDays(today, 1)
  const practitionerId = demoPersonId('cast/nurse')
  const items = scheduling.freeTimesOf(
    await bed
      .anonymous()
      .call(scheduling.freeSlots, { params: { facilityId: poY }, query: { practitionerId, from: day, days: '7' } }),
  )
  const [start = '', ...later] = items
    .filter((item) => item.start > `${day}T` && item.kinds.includes('in_person'))
    .map((item) => item.start)
  const id = randomUUID()
  const wish = { id, facilityId: poY, patientId: lan, practitionerId, start, kind: 'in_person' as const }
  await citizen.call(scheduling.bookAppointment, { body: { ...wish, reason: 'Đau đầu' } })
  return { id, later, practitionerId }
}

test('a booking counts when it is made, and no longer when it is called off', async () => {
  const net = async () =>
    (
      await bed.owner.query(
        "select coalesce(sum(sign), 0)::int as n from indicators.activity where kind = 'appointment_booked'",
      )
    ).rows[0]?.n
  const citizen = await bed.as('lan')
  const { id } = await bookLan(citizen)
  expect(await net()).toBe(1)
  await citizen.call(scheduling.cancelAppointment, { params: { id }, body: { reason: '' } })
  expect(await net()).toBe(0)
})

test('a booking older than its time of booking keeps its row when it is moved', async () => {
  const citizen = await bed.as('lan')
  const { id, later, practitionerId } = await bookLan(citizen)
  // as an upgrade found them: the row bears the time of the activity, the appointment that of its history
  await bed.owner.query("update scheduling.appointment set booked_at = booked_at + interval '1.3 s' where id = $1", [
    id,
  ])
  const handOver = (await readMigrations()).filter((one) => /T099[01]_book/.test(one.name))
  expect(handOver).toHaveLength(2)
  // they ran when the table had its former name
  for (const { sql } of handOver) await bed.owner.query(sql.replace(/\bindicators\.act\b/g, 'indicators.activity'))
  const start = later.at(-1) ?? ''
  await citizen.call(scheduling.moveAppointment, { params: { id }, body: { start, practitionerId } })
  const { rows } = await bed.owner.query(
    `select activity.sign, activity.at = a.booked_at as same_time from indicators.activity join scheduling.appointment a
     on a.id = activity.subject_id where a.id = $1`,
    [id],
  )
  expect(rows).toEqual([{ sign: 1, same_time: true }])
})
