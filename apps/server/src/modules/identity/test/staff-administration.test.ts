import {
  addPractitionerRole,
  createStaff,
  editPractitionerRole,
  endPractitionerRole,
  grantRole,
  listRoles,
  listStaff,
  me,
  publicStaff,
  resetPassword,
  revokeGrant,
  setDisabled,
  signIn,
} from '@moinha/contracts/identity'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { demoPersonId } from '../domain/demo-ids.ts'

let bed: TestBed
let admin: TestClient
let hospital: string
let foreign: string
beforeAll(async () => {
  bed = await openTestBed()
  admin = await bed.as('unitAdmin')
  const idOf = async (key: string) =>
    (await bed.owner.query<{ id: string }>('select id from facilities.facility where key = $1', [key])).rows[0]?.id ??
    ''
  hospital = await idOf('kt-bvdkkv-ngoc-hoi')
  foreign = await idOf('kt-bvdk-tinh')
})
afterAll(() => bed.close())

const practitionerRole = {
  qualification: 'doctor' as const,
  title: 'bác sĩ',
  degree: 'Bác sĩ đa khoa',
  specialties: ['internal'],
  licenceNo: '000999/KTDEMO-CCHN',
}
const newcomer = (username: string) => ({
  personId: randomUUID(),
  practitionerRoleId: randomUUID(),
  facilityId: hospital,
  fullName: 'Đinh Thị Hảo',
  username,
  role: 'specialist',
  ...practitionerRole,
})

test('an administrator creates a colleague, who must choose a password before anything opens', async () => {
  const body = newcomer('hao.dinh')
  const { temporaryPassword } = await admin.call(createStaff, { body })
  expect((await admin.call(createStaff, { body })).temporaryPassword).toBeNull()
  const client = bed.anonymous()
  expect((await client.call(signIn, { body: { username: 'hao.dinh', password: temporaryPassword ?? '' } })).next).toBe(
    'password',
  )
  expect(await client.call(me)).toMatchObject({ permissions: [], pending: ['password'] })
  const { items } = await admin.call(listStaff, { query: { facilityId: hospital, q: 'dinh thi hao' } })
  expect(items).toEqual([
    expect.objectContaining({
      fullName: 'Đinh Thị Hảo',
      account: expect.objectContaining({ username: 'hao.dinh' }),
      grants: [expect.objectContaining({ role: 'specialist' })],
    }),
  ])
  expect((await admin.try(createStaff, { body: newcomer('hao.dinh') })).problem?.code).toBe('USERNAME_TAKEN')
})

test('another unit’s staff are out of reach', async () => {
  const stranger = demoPersonId('cast/provincialSpecialist')
  const refusals = [
    await admin.try(createStaff, { body: { ...newcomer('not.mine'), facilityId: foreign } }),
    await admin.try(listStaff, { query: { facilityId: foreign } }),
    await admin.try(listRoles, { query: { facilityId: foreign } }),
    await admin.try(grantRole, {
      body: { id: randomUUID(), personId: stranger, role: 'specialist', facilityId: hospital },
    }),
    await admin.try(addPractitionerRole, {
      params: { personId: stranger },
      body: { practitionerRoleId: randomUUID(), facilityId: hospital, ...practitionerRole },
    }),
    await admin.try(resetPassword, { params: { personId: stranger }, body: {} }),
    await admin.try(setDisabled, { params: { personId: stranger }, body: { disabled: true } }),
  ]
  expect(refusals.map((answer) => answer.problem?.code)).toEqual([
    'FOREIGN_UNIT',
    'FOREIGN_UNIT',
    'FOREIGN_UNIT',
    'STAFF_ABOVE_YOU',
    'STAFF_ABOVE_YOU',
    'STAFF_ABOVE_YOU',
    'STAFF_ABOVE_YOU',
  ])
  const { rows } = await bed.owner.query(
    "select from audit.entry where action = 'identity.grantRole' and outcome = 'refused'",
  )
  expect(rows.length).toBeGreaterThan(0)
})

test('nobody grants above their own role, nor without the permission', async () => {
  const body = newcomer('ladder.climber')
  const { personId } = await admin.call(createStaff, { body })
  for (const role of ['department_officer', 'system_admin']) {
    expect(
      (await admin.try(grantRole, { body: { id: randomUUID(), personId, role, facilityId: hospital } })).problem?.code,
    ).toBe('ROLE_ABOVE_YOURS')
  }
  expect(
    (await admin.try(createStaff, { body: { ...newcomer('born.high'), role: 'system_admin' } })).problem?.code,
  ).toBe('ROLE_ABOVE_YOURS')
  const half = await bed.owner.query("select from identity.account_user where username = 'born.high'")
  expect(half.rowCount).toBe(0)
  const own = demoPersonId('cast/unitAdmin')
  expect(
    (
      await admin.try(grantRole, {
        body: { id: randomUUID(), personId: own, role: 'system_admin', facilityId: hospital },
      })
    ).problem?.code,
  ).toBe('ROLE_ABOVE_YOURS')
  const nurse = await bed.as('nurse')
  expect(
    (
      await nurse.try(grantRole, {
        body: { id: randomUUID(), personId: own, role: 'unit_admin', facilityId: hospital },
      })
    ).status,
  ).toBe(403)
})

