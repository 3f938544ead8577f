import * as contract from '@moinha/contracts/consults'
import { addPractitionerRole, endPractitionerRole, grantRole } from '@moinha/contracts/identity'
import { editPatient, readPatient } from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { systemClock } from '../../../platform/clock/clock.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'
import { prepareSigning, startFakeSigning, type FakeSigning } from '../../signatures/index.ts'
import { ngocHoi, rowsOf, submitted, tinh, wholeMinutes } from './consult-story.ts'

let bed: TestBed
let service: FakeSigning
let nurse: TestClient
let internist: TestClient

beforeAll(async () => {
  service = await startFakeSigning(systemClock)
  bed = await openTestBed()
  // the service of an installation is part of its settings
  Object.assign(bed.platform.config, { SIGNING_URL: service.url })
  nurse = await bed.as('nurse')
  internist = await bed.as('districtSpecialist')
}, 120_000)
afterAll(async () => {
  await bed.close()
  await service.close()
})
afterEach(() => {
  service.behave('signs')
  service.onOrder(async () => {})
})
const internistId = demoPersonId(castStaffMember('districtSpecialist').key)

async function laidOut() {
  const story = await submitted(nurse)
  const consult = await internist.call(contract.accept, { params: { id: story.id } })
  const params = { id: story.id, minutesId: randomUUID() }
  await internist.call(contract.saveMinutes, { params, body: wholeMinutes(consult) })
  const proposed = await internist.call(contract.proposeMinutes, { params })
  return { ...story, consult, params, contentHash: proposed.minutes?.contentHash ?? '' }
}
type Laid = Awaited<ReturnType<typeof laidOut>>

const signChair = ({ params, contentHash }: Laid) =>
  internist.try(contract.signMinutes, { params, body: { contentHash } })
const signRequester = ({ params, contentHash }: Laid) =>
  nurse.try(contract.signMinutes, { params, body: { contentHash, decision: 'accepts' } })
const rolesOf = (body: contract.Consult) => body.minutes?.signatures.map((line) => line.role).sort()
const requestsOf = ({ params }: Laid) =>
  rowsOf<{ id: string; state: string; reason: string | null }>(
    bed,
    'select id, state, reason from signatures.request where subject_id = $1 order by prepared_at, role',
    [params.minutesId],
  )

/** What the worker does every few seconds, as if the requests had been left for a while. */
async function sweep(): Promise<void> {
  await bed.owner.query(
    `update signatures.request set asked_at = now() - interval '1 minute',
      prepared_at = prepared_at - interval '1 minute' where state = 'prepared'`,
  )
  await bed.platform.jobs.sweeps.find(({ name }) => name === 'signatures.left')?.run()
}

const endedIn = async ({ id }: Laid) =>
  (await rowsOf(bed, "select 1 from consults.event where consult_id = $1 and name = 'signing_ended'", [id])).length

