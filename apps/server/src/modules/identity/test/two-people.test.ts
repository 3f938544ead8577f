import {
  accountNotices,
  addPractitionerRole,
  changePassword,
  createStaff,
  editPractitionerRole,
  endPractitionerRole,
  grantRole,
  listStaff,
  me,
  resetPassword,
  seeAccountNotice,
  signIn,
  vouch,
  vouchForMany,
} from '@moinha/contracts/identity'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../domain/demo-ids.ts'

// Nobody acts alone on themselves: whatever one administrator does alone, no record opens to them.

const hospital = facilityIdOf('kt-bvdkkv-ngoc-hoi')
const own = demoPersonId('cast/unitAdmin')
const chosen = 'a-long-enough-password'
let bed: TestBed
let admin: TestClient
let serial = 0
beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('unitAdmin')
})
afterAll(() => bed.close())

const practitionerRole = { qualification: 'doctor' as const, title: 'bác sĩ', licenceNo: '000999/KTDEMO-CCHN' }

/** A new colleague made by this administrator, signed in, with a password of their own. */
async function newcomer(
  by: TestClient,
  role?: string,
): Promise<{ personId: string; client: TestClient; username: string }> {
  const body = {
    personId: randomUUID(),
    practitionerRoleId: randomUUID(),
    facilityId: hospital,
    fullName: 'Đinh Thị Hảo',
    username: `two.${(serial += 1)}`,
    ...practitionerRole,
    ...(role && { role }),
  }
  const { temporaryPassword } = await by.call(createStaff, { body })
  const client = bed.anonymous()
  await client.call(signIn, { body: { username: body.username, password: temporaryPassword ?? '' } })
  await client.call(changePassword, { body: { current: temporaryPassword ?? '', next: chosen } })
  return { personId: body.personId, client, username: body.username }
}

const grant = (by: TestClient, personId: string, role: string) =>
  by.try(grantRole, { body: { id: randomUUID(), personId, role, facilityId: hospital } })
const opens = async (client: TestClient) => (await client.call(me)).permissions.includes('record.break-glass')

test('nobody grants themselves a role, adds a practitioner role to themselves or edits their own licence', async () => {
  expect((await grant(admin, own, 'specialist')).problem?.code).toBe('NOT_ON_YOURSELF')
  const further = await admin.try(addPractitionerRole, {
    params: { personId: own },
    body: { practitionerRoleId: randomUUID(), facilityId: hospital, ...practitionerRole },
  })
  expect(further.problem?.code).toBe('NOT_ON_YOURSELF')
  const { rows } = await bed.owner.query<{ id: string }>(
    'select id from identity.practitioner_role where person_id = $1 and valid_until is null',
    [own],
  )
  expect(
    (await admin.try(editPractitionerRole, { params: { id: rows[0]?.id ?? '' }, body: practitionerRole })).problem
      ?.code,
  ).toBe('NOT_ON_YOURSELF')
  expect(await opens(admin)).toBe(false)
})

test('nobody ends their own practitioner role, and with it the last right to manage', async () => {
  for (const key of ['unitAdmin', 'systemAdmin'] as const) {
    const client = await bed.as(key)
    const { rows } = await bed.owner.query<{ id: string }>(
      'select id from identity.practitioner_role where person_id = $1 and valid_until is null',
      [demoPersonId(`cast/${key}`)],
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { id } of rows) {
      const answer = await client.try(endPractitionerRole, { params: { id } })
      expect([answer.status, answer.problem?.code]).toEqual([409, 'NOT_ON_YOURSELF'])
    }
    expect((await client.call(me)).permissions).toContain('staff.manage')
  }
})

test('an administrator one made oneself can do nothing until somebody else vouches', async () => {
  const puppet = await newcomer(admin, 'unit_admin')
  expect((await grant(puppet.client, own, 'specialist')).status).toBe(403)
  const made = {
    personId: randomUUID(),
    practitionerRoleId: randomUUID(),
    facilityId: hospital,
    fullName: 'Người Rối',
    username: 'strings.attached',
    ...practitionerRole,
  }
  expect((await puppet.client.try(createStaff, { body: made })).status).toBe(403)
  expect((await puppet.client.call(me)).permissions).not.toContain('staff.manage')
})

