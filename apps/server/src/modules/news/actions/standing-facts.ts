import { systemActor } from '../../../platform/access/actor.ts'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'

/** What a message counts as by its facts of now, whoever acts: once, while it is published and not withdrawn. */
export async function newsActivities(work: Work, id: string): Promise<ExpectedActivity[]> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('news.message')
      .where('id', '=', id)
      .where('status', '=', 'published')
      .select(['sender_id', 'area_id', 'published_by', 'published_at'])
      .executeTakeFirst(),
  )
  if (!row?.published_at || !row.published_by) return []
  return [
    {
      kind: 'news_published',
      at: row.published_at,
      facilityId: row.sender_id,
      practitionerId: row.published_by,
      counterpartFacilityId: row.area_id,
    },
  ]
}

/** What help with the app counts as by its facts of now, unless it was taken back. */
export async function helpActivities(work: Work, id: string): Promise<ExpectedActivity[]> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('news.help_given')
      .where('id', '=', id)
      .where('taken_back_at', 'is', null)
      .select(['facility_id', 'helper_id', 'patient_id', 'at'])
      .executeTakeFirst(),
  )
  if (!row) return []
  const { at, facility_id: facilityId, helper_id: practitionerId, patient_id: patientId } = row
  return [{ kind: 'install_help', at, facilityId, practitionerId, patientId }]
}