test('somebody who also holds a role elsewhere is not one’s own to reset', async () => {
  const { personId } = await admin.call(createStaff, { body: newcomer('two.houses') })
  const root = await bed.as('systemAdmin')
  await root.call(grantRole, { body: { id: randomUUID(), personId, role: 'specialist', facilityId: foreign } })
  expect((await admin.try(resetPassword, { params: { personId }, body: {} })).problem?.code).toBe('STAFF_ABOVE_YOU')
  expect((await root.call(resetPassword, { params: { personId }, body: {} })).temporaryPassword).toMatch(
    /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/,
  )
})

test('a role granted works at once and is taken back at once; sent twice it is one', async () => {
  const personId = demoPersonId('cast/districtSpecialist')
  const client = await bed.as('districtSpecialist')
  const body = { id: randomUUID(), personId, role: 'duty_lead', facilityId: hospital }
  await admin.call(grantRole, { body })
  await admin.call(grantRole, { body })
  expect((await client.call(me)).permissions).toContain('consult.lead')
  await admin.call(revokeGrant, { params: { id: body.id } })
  expect((await client.call(me)).permissions).not.toContain('consult.lead')
  await admin.call(revokeGrant, { params: { id: body.id } })
  expect((await (await bed.as('nurse')).try(revokeGrant, { params: { id: body.id } })).status).toBe(403)
})

test('closing an account ends its sessions and its sign-in; nobody closes their own', async () => {
  const { personId, temporaryPassword } = await admin.call(createStaff, { body: newcomer('leaves.soon') })
  const client = bed.anonymous()
  const credentials = { username: 'leaves.soon', password: temporaryPassword ?? '' }
  await client.call(signIn, { body: credentials })
  await admin.call(setDisabled, { params: { personId }, body: { disabled: true } })
  expect((await client.call(me)).person).toBeNull()
  expect((await bed.anonymous().try(signIn, { body: credentials })).problem?.code).toBe('ACCOUNT_DISABLED')
  expect((await bed.anonymous().try(signIn, { body: { ...credentials, password: 'x' } })).problem?.code).toBe(
    'SIGN_IN_WRONG',
  )
  expect(
    (await admin.try(setDisabled, { params: { personId: demoPersonId('cast/unitAdmin') }, body: { disabled: true } }))
      .problem?.code,
  ).toBe('NOT_ON_YOURSELF')
})

test('ending a practitioner role takes its grants along', async () => {
  const body = newcomer('post.ends')
  const { personId } = await admin.call(createStaff, { body })
  await admin.call(endPractitionerRole, { params: { id: body.practitionerRoleId } })
  const { rowCount } = await bed.owner.query(
    'select from identity.role_grant where person_id = $1 and valid_until is null',
    [personId],
  )
  expect(rowCount).toBe(0)
  expect(
    (await admin.try(editPractitionerRole, { params: { id: body.practitionerRoleId }, body: practitionerRole })).problem
      ?.code,
  ).toBe('PRACTITIONER_ROLE_ENDED')
})

test('a qualification is a code of the list; the typed title stands beside it', async () => {
  const body = { ...newcomer('coded.one'), qualification: 'midwife' as const, title: 'Nữ hộ sinh trưởng' }
  await admin.call(createStaff, { body })
  const line = async () =>
    (await admin.call(listStaff, { query: { facilityId: hospital, limit: 100 } })).items.find(
      (row) => row.practitionerRoleId === body.practitionerRoleId,
    )
  expect((await line())?.qualification).toEqual({
    system: 'moinha:qualification',
    code: 'midwife',
    display: 'Nữ hộ sinh trưởng',
  })
  await admin.call(editPractitionerRole, {
    params: { id: body.practitionerRoleId },
    body: { ...practitionerRole, qualification: 'doctor', title: 'Bác sỹ' },
  })
  expect((await line())?.qualification).toMatchObject({ code: 'doctor', display: 'Bác sỹ' })
  expect(
    (
      await admin.try(editPractitionerRole, {
        params: { id: body.practitionerRoleId },
        body: { ...practitionerRole, qualification: 'surgeon' as never },
      })
    ).problem?.code,
  ).toBe('INVALID_INPUT')
})

test('anyone reads the published staff of a unit, with nothing private in it', async () => {
  const body = newcomer('behind.desk')
  await admin.call(createStaff, { body: { ...body, fullName: 'Người Kín Đáo', isPublic: false } })
  const { items } = await bed.anonymous().call(publicStaff, { params: { facilityId: hospital } })
  expect(items.length).toBeGreaterThan(3)
  expect(items.some((item) => item.fullName === 'Người Kín Đáo')).toBe(false)
  expect(Object.keys(items[0] ?? {}).sort()).toEqual([
    'degree',
    'fullName',
    'licenceNo',
    'personId',
    'qualification',
    'specialties',
    'title',
  ])
})

test('the list comes in pages that neither skip nor repeat', async () => {
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await admin.call(listStaff, {
      query: { facilityId: hospital, beneath: 'yes', limit: 5, ...(after && { after }) },
    })
    seen.push(...page.items.map((item) => item.practitionerRoleId))
    after = page.next ?? undefined
  } while (after)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBeGreaterThan(10)
  expect((await admin.try(listStaff, { query: { facilityId: hospital, after: 'rubbish' } })).status).toBe(400)
})
