import type { Insertable } from 'kysely'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { castCitizens, castStaff, type CastCitizen } from './domain/demo-cast.ts'
import { demoId, demoPersonId } from './domain/demo-ids.ts'
import {
  demoBlocks,
  demoQualifications,
  demoSeed,
  demoStaff,
  type DemoPerson,
  type DemoStaff,
} from './domain/demo-people.ts'
import { identityParts } from './identity-parts.ts'
import { seedRegistrations } from './seed-registrations.ts'
import { demoPeopleMark, openDemoLoad } from './store/demo-accounts.ts'
import { addDemoCitizen, addStaffAccount, writeGrant, writePractitionerRole } from './store/owner-functions.ts'
import type { PersonTable } from './store/tables.ts'

/** One password for every staff account of the demo; production has no demo accounts. */
export const demoPassword = 'moinha-demo-2026'

const batch = 500
/** The demo's practitioner roles begin with the data set. */
const since = new Date('2023-01-01T00:00:00+07:00')

/** The cast, the staff of every unit, and the families of the cast. Demo only. */
export async function seed(platform: Platform): Promise<void> {
  if (!platform.config.DEMO || platform.config.production) return
  const parts = identityParts(platform.db)
  const { password } = await parts.auth.$context
  // one hash for all: hundreds of slow ones would hold up the first start
  const hash = await password.hash(demoPassword)
  await seedOnce(platform, demoPeopleMark, async (work) => {
    await openDemoLoad(parts.db, work)
    const facilities = await work.tx.selectFrom('facilities.unit').select(['id', 'key', 'type']).execute()
    const idOf = new Map(facilities.map((facility) => [facility.key, facility.id]))
    const blocks = demoBlocks(facilities.map((facility) => facility.key))
    const generated = facilities.flatMap(({ key, type }) => demoStaff(demoSeed, key, type, blocks.get(key)))
    await insertStaff(work, [...castStaff, ...generated], idOf, hash)
    await insertEarlierPractitionerRoles(work, idOf)
    for (const citizen of Object.values(castCitizens)) await insertCitizen(work, citizen)
  })
  await seedRegistrations(platform)
}

function personRow(person: DemoPerson): Insertable<PersonTable> {
  return {
    id: demoPersonId(person.key),
    full_name: person.fullName,
    sex: person.sex,
    birth_date: person.birthDate,
    phone: person.phone,
    ethnicity_system: person.ethnicityCodeSystem,
    ethnicity_code: person.ethnicityCode,
    created_by: null,
  }
}

async function insertStaff(
  work: Work,
  staff: readonly DemoStaff[],
  idOf: ReadonlyMap<string, string>,
  hash: string,
): Promise<void> {
  const placed = staff.flatMap((member) => {
    const facilityId = idOf.get(member.facilityKey)
    return facilityId ? [{ member, personId: demoPersonId(member.key), facilityId }] : []
  })
  for (let start = 0; start < placed.length; start += batch) {
    const some = placed.slice(start, start + batch)
    await work.tx
      .insertInto('identity.person')
      .values(some.map(({ member }) => personRow(member)))
      .execute()
    for (const { member, personId, facilityId } of some)
      await insertAccount(work, { member, personId, facilityId }, hash)
  }
}

interface Placed {
  member: DemoStaff
  personId: string
  facilityId: string
}

/** Account, practitioner role and grant, through the same functions of the owner an administrator uses. */
async function insertAccount(work: Work, { member, personId, facilityId }: Placed, hash: string): Promise<void> {
  await addStaffAccount(work, { personId, username: member.username, passwordHash: hash, mustChange: false })
  const practitionerRoleId = demoId('post', `${member.key} ${member.facilityKey}`)
  await writePractitionerRole(
    work,
    { practitionerRoleId, personId, facilityId },
    practitionerRoleFields(member, { validFrom: sinceOf(member), validUntil: null }),
  )
  const grantId = demoId('grant', `${member.key} ${member.role}`)
  await writeGrant(work, { id: grantId, personId, role: member.role, facilityId }, since)
}

function practitionerRoleFields(member: DemoStaff, span: { validFrom: Date; validUntil: Date | null }) {
  return {
    qualification: demoQualifications[member.title],
    title: member.title,
    degree: member.degree,
    specialties: member.specialties,
    licenceNo: member.licence?.number ?? '',
    licenceIssuer: member.licence?.issuer ?? '',
    licenceDate: null,
    licenceScope: '',
    weeklyHours: null,
    isPublic: demoQualifications[member.title] !== 'other',
    ...span,
  }
}

/** The day the present practitioner role began: some of the cast worked elsewhere before. */
function sinceOf(member: DemoStaff): Date {
  const earlier = castStaff.find((cast) => cast.key === member.key)?.earlierPractitionerRole
  return earlier ? startOf(earlier.until) : since
}

const startOf = (day: string) => new Date(`${day}T00:00:00+07:00`)

/** Where some of the cast worked before the reform of 2025, so that the old map has its people too. */
async function insertEarlierPractitionerRoles(work: Work, idOf: ReadonlyMap<string, string>): Promise<void> {
  for (const member of castStaff) {
    const facilityId = member.earlierPractitionerRole ? idOf.get(member.earlierPractitionerRole.facilityKey) : undefined
    if (!member.earlierPractitionerRole || !facilityId) continue
    const practitionerRoleId = demoId('post', `${member.key} ${member.earlierPractitionerRole.facilityKey}`)
    const span = { validFrom: since, validUntil: startOf(member.earlierPractitionerRole.until) }
    await writePractitionerRole(
      work,
      { practitionerRoleId, personId: demoPersonId(member.key), facilityId },
      practitionerRoleFields(member, span),
    )
  }
}

async function insertCitizen(work: Work, citizen: CastCitizen): Promise<void> {
  const { tx } = work
  const id = demoPersonId(citizen.key)
  await tx.insertInto('identity.person').values(personRow(citizen)).execute()
  await addDemoCitizen(work, id, citizen.phone ?? '')
  for (const member of citizen.family) {
    const dependantId = demoPersonId(member.key)
    await tx
      .insertInto('identity.person')
      .values({ ...personRow(member), created_by: id })
      .execute()
    await tx
      .insertInto('identity.family_member')
      .values({
        guardian_id: id,
        dependant_id: dependantId,
        relation: member.relation === 'mother' ? 'parent' : 'child',
        consent_version: 'demo',
        created_by: id,
        valid_until: null,
        consent_by: member.relation === 'mother' ? 'self' : 'representative',
      })
      .execute()
  }
}
