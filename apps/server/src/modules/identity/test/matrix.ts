import { randomUUID } from 'node:crypto'
import { everyone, type Matrix, type MatrixCase } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { hashFirstCode, newFirstCode } from '../domain/first-code.ts'
import { hashServiceToken, newServiceToken } from '../domain/service-token.ts'
import { castCitizens, castStaffMember, demoPassword, demoPersonId } from '../index.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lan = demoPersonId(castCitizens.lan.key)
const duc = demoPersonId(castCitizens.duc.key)

const anyone = ['anonymous', ...everyone] as const
const staff = everyone.filter((key) => key !== 'lan' && key !== 'duc')
const citizens: readonly CastKey[] = ['lan', 'duc']
const managers: readonly CastKey[] = ['unitAdmin', 'systemAdmin']

let count = 0
/** A phone nobody asked a code for yet, so that waiting times are in nobody's way. */
const freshPhone = () => `09123${String((count += 1)).padStart(5, '0')}`
const practitionerRole = { title: 'điều dưỡng', licenceNo: '' }

interface Colleague {
  personId: string
  practitionerRoleId: string
  grantId: string
}

/** A nurse newly at a unit, with account, practitioner role and grant. */
async function colleagueAt(bed: TestBed, facilityId: string): Promise<Colleague> {
  const made = { personId: randomUUID(), practitionerRoleId: randomUUID(), grantId: randomUUID() }
  await bed.owner.query(`insert into identity.account_user (id, kind, email, username) values ($1, 'staff', $2, $3)`, [
    made.personId,
    `${made.personId}@account.invalid`,
    `m.${made.personId}`,
  ])
  await bed.owner.query(
    'insert into identity.practitioner_role (id, person_id, facility_id, title) values ($1, $2, $3, $4)',
    [made.practitionerRoleId, made.personId, facilityId, practitionerRole.title],
  )
  await bed.owner.query(
    "insert into identity.role_grant (id, person_id, role_key, facility_id) values ($1, $2, 'station_nurse', $3)",
    [made.grantId, made.personId, facilityId],
  )
  return made
}

/** A colleague whose password an administrator, none of the cast, has given. */
async function newAt(bed: TestBed, facilityId: string): Promise<string> {
  const [made, giver] = [await colleagueAt(bed, facilityId), await colleagueAt(bed, facilityId)]
  await bed.owner.query('update identity.account_user set credential_by = $2, credential_at = now() where id = $1', [
    made.personId,
    giver.personId,
  ])
  return made.personId
}

/** A slip's code for a colleague who has not come yet: whoever holds it is that person. */
async function firstCode(bed: TestBed): Promise<string> {
  const { personId } = await colleagueAt(bed, poY)
  const code = newFirstCode()
  await bed.owner.query(
    `insert into identity.first_code (person_id, code_hash, purpose, expires_at)
      values ($1, $2, 'slip', now() + interval '1 day')`,
    [personId, hashFirstCode(code)],
  )
  return code
}

/** What registers a colleague at a unit. */
async function registrationOf(bed: TestBed, facilityId: string) {
  const { personId } = await colleagueAt(bed, facilityId)
  const hours = [{ weekday: 1, from: '07:00', to: '11:30' }]
  return { personId, facilityId, licenceNo: '000001/KT-GPHN', scope: 'Điều dưỡng', hours, from: '2026-01-01' }
}

async function registeredAt(bed: TestBed, facilityId: string): Promise<string> {
  const [id, { personId }] = [randomUUID(), await colleagueAt(bed, facilityId)]
  await bed.owner.query(
    `insert into identity.practitioner_registration (id, person_id, facility_id, licence_no, scope, valid_from)
      values ($1, $2, $3, '000001/KT-GPHN', 'Điều dưỡng', '2026-01-01')`,
    [id, personId, facilityId],
  )
  return id
}

/** A program of a unit, whose token nobody holds. */
async function programAt(bed: TestBed, facilityId: string): Promise<string> {
  const id = randomUUID()
  const { token, prefix } = newServiceToken()
  await bed.owner.query(
    `insert into identity.service_account (id, facility_id, name, role_key, scopes, prefix, token_hash,
        created_by, expires_at)
     values ($1, $2, 'Thử', 'station_nurse', '{roster.read}', $3, $4, $5, now() + interval '1 day')`,
    [id, facilityId, prefix, hashServiceToken(token), duc],
  )
  return id
}

/** Somebody who has not set a password yet. */
async function awaitedAt(bed: TestBed, facilityId: string): Promise<string> {
  const { personId } = await colleagueAt(bed, facilityId)
  await bed.owner.query('update identity.account_user set must_change_password = true where id = $1', [personId])
  return personId
}