test('nor through a colleague one has just made an administrator, nor through one that one made', async () => {
  const dutyLead = await bed.as('dutyLead')
  const first = await newcomer(admin, 'unit_admin')
  await dutyLead.call(vouch, { params: { personId: first.personId } })
  expect((await grant(first.client, own, 'specialist')).problem?.code).toBe('GRANT_IN_A_CIRCLE')
  const second = await newcomer(first.client, 'unit_admin')
  await dutyLead.call(vouch, { params: { personId: second.personId } })
  expect((await grant(second.client, own, 'specialist')).problem?.code).toBe('GRANT_IN_A_CIRCLE')
  const further = await second.client.try(addPractitionerRole, {
    params: { personId: own },
    body: { practitionerRoleId: randomUUID(), facilityId: hospital, ...practitionerRole },
  })
  expect(further.problem?.code).toBe('GRANT_IN_A_CIRCLE')
  expect(await opens(admin)).toBe(false)
})

test('an administrator who was merely granted lately does not grant back either; one from above does', async () => {
  const root = await bed.as('systemAdmin')
  const friend = await newcomer(root)
  await (await bed.as('dutyLead')).call(vouch, { params: { personId: friend.personId } })
  await admin.call(grantRole, {
    body: { id: randomUUID(), personId: friend.personId, role: 'unit_admin', facilityId: hospital },
  })
  expect((await grant(friend.client, own, 'specialist')).problem?.code).toBe('GRANT_IN_A_CIRCLE')
  const given = await grant(root, own, 'specialist')
  expect(given.status).toBe(200)
  expect(await opens(admin)).toBe(true)
  await bed.owner.query(
    "update identity.role_grant set valid_until = now() where person_id = $1 and role_key = 'specialist'",
    [own],
  )
})

test('an account one made oneself opens no record, until somebody else vouches for the person', async () => {
  const puppet = await newcomer(admin, 'specialist')
  expect(await opens(puppet.client)).toBe(false)
  expect(await puppet.client.call(me)).toMatchObject({ waitsForVouch: true })
  const line = async (client: TestClient) =>
    (await client.call(listStaff, { query: { facilityId: hospital, limit: 100 } })).items.find(
      (row) => row.personId === puppet.personId,
    )
  expect(await line(admin)).toMatchObject({ waitsForVouch: true, mayVouch: false })
  expect((await admin.try(vouch, { params: { personId: puppet.personId } })).problem?.code).toBe('OTHER_EYES_NEEDED')
  // nor the person, nor another account of the same hand
  const other = await newcomer(admin, 'unit_admin')
  expect((await other.client.try(vouch, { params: { personId: puppet.personId } })).status).toBe(403)
  expect((await puppet.client.try(vouch, { params: { personId: puppet.personId } })).status).toBe(403)
  expect(
    (await (await bed.as('foreignNurse')).try(vouch, { params: { personId: puppet.personId } })).problem?.code,
  ).toBe('FOREIGN_UNIT')
  const colleague = await bed.as('districtSpecialist')
  expect(await line(colleague)).toMatchObject({ waitsForVouch: true, mayVouch: true })
  await colleague.call(vouch, { params: { personId: puppet.personId } })
  await colleague.call(vouch, { params: { personId: puppet.personId } })
  expect(await opens(puppet.client)).toBe(true)
  const log = await bed.owner.query(
    `select action, actor_id, facility_id, actor_facility_id from audit.entry where subject_id = $1
      and action in ('identity.vouch', 'identity.createStaff')`,
    [puppet.personId],
  )
  expect(log.rows).toContainEqual({
    action: 'identity.vouch',
    actor_id: demoPersonId('cast/districtSpecialist'),
    facility_id: hospital,
    actor_facility_id: hospital,
  })
})

test('nobody vouches while the temporary password holds, neither at first nor after each reset by the same hand', async () => {
  const body = {
    personId: randomUUID(),
    practitionerRoleId: randomUUID(),
    facilityId: hospital,
    fullName: 'Lò Văn Mới',
    username: 'two.temporary',
    ...practitionerRole,
    role: 'specialist',
  }
  const params = { personId: body.personId }
  const { temporaryPassword } = await admin.call(createStaff, { body })
  const colleague = await bed.as('districtSpecialist')
  const line = async () =>
    (await colleague.call(listStaff, { query: { facilityId: hospital, limit: 100 } })).items.find(
      (row) => row.personId === body.personId,
    )
  const newcomerSignsIn = async (password: string) => {
    const client = bed.anonymous()
    await client.call(signIn, { body: { username: body.username, password } })
    await client.call(changePassword, { body: { current: password, next: chosen } })
    return client
  }
  expect((await colleague.try(vouch, { params })).problem).toMatchObject({ status: 409, code: 'VOUCH_AFTER_SIGN_IN' })
  expect(await line()).toMatchObject({ mayVouch: true, signsInFirst: true })
  const first = await newcomerSignsIn(temporaryPassword ?? '')
  expect(await line()).toMatchObject({ mayVouch: true, signsInFirst: false })
  await colleague.call(vouch, { params })
  expect(await opens(first)).toBe(true)
  const reset = await admin.call(resetPassword, { params, body: {} })
  expect((await colleague.try(vouch, { params })).problem?.code).toBe('VOUCH_AFTER_SIGN_IN')
  const again = await newcomerSignsIn(reset.temporaryPassword)
  expect(await opens(again)).toBe(false)
  expect((await admin.try(vouch, { params })).problem?.code).toBe('OTHER_EYES_NEEDED')
  await colleague.call(vouch, { params })
  expect(await opens(again)).toBe(true)
})