it('signs outside any transaction, and the last signature locks the text', async () => {
  const laid = await laidOut()
  let open = -1
  service.onOrder(async () => {
    const rows = await rowsOf<{ n: number }>(
      bed,
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and usename = 'moinha_app'
        and state like 'idle in transaction%'`,
      [],
    )
    open = rows[0]?.n ?? -1
  })
  expect((await signChair(laid)).status).toBe(200)
  expect(open).toBe(0)
  const { status, body } = await signRequester(laid)
  expect([status, body.status, rolesOf(body)]).toEqual([200, 'signed', ['chair', 'requester', 'secretary']])
  expect(body.minutes?.signatures.map((line) => line.method)).toEqual(['csc', 'csc', 'csc'])
  expect((await requestsOf(laid)).map((line) => line.state)).toEqual(['completed', 'completed', 'completed'])
  // sent again: nothing new is asked for
  const asked = [...service.asked.values()].length
  expect((await signRequester(laid)).status).toBe(200)
  expect([...service.asked.values()].length).toBe(asked)
})

it('waits for a signer who confirms on a telephone, and completes without them', async () => {
  const laid = await laidOut()
  service.behave('waits')
  const first = await signChair(laid)
  expect([first.status, rolesOf(first.body)]).toEqual([202, []])
  expect((await signChair(laid)).status).toBe(202)
  expect(await requestsOf(laid)).toHaveLength(1)
  service.behave('signs')
  await sweep()
  expect(rolesOf(await internist.call(contract.get, { params: { id: laid.id } }))).toEqual(['chair'])
})

it.each(['fails', 'lost'] as const)('a service whose answer %s is asked again, and signs once', async (how) => {
  const laid = await laidOut()
  service.behave(how)
  expect((await signChair(laid)).status).toBe(202)
  service.behave('signs')
  await Promise.all([sweep(), sweep()])
  expect(rolesOf(await internist.call(contract.get, { params: { id: laid.id } }))).toEqual(['chair'])
  expect((await requestsOf(laid)).map((line) => line.state)).toEqual(['completed'])
})

it('a text that changed meanwhile is not signed by what was asked for', async () => {
  const laid = await laidOut()
  service.behave('waits')
  expect((await signChair(laid)).status).toBe(202)
  const params = { id: laid.id, minutesId: randomUUID() }
  await internist.call(contract.saveMinutes, { params, body: wholeMinutes(laid.consult, { plan: 'Chuyển tuyến' }) })
  await internist.call(contract.proposeMinutes, { params })
  service.behave('signs')
  await sweep()
  expect(await requestsOf(laid)).toMatchObject([{ state: 'void', reason: 'MINUTES_CHANGED' }])
  const { minutes } = await internist.call(contract.get, { params: { id: laid.id } })
  expect(minutes).toMatchObject({ state: 'proposed', signatures: [], signAs: ['chair'] })
})

/** What may happen to a signer between asking and the answer, and how it is undone for the tests after. */
const losses = {
  SIGNER_ACCOUNT_CLOSED: {
    take: 'update identity.account_user set disabled_at = now() where id = $1',
    back: 'update identity.account_user set disabled_at = null where id = $1',
  },
  SIGNER_RIGHT_ENDED: {
    take: "update identity.role_grant set valid_until = now() where person_id = $1 and role_key = 'specialist'",
    back: "update identity.role_grant set valid_until = null where person_id = $1 and role_key = 'specialist'",
  },
  SIGNER_CARE_ENDED: {
    take: `update records.care_relationship set valid = tstzrange(now() - interval '1 day', now())
      where person_id = $1 and upper_inf(valid)`,
    back: undefined,
  },
} as const

const voidNotices = async () =>
  (
    await rowsOf(bed, "select 1 from identity.account_notice where recipient_id = $1 and kind = 'signature-void'", [
      internistId,
    ])
  ).length

it.each(Object.entries(losses))(
  'a signer who lost the right before the answer came: %s, nothing is put, the signer is told',
  async (reason, { take, back }) => {
    const laid = await laidOut()
    service.behave('waits')
    expect((await signChair(laid)).status).toBe(202)
    const told = await voidNotices()
    await bed.owner.query(take, [internistId])
    service.behave('signs')
    await sweep()
    const events = await rowsOf<{ note: string }>(
      bed,
      "select note from consults.event where consult_id = $1 and name = 'signing_ended'",
      [laid.id],
    )
    const audited = await rowsOf<{ code: string }>(
      bed,
      `select detail ->> 'code' as code from audit.entry
        where subject_id = $1 and action = 'consults.signMinutes' and outcome = 'refused'`,
      [laid.params.minutesId],
    )
    if (back) await bed.owner.query(back, [internistId])
    expect(await requestsOf(laid)).toMatchObject([{ state: 'void', reason }])
    expect(events).toEqual([{ note: reason }])
    expect(audited).toEqual([{ code: reason }])
    expect(await voidNotices()).toBe(told + 1)
    const { minutes } = await nurse.call(contract.get, { params: { id: laid.id } })
    expect(minutes).toMatchObject({ state: 'proposed', signatures: [] })
  },
)

it('a signer whose second factor was taken away holds no right where one is asked for, nor at the sweep', async () => {
  const laid = await laidOut()
  service.behave('waits')
  expect((await signChair(laid)).status).toBe(202)
  service.behave('signs')
  Object.assign(bed.platform.config, { REQUIRE_TOTP: true })
  await sweep().finally(() => Object.assign(bed.platform.config, { REQUIRE_TOTP: undefined }))
  expect(await requestsOf(laid)).toMatchObject([{ state: 'void', reason: 'SIGNER_RIGHT_ENDED' }])
})

it('a signer who loses the right while the service signs is refused in the same request', async () => {
  const laid = await laidOut()
  service.onOrder(async () => void (await bed.owner.query(losses.SIGNER_RIGHT_ENDED.take, [internistId])))
  const answer = await signChair(laid)
  await bed.owner.query(losses.SIGNER_RIGHT_ENDED.back, [internistId])
  expect([answer.status, answer.problem?.code]).toEqual([403, 'SIGNER_RIGHT_ENDED'])
  expect(await requestsOf(laid)).toMatchObject([{ state: 'void', reason: 'SIGNER_RIGHT_ENDED' }])
})

it('a second, contrary decision is refused; the same one sent again is not', async () => {
  const laid = await laidOut()
  expect((await signRequester(laid)).status).toBe(200)
  const { params, contentHash } = laid
  const decide = (decision: 'accepts' | 'not', decisionReason = '') =>
    nurse.try(contract.signMinutes, { params, body: { contentHash, decision, decisionReason } })
  const contrary = await decide('not', 'Người bệnh từ chối')
  expect([contrary.status, contrary.problem?.code]).toEqual([409, 'MINUTES_DECISION_STANDS'])
  expect((await decide('accepts')).status).toBe(200)
  // also once all signed and the text is locked
  await signChair(laid)
  expect((await decide('not', 'Người bệnh từ chối')).problem?.code).toBe('MINUTES_DECISION_STANDS')
  expect((await nurse.call(contract.get, { params: { id: laid.id } })).minutes?.decision).toBe('accepts')
})

it('another decision while the first is awaited takes its place; the first is told so when its answer comes', async () => {
  const laid = await laidOut()
  const { params, contentHash } = laid
  const decide = (decision: 'accepts' | 'not') =>
    nurse.try(contract.signMinutes, { params, body: { contentHash, decision, decisionReason: 'Vì vậy' } })
  let second: ReturnType<typeof decide> | undefined
  service.onOrder(async () => {
    if (second) return
    second = decide('not')
    await second
  })
  const first = await decide('accepts')
  expect([first.status, first.problem?.code]).toEqual([409, 'SIGNING_REPLACED'])
  expect((await second)?.status).toBe(200)
  expect((await nurse.call(contract.get, { params: { id: laid.id } })).minutes?.decision).toBe('not')
})

it('signed is when the signer signed; completed, and the case, say when it was heard of', async () => {
  const laid = await laidOut()
  service.behave('waits')
  await signChair(laid)
  expect((await signRequester(laid)).status).toBe(202)
  const at = new Date(Date.now() - 60_000).toISOString()
  for (const { id } of await requestsOf(laid)) service.signedAt.set(id, at)
  await sweep()
  const lines = await rowsOf<{ signed: Date; completed: Date }>(
    bed,
    'select signed_at as signed, completed_at as completed from consults.signature where minutes_id = $1',
    [laid.params.minutesId],
  )
  expect(lines).toHaveLength(3)
  for (const { signed, completed } of lines) {
    expect(signed.toISOString()).toBe(at)
    expect(completed.getTime()).toBeGreaterThan(signed.getTime() + 50_000)
  }
  const body = await nurse.call(contract.get, { params: { id: laid.id } })
  expect(body.minutes?.signatures.map((line) => line.signedAt)).toEqual([at, at, at])
  expect(body.events.filter(({ name }) => name === 'signed_by').map((line) => line.at)).toEqual([at, at])
  const [row] = await rowsOf<{ at: Date }>(bed, 'select signed_at as at from consults.consult where id = $1', [laid.id])
  expect(row?.at.toISOString()).toBe(at)
  const [counted] = await rowsOf<{ at: Date }>(
    bed,
    "select at from indicators.activity where patient_id = $1 and kind = 'consult' order by at desc limit 1",
    [laid.patientId],
  )
  expect(counted?.at.toISOString()).toBe(at)
})

it.each(['2020-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'])(
  'a service that says it was signed at %s is not believed, and asked again',
  async (at) => {
    const laid = await laidOut()
    service.behave('waits')
    await signChair(laid)
    for (const { id } of await requestsOf(laid)) service.signedAt.set(id, at)
    await sweep()
    expect(await requestsOf(laid)).toMatchObject([{ state: 'prepared' }])
  },
)

it('another decision does not wait for whoever completes the first', async () => {
  const laid = await laidOut()
  service.behave('waits')
  await signRequester(laid)
  const { params, contentHash } = laid
  const holder = await bed.owner.connect()
  await holder.query('begin')
  await holder.query('select 1 from signatures.request where subject_id = $1 for update', [params.minutesId])
  const body = { contentHash, decision: 'not' as const, decisionReason: 'Vì vậy' }
  const second = await Promise.race([nurse.try(contract.signMinutes, { params, body }), sleep(5_000)])
  await holder.query('rollback')
  holder.release()
  expect(second?.problem?.code).toBe('CHANGED_MEANWHILE')
})

it('a signer who declines is told so, and may sign after all', async () => {
  const laid = await laidOut()
  service.behave('declines')
  expect((await signChair(laid)).problem?.code).toBe('SIGNING_DECLINED')
  expect(await endedIn(laid)).toBe(1)
  service.behave('signs')
  expect((await signChair(laid)).status).toBe(200)
  expect((await requestsOf(laid)).map((line) => line.state).sort()).toEqual(['completed', 'declined'])
})

it('a signer in two roles who declines is one line in the case, and one more when they decline again', async () => {
  const laid = await laidOut()
  service.behave('declines')
  expect((await signRequester(laid)).problem?.code).toBe('SIGNING_DECLINED')
  expect(await requestsOf(laid)).toMatchObject([{ state: 'declined' }, { state: 'declined' }])
  expect(await endedIn(laid)).toBe(1)
  await signRequester(laid)
  expect(await endedIn(laid)).toBe(2)
})

it('a service whose clock is ahead signs now, not later', async () => {
  const laid = await laidOut()
  await signChair(laid)
  service.behave('waits')
  await signRequester(laid)
  const ahead = new Date(Date.now() + 4 * 60_000).toISOString()
  for (const { id } of await requestsOf(laid)) service.signedAt.set(id, ahead)
  await sweep()
  const [row] = await rowsOf<{ at: Date; ahead: number }>(
    bed,
    `select c.signed_at as at, (select count(*)::int from consults.signature s join consults.minutes m
        on m.id = s.minutes_id where m.consult_id = c.id and s.signed_at > s.completed_at) as ahead
      from consults.consult c where c.id = $1`,
    [laid.id],
  )
  expect(row?.ahead).toBe(0)
  expect(row?.at.getTime()).toBeLessThanOrEqual(Date.now())
  const { events } = await nurse.call(contract.get, { params: { id: laid.id } })
  expect(events.filter(({ at }) => new Date(at).getTime() > Date.now())).toEqual([])
})

it('minutes are shown and filed under the patient’s name as corrected before the last signature', async () => {
  const laid = await laidOut()
  await signChair(laid)
  const { patient } = await nurse.call(readPatient, { params: { patientId: laid.patientId } })
  const body = { ...patient, fullName: 'Y Blưi', birthDate: '1961-03-02' }
  const edited = await nurse.call(editPatient, { params: { patientId: laid.patientId }, body })
  const corrected = { fullName: 'Y Blưi', birthDate: '1961-03-02' }
  expect((await nurse.call(contract.get, { params: { id: laid.id } })).patient).toMatchObject(corrected)
  expect((await signRequester(laid)).status).toBe(200)
  const filed = () =>
    rowsOf<{ patient: object }>(bed, "select content->'patient' as patient from records.document where id = $1", [
      laid.id,
    ])
  expect(await filed()).toMatchObject([{ patient: corrected }])
  // what was filed keeps its name
  await nurse.call(editPatient, {
    params: { patientId: laid.patientId },
    body: { ...body, version: edited.version, fullName: 'Y Khác' },
  })
  expect(await filed()).toMatchObject([{ patient: corrected }])
  expect((await nurse.call(contract.get, { params: { id: laid.id } })).patient).toMatchObject(corrected)
})

it('what nobody confirmed in time is over, which the case says', async () => {
  const laid = await laidOut()
  service.behave('waits')
  expect((await signChair(laid)).status).toBe(202)
  await bed.owner.query(
    "update signatures.request set prepared_at = prepared_at - interval '25 hours' where subject_id = $1",
    [laid.params.minutesId],
  )
  await sweep()
  expect(await requestsOf(laid)).toMatchObject([{ state: 'void', reason: 'EXPIRED' }])
  expect(await endedIn(laid)).toBe(1)
})

it('asking once more waits for nobody who holds the request', async () => {
  const wish = {
    subjectKind: 'letter',
    subjectId: randomUUID(),
    patientId: demoPersonId('cast/lan'),
    signerId: demoPersonId('cast/lan'),
    role: 'chair',
    documentDigest: 'a'.repeat(64),
    statement: {},
    title: 'Thư',
  }
  const prepare = () => bed.platform.transact(systemActor, (work) => prepareSigning(work, wish), 'test')
  const id = await prepare()
  const holder = await bed.owner.connect()
  await holder.query('begin')
  await holder.query('select 1 from signatures.request where id = $1 for update', [id])
  const again = await Promise.race([prepare(), sleep(2_000, 'waited')])
  await holder.query('rollback')
  holder.release()
  expect(again).toBe(id)
})

/** Another hospital employs the internist; then the one that was asked lets them go. */
async function leavesForAnother(): Promise<void> {
  const admin = await bed.as('systemAdmin')
  const personId = internistId
  await admin.call(addPractitionerRole, {
    params: { personId },
    body: { practitionerRoleId: randomUUID(), facilityId: tinh, qualification: 'doctor', title: 'Bác sĩ' },
  })
  await admin.call(grantRole, { body: { id: randomUUID(), personId, role: 'specialist', facilityId: tinh } })
  const [left] = await rowsOf<{ id: string }>(
    bed,
    `select id from identity.practitioner_role where person_id = $1 and facility_id = $2
      and (valid_until is null or valid_until > now())`,
    [personId, ngocHoi],
  )
  await admin.call(endPractitionerRole, { params: { id: left?.id ?? '' } })
}

// the last of this file: the internist works elsewhere from here on
it('who left the hospital asked has no part in its case: neither asks to sign, nor does what was asked for count', async () => {
  const [awaited, later] = [await laidOut(), await laidOut()]
  service.behave('waits')
  expect((await signChair(awaited)).status).toBe(202)
  await leavesForAnother()
  service.behave('signs')
  await sweep()
  expect(await requestsOf(awaited)).toMatchObject([{ state: 'void', reason: 'SIGNER_RIGHT_ENDED' }])
  const { minutes } = await nurse.call(contract.get, { params: { id: awaited.id } })
  expect(minutes).toMatchObject({ state: 'proposed', signatures: [] })
  expect((await signChair(later)).problem).toMatchObject({ status: 404, code: 'CONSULT_UNKNOWN' })
  expect(await requestsOf(later)).toEqual([])
})