/** Sheets of a unit: whoever may not touch its staff is told before the file is read. */
function ofUnit(verb: string): MatrixCase {
  const query = verb === 'applyStaffSheet' ? { query: { digest: 'x' } } : {}
  return {
    own: () => ({ params: { id: poY }, ...query }),
    ownFor: managers,
    foreign: () => ({ params: { id: hoaiHai }, ...query }),
    foreignFor: ['systemAdmin'],
  }
}

async function noticeFor(bed: TestBed, recipientId: string): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    "insert into identity.account_notice (id, recipient_id, person_id, kind) values ($1, $2, $2, 'password-reset')",
    [id, recipientId],
  )
  return id
}

async function sessionOf(bed: TestBed, personId: string): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into identity.account_session (id, user_id, token, expires_at)
      values ($1, $2, $3, now() + interval '1 hour')`,
    [id, personId, randomUUID()],
  )
  return id
}

async function childOf(bed: TestBed, guardianId: string): Promise<string> {
  const id = randomUUID()
  await bed.owner.query("insert into identity.person (id, full_name, created_by) values ($1, 'A Thử', $2)", [
    id,
    guardianId,
  ])
  await bed.owner.query(
    `insert into identity.family_member (guardian_id, dependant_id, relation, consent_version, created_by)
      values ($1, $2, 'child', 'v1', $1)`,
    [guardianId, id],
  )
  return id
}

/** Somebody of no story acts for this person. */
async function guardianOf(bed: TestBed, dependantId: string): Promise<string> {
  const [id, guardianId] = [randomUUID(), randomUUID()]
  await bed.owner.query("insert into identity.person (id, full_name) values ($1, 'Y Giúp')", [guardianId])
  await bed.owner.query(
    `insert into identity.family_member (id, guardian_id, dependant_id, relation, consent_version)
      values ($1, $2, $3, 'parent', 'v1')`,
    [id, guardianId, dependantId],
  )
  return id
}

/** A route on a unit's staff, tried on a colleague of Pờ Y and on one of another province. */
function onColleague(input: (colleague: Colleague, facilityId: string) => object): MatrixCase {
  return {
    own: async (bed) => input(await colleagueAt(bed, poY), poY),
    ownFor: managers,
    foreign: async (bed) => input(await colleagueAt(bed, hoaiHai), hoaiHai),
    foreignFor: ['systemAdmin'],
  }
}

const newcomer = (facilityId: string) => ({
  body: {
    personId: randomUUID(),
    practitionerRoleId: randomUUID(),
    facilityId,
    fullName: 'Đinh Thử',
    username: `moi.${(count += 1)}`,
    role: 'station_nurse',
    ...practitionerRole,
  },
})

const newProgram = (facilityId: string) => ({
  id: randomUUID(),
  facilityId,
  name: 'Phần mềm thử',
  role: 'station_nurse',
  scopes: ['roster.read'],
})

const signingIn: Matrix = {
  'identity.sendOtp': { own: () => ({ body: { phone: freshPhone() } }), ownFor: anyone },
  'identity.verifyOtp': { own: () => ({ body: { phone: freshPhone(), code: '000000' } }), ownFor: anyone },
  'identity.signIn': {
    own: () => ({ body: { username: castStaffMember('officer').username, password: demoPassword } }),
    ownFor: anyone,
  },
  // the code alone opens nothing: without the cookie of the password's step even the right person is refused
  'identity.verifyTotp': { own: () => ({ body: { code: '000000' } }), ownFor: [] },
  'identity.lookFirstCode': { own: async (bed) => ({ body: { code: await firstCode(bed) } }), ownFor: anyone },
  'identity.firstSignIn': {
    own: async (bed) => ({ body: { code: await firstCode(bed), password: 'một câu dài dễ nhớ' } }),
    ownFor: anyone,
  },
  'identity.changeOverChoices': { own: () => ({}), ownFor: anyone },
  // the PIN alone opens nothing: without the cookie of its device even the right person is refused
  'identity.changeOver': {
    own: () => ({ body: { personId: demoPersonId(castStaffMember('nurse').key), pin: '4071' } }),
    ownFor: [],
  },
  'identity.signOut': { own: () => ({}), ownFor: anyone },
  'identity.me': { own: () => ({}), ownFor: anyone },
  'identity.demoCast': { own: () => ({}), ownFor: anyone },
  'identity.demoEnter': {
    own: () => ({ body: { key: 'officer' } }),
    ownFor: anyone,
    foreign: () => ({ body: { key: 'nobody' } }),
  },
  'identity.demoOutbox': { own: () => ({}), ownFor: anyone },
}

const ownAccount: Matrix = {
  'identity.updateMe': { own: () => ({ body: { language: 'vi' } }), ownFor: everyone },
  // citizens have no password
  'identity.changePassword': {
    own: () => ({ body: { current: 'not-mine', next: 'something-longer-than-that' } }),
    ownFor: staff,
  },
  // clinical accounts; whoever manages anything signs in in full
  'identity.setPin': {
    own: () => ({ body: { pin: '4071' } }),
    ownFor: ['nurse', 'stationDoctor', 'districtSpecialist', 'provincialSpecialist', 'dutyLead', 'foreignNurse'],
  },
  'identity.setAside': { own: () => ({}), ownFor: everyone },
  // each only on one's own account; a citizen stops at the password that is not there
  'identity.startTotp': { own: () => ({ body: { password: 'not-mine' } }), ownFor: everyone },
  'identity.confirmTotp': { own: () => ({ body: { code: '000000' } }), ownFor: everyone },
  'identity.listSessions': { own: () => ({}), ownFor: everyone },
  'identity.endSession': {
    own: async (bed) => ({ params: { id: await sessionOf(bed, lan) } }),
    ownFor: ['lan'],
    foreign: async (bed) => ({ params: { id: await sessionOf(bed, duc) } }),
    foreignFor: ['duc'],
  },
  'identity.accountNotices': { own: () => ({}), ownFor: everyone },
  'identity.seeAccountNotice': {
    own: async (bed) => ({ params: { id: await noticeFor(bed, lan) } }),
    ownFor: ['lan'],
    foreign: async (bed) => ({ params: { id: await noticeFor(bed, duc) } }),
    foreignFor: ['duc'],
  },
  'identity.listFamily': { own: () => ({}), ownFor: citizens },
  'identity.addFamilyMember': {
    own: () => ({
      body: {
        personId: randomUUID(),
        fullName: 'A Thử',
        relation: 'child',
        birthDate: '2022-02-03',
        consentVersion: 'v1',
      },
    }),
    ownFor: citizens,
    // somebody's child is nobody else's to take; the mother herself declares nothing new
    foreign: async (bed) => ({
      body: {
        personId: await childOf(bed, lan),
        fullName: 'A Thử',
        relation: 'child',
        birthDate: '2022-02-03',
        consentVersion: 'v1',
      },
    }),
    foreignFor: ['lan'],
  },
  'identity.showGuardianCode': { own: () => ({}), ownFor: citizens },
  'identity.listGuardians': { own: () => ({}), ownFor: citizens },
  'identity.endGuardian': {
    own: async (bed) => ({ params: { id: await guardianOf(bed, lan) } }),
    ownFor: ['lan'],
    foreign: async (bed) => ({ params: { id: await guardianOf(bed, duc) } }),
    foreignFor: ['duc'],
  },
  'identity.removeFamilyMember': {
    own: async (bed) => ({ params: { personId: await childOf(bed, lan) } }),
    ownFor: ['lan'],
    foreign: async (bed) => ({ params: { personId: await childOf(bed, duc) } }),
    foreignFor: ['duc'],
  },
}

const staffRoutes: Matrix = {
  'identity.listStaff': {
    own: () => ({ query: { facilityId: poY } }),
    ownFor: staff.filter((key) => key !== 'provincialSpecialist' && key !== 'foreignNurse'),
    foreign: () => ({ query: { facilityId: hoaiHai } }),
    foreignFor: ['foreignNurse', 'systemAdmin'],
  },
  'identity.publicStaff': { own: () => ({ params: { facilityId: poY } }), ownFor: anyone },
  'identity.createStaff': {
    own: () => newcomer(poY),
    ownFor: managers,
    foreign: () => newcomer(hoaiHai),
    foreignFor: ['systemAdmin'],
  },
  'identity.addPractitionerRole': {
    own: async (bed) => ({
      params: { personId: (await colleagueAt(bed, poY)).personId },
      body: { practitionerRoleId: randomUUID(), facilityId: poY, ...practitionerRole },
    }),
    ownFor: managers,
    // nobody draws another unit's people into their own
    foreign: async (bed) => ({
      params: { personId: (await colleagueAt(bed, hoaiHai)).personId },
      body: { practitionerRoleId: randomUUID(), facilityId: poY, ...practitionerRole },
    }),
    foreignFor: ['systemAdmin'],
  },
  'identity.editPractitionerRole': onColleague(({ practitionerRoleId }) => ({
    params: { id: practitionerRoleId },
    body: practitionerRole,
  })),
  'identity.endPractitionerRole': onColleague(({ practitionerRoleId }) => ({ params: { id: practitionerRoleId } })),
  'identity.listRoles': {
    own: () => ({ query: { facilityId: poY } }),
    ownFor: managers,
    foreign: () => ({ query: { facilityId: hoaiHai } }),
    foreignFor: ['systemAdmin'],
  },
  'identity.grantRole': onColleague(({ personId }, facilityId) => ({
    body: { id: randomUUID(), personId, role: 'station_doctor', facilityId },
  })),
  'identity.revokeGrant': onColleague(({ grantId }) => ({ params: { id: grantId } })),
  'identity.resetPassword': onColleague(({ personId }) => ({ params: { personId }, body: {} })),
  // a colleague vouches too; the one who gave the password does not: nobody of the cast did
  'identity.vouch': {
    own: async (bed) => ({ params: { personId: await newAt(bed, poY) } }),
    ownFor: ['nurse', 'stationDoctor', 'dutyLead', 'districtSpecialist', 'unitAdmin', 'systemAdmin'],
    foreign: async (bed) => ({ params: { personId: await newAt(bed, hoaiHai) } }),
    foreignFor: ['foreignNurse', 'systemAdmin'],
  },
  'identity.vouchForMany': {
    own: async (bed) => ({ body: { personIds: [await newAt(bed, poY), await newAt(bed, poY)] } }),
    ownFor: ['nurse', 'stationDoctor', 'dutyLead', 'districtSpecialist', 'unitAdmin', 'systemAdmin'],
    foreign: async (bed) => ({ body: { personIds: [await newAt(bed, hoaiHai)] } }),
    foreignFor: ['foreignNurse', 'systemAdmin'],
  },
  ...Object.fromEntries(
    ['staffSheetTemplate', 'checkStaffSheet', 'applyStaffSheet'].map((verb) => [`identity.${verb}`, ofUnit(verb)]),
  ),
  'identity.listAwaitedStaff': {
    own: () => ({ query: { facilityId: poY } }),
    ownFor: managers,
    foreign: () => ({ query: { facilityId: hoaiHai } }),
    foreignFor: ['systemAdmin'],
  },
  'identity.printSlips': {
    own: async (bed) => ({ body: { facilityId: poY, personIds: [await awaitedAt(bed, poY)] } }),
    ownFor: managers,
    foreign: async (bed) => ({ body: { facilityId: hoaiHai, personIds: [await awaitedAt(bed, hoaiHai)] } }),
    foreignFor: ['systemAdmin'],
  },
  'identity.listServiceAccounts': {
    own: () => ({ query: { facilityId: poY } }),
    ownFor: managers,
    foreign: () => ({ query: { facilityId: hoaiHai } }),
    foreignFor: ['systemAdmin'],
  },
  'identity.addServiceAccount': {
    own: () => ({ body: newProgram(poY) }),
    ownFor: managers,
    foreign: () => ({ body: newProgram(hoaiHai) }),
    foreignFor: ['systemAdmin'],
  },
  'identity.revokeServiceAccount': {
    own: async (bed) => ({ params: { id: await programAt(bed, poY) } }),
    ownFor: managers,
    foreign: async (bed) => ({ params: { id: await programAt(bed, hoaiHai) } }),
    foreignFor: ['systemAdmin'],
  },
  'identity.listRegistrations': { own: () => ({ query: { facilityId: poY } }), ownFor: staff },
  'identity.addRegistration': {
    own: async (bed) => ({ params: { id: randomUUID() }, body: await registrationOf(bed, poY) }),
    ownFor: managers,
    foreign: async (bed) => ({ params: { id: randomUUID() }, body: await registrationOf(bed, hoaiHai) }),
    foreignFor: ['systemAdmin'],
  },
  'identity.endRegistration': {
    own: async (bed) => ({ params: { id: await registeredAt(bed, poY) }, body: { on: '2026-02-01' } }),
    ownFor: managers,
    foreign: async (bed) => ({ params: { id: await registeredAt(bed, hoaiHai) }, body: { on: '2026-02-01' } }),
    foreignFor: ['systemAdmin'],
  },
  'identity.setDisabled': onColleague(({ personId }) => ({ params: { personId }, body: { disabled: true } })),
}

// texts belong to no unit: there are no foreign ones
const operators: readonly CastKey[] = ['systemAdmin']
const seenText = () => ({ items: [{ id: randomUUID(), round: 0 }] })
const texts: Matrix = {
  'identity.listTroubledTexts': { own: () => ({ query: {} }), ownFor: operators },
  'identity.retryTexts': { own: () => ({ body: seenText() }), ownFor: operators },
  'identity.giveUpTexts': { own: () => ({ body: { ...seenText(), word: 'Không cần nữa' } }), ownFor: operators },
}

export const matrix: Matrix = { ...signingIn, ...ownAccount, ...staffRoutes, ...texts }
