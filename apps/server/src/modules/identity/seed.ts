import type { Insertable } from 'kysely'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { castCitizens, castStaff, type CastCitizen } from './domain/demo-cast.ts'
import { demoId, demoPersonId } from './domain/demo-ids.ts'
import { demoBlocks, demoSeed, demoStaff, type DemoPerson, type DemoStaff } from './domain/demo-people.ts'
import { identityParts } from './identity-parts.ts'
import { demoPeopleMark } from './store/demo-accounts.ts'
import type { AccountUserTable, PersonTable, RoleGrantTable, StaffPostTable } from './store/tables.ts'

/** One password for every staff account of the demo; production has no demo accounts. */
export const demoPassword = 'moinha-demo-2026'

const batch = 500
/** The demo's posts begin with the data set. */
const since = new Date('2023-01-01T00:00:00+07:00')
const desks = new Set(['chuyên viên', 'kỹ sư'])

/** The cast, the staff of every unit, and the families of the cast. Demo only. */
export async function seed(platform: Platform): Promise<void> {
  if (!platform.config.DEMO || platform.config.production) return
  const { password } = await identityParts(platform.db).auth.$context
  const hash = await password.hash(demoPassword) // one hash for all: hundreds of slow ones would hold up the first start
  await seedOnce(platform, demoPeopleMark, async (work) => {
    const facilities = await work.tx.selectFrom('facilities.facility').select(['id', 'key', 'type']).execute()
    const idOf = new Map(facilities.map((facility) => [facility.key, facility.id]))
    const blocks = demoBlocks(facilities.map((facility) => facility.key))
    const generated = facilities.flatMap(({ key, type }) => demoStaff(demoSeed, key, type, blocks.get(key)))
    await insertStaff(work, [...castStaff, ...generated], idOf, hash)
    await insertEarlierPosts(work, idOf)
    for (const citizen of Object.values(castCitizens)) await insertCitizen(work, citizen)
  })
}

function personRow(person: DemoPerson): Insertable<PersonTable> {
  return {
    id: demoPersonId(person.key), full_name: person.fullName, sex: person.sex, birth_date: person.birthDate, phone: person.phone,
    ethnicity_system: person.ethnicityCodeSystem, ethnicity_code: person.ethnicityCode, created_by: null,
  }
}

async function insertStaff(work: Work, staff: readonly DemoStaff[], idOf: ReadonlyMap<string, string>, hash: string): Promise<void> {
  const placed = staff.flatMap((member) => {
    const facilityId = idOf.get(member.facilityKey)
    return facilityId ? [{ member, personId: demoPersonId(member.key), facilityId }] : []
  })
  for (let start = 0; start < placed.length; start += batch) {
    const some = placed.slice(start, start + batch)
    await work.tx.insertInto('identity.person').values(some.map(({ member }) => personRow(member))).execute()
    await work.tx.insertInto('identity.account_user').values(some.map(({ member, personId }) => staffAccount(member, personId))).execute()
    await work.tx.insertInto('identity.account_credential')
      .values(some.map(({ personId }) => ({ user_id: personId, account_id: personId, provider_id: 'credential', password: hash }))).execute()
    await work.tx.insertInto('identity.staff_post').values(some.map(({ member, personId, facilityId }) => postRow(member, personId, facilityId))).execute()
    await work.tx.insertInto('identity.role_grant').values(some.map(({ member, personId, facilityId }) => grantRow(member, personId, facilityId))).execute()
  }
}

function staffAccount(member: DemoStaff, id: string): Insertable<AccountUserTable> {
  return { id, kind: 'staff', email: `${id}@account.invalid`, username: member.username, phone: null, disabled_at: null, last_sign_in_at: null }
}

function postRow(member: DemoStaff, personId: string, facilityId: string): Insertable<StaffPostTable> {
  return {
    id: demoId('post', `${member.key} ${member.facilityKey}`), person_id: personId, facility_id: facilityId, title: member.title, degree: member.degree,
    specialties: [...member.specialties], licence_no: member.licence?.number ?? '', licence_issuer: member.licence?.issuer ?? '', licence_date: null,
    weekly_hours: null, is_public: !desks.has(member.title), valid_from: since, valid_until: null,
  }
}

function grantRow(member: DemoStaff, personId: string, facilityId: string): Insertable<RoleGrantTable> {
  return {
    id: demoId('grant', `${member.key} ${member.role}`), person_id: personId, role_key: member.role, facility_id: facilityId,
    valid_from: since, valid_until: null, granted_by: null, revoked_by: null,
  }
}

/** Where some of the cast worked before the reform of 2025, so that the old map has its people too. */
async function insertEarlierPosts(work: Work, idOf: ReadonlyMap<string, string>): Promise<void> {
  for (const member of castStaff) {
    const facilityId = member.earlierPost ? idOf.get(member.earlierPost.facilityKey) : undefined
    if (!member.earlierPost || !facilityId) continue
    const until = new Date(`${member.earlierPost.until}T00:00:00+07:00`)
    const personId = demoPersonId(member.key)
    await work.tx.insertInto('identity.staff_post')
      .values({ ...postRow(member, personId, facilityId), id: demoId('post', `${member.key} ${member.earlierPost.facilityKey}`), valid_until: until }).execute()
    await work.tx.updateTable('identity.staff_post').set({ valid_from: until }).where('person_id', '=', personId).where('valid_until', 'is', null).execute()
  }
}

async function insertCitizen({ tx }: Work, citizen: CastCitizen): Promise<void> {
  const id = demoPersonId(citizen.key)
  await tx.insertInto('identity.person').values(personRow(citizen)).execute()
  await tx.insertInto('identity.account_user')
    .values({ id, kind: 'citizen', email: `${id}@account.invalid`, phone: citizen.phone, phone_verified: true, username: null, disabled_at: null, last_sign_in_at: null }).execute()
  for (const member of citizen.family) {
    const dependantId = demoPersonId(member.key)
    await tx.insertInto('identity.person').values({ ...personRow(member), created_by: id }).execute()
    await tx.insertInto('identity.family_member').values({
      guardian_id: id, dependant_id: dependantId, relation: member.relation === 'mother' ? 'parent' : 'child', consent_version: 'demo',
      created_by: id, valid_until: null, consent_by: member.relation === 'mother' ? 'self' : 'representative',
    }).execute()
  }
}
