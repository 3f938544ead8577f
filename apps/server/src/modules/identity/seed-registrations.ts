import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { castStaff, type CastStaff } from './domain/demo-cast.ts'
import { demoId, demoPersonId } from './domain/demo-ids.ts'

/** The demo's registrations begin with the data set. */
const since = '2023-01-01'
const everyDay = [1, 2, 3, 4, 5, 6, 7]

/** Who of the cast treats is registered at their unit, around the clock: a demo is shown at any hour. */
export async function seedRegistrations(platform: Platform): Promise<void> {
  await seedOnce(platform, 'identity.cast-registrations', async (work) => {
    const facilities = await work.tx.selectFrom('facilities.unit').select(['id', 'key']).execute()
    const idOf = new Map(facilities.map(({ key, id }) => [key, id]))
    for (const member of castStaff) {
      const facilityId = idOf.get(member.facilityKey)
      if (member.licence && facilityId) await register(work, member, facilityId)
    }
  })
}

async function register({ tx }: Work, member: CastStaff, facilityId: string): Promise<void> {
  const [id, personId] = [demoId('registration', member.key), demoPersonId(member.key)]
  await tx
    .insertInto('identity.practitioner_registration')
    .values({
      id,
      person_id: personId,
      facility_id: facilityId,
      licence_no: member.licence?.number ?? '',
      scope: member.title,
      valid_from: since,
      valid_until: null,
      source: 'demo',
      recorded_by: null,
      ended_by: null,
      ended_at: null,
    })
    .execute()
  await tx
    .insertInto('identity.registered_hours')
    .values(
      everyDay.map((weekday) => ({
        registration_id: id,
        person_id: personId,
        weekday,
        minutes: '[0,1440)',
        valid_from: since,
        valid_until: null,
      })),
    )
    .execute()
}