test('a password reset gives the resetter nothing: the clinical roles wait, the person and the other heads are told', async () => {
  const doctor = await newcomer(await bed.as('systemAdmin'), 'specialist')
  await (await bed.as('dutyLead')).call(vouch, { params: { personId: doctor.personId } })
  expect(await opens(doctor.client)).toBe(true)
  await bed.owner.query("update identity.person set phone = '+84912345999' where id = $1", [doctor.personId])
  const { temporaryPassword } = await admin.call(resetPassword, { params: { personId: doctor.personId }, body: {} })
  const thief = bed.anonymous()
  await thief.call(signIn, { body: { username: doctor.username, password: temporaryPassword } })
  await thief.call(changePassword, { body: { current: temporaryPassword, next: chosen } })
  expect(await opens(thief)).toBe(false)
  const texts = await bed.owner.query("select purpose from identity.sms_outbox where to_phone = '+84912345999'")
  expect(texts.rows).toEqual([{ purpose: 'account' }])
  const root = await bed.as('systemAdmin')
  const [notice] = (await root.call(accountNotices, { query: {} })).items.filter(
    (row) => row.personId === doctor.personId,
  )
  expect(notice).toMatchObject({
    kind: 'password-reset',
    fullName: 'Đinh Thị Hảo',
    byName: 'Nông Thị Thu',
    seen: false,
  })
  await root.call(seeAccountNotice, { params: { id: notice?.id ?? '' } })
  expect((await root.call(accountNotices, { query: {} })).items.find((row) => row.id === notice?.id)?.seen).toBe(true)
  expect((await thief.call(accountNotices, { query: {} })).items).toContainEqual(
    expect.objectContaining({ kind: 'password-reset' }),
  )
})

test('the second factor is not removed by the one who gave the roles', async () => {
  const doctor = await newcomer(admin, 'specialist')
  const both = { params: { personId: doctor.personId }, body: { alsoTotp: true } }
  expect((await admin.try(resetPassword, both)).problem?.code).toBe('SECOND_ADMIN_NEEDED')
  expect((await (await bed.as('systemAdmin')).try(resetPassword, both)).status).toBe(200)
})

test('a substitute whom somebody else names this afternoon breaks the glass tonight', async () => {
  const root = await bed.as('systemAdmin')
  const substitute = await newcomer(root)
  await (await bed.as('dutyLead')).call(vouch, { params: { personId: substitute.personId } })
  expect((await grant(admin, substitute.personId, 'specialist')).status).toBe(200)
  expect(await opens(substitute.client)).toBe(true)
})

test('one confirmation vouches for several, each written down; one who cannot be vouched for refuses them all', async () => {
  const three = [await newcomer(admin, 'specialist'), await newcomer(admin, 'specialist')] as const
  const body = {
    personId: randomUUID(),
    practitionerRoleId: randomUUID(),
    facilityId: hospital,
    fullName: 'Chưa Đăng Nhập',
    username: 'two.absent',
    ...practitionerRole,
    role: 'specialist',
  }
  await admin.call(createStaff, { body })
  const colleague = await bed.as('districtSpecialist')
  const personIds = three.map(({ personId }) => personId)
  const withAbsent = await colleague.try(vouchForMany, { body: { personIds: [...personIds, body.personId] } })
  expect([withAbsent.status, withAbsent.problem?.code]).toEqual([409, 'VOUCH_AFTER_SIGN_IN'])
  expect(await Promise.all(three.map(({ client }) => opens(client)))).toEqual([false, false])
  expect((await admin.try(vouchForMany, { body: { personIds } })).problem?.code).toBe('OTHER_EYES_NEEDED')
  await colleague.call(vouchForMany, { body: { personIds } })
  await colleague.call(vouchForMany, { body: { personIds } })
  expect(await Promise.all(three.map(({ client }) => opens(client)))).toEqual([true, true])
  const { rows } = await bed.owner.query(
    "select from audit.entry where action = 'identity.vouch' and outcome = 'done' and subject_id = any ($1::uuid[])",
    [personIds],
  )
  expect(rows).toHaveLength(2)
})
