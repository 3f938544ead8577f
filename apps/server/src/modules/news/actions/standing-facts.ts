import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { HelpGiven, NewsPublished } from '../events.ts'

/** The message as it stands now, if it is published and not withdrawn; for modules that count it. */
export async function standingNews(work: Work, id: string): Promise<NewsPublished | undefined> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('news.message')
      .where('id', '=', id)
      .where('status', '=', 'published')
      .select(['sender_id', 'area_id', 'published_by', 'published_at'])
      .executeTakeFirst(),
  )
  if (!row?.published_at || !row.published_by) return undefined
  return {
    newsId: id,
    facilityId: row.sender_id,
    areaId: row.area_id,
    publisherId: row.published_by,
    at: row.published_at,
  }
}

/** The help as it stands now, unless it was taken back; for modules that count it. */
export async function standingHelp(work: Work, id: string): Promise<HelpGiven | undefined> {
  const row = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('news.help_given')
      .where('id', '=', id)
      .where('taken_back_at', 'is', null)
      .select(['facility_id', 'helper_id', 'patient_id', 'at'])
      .executeTakeFirst(),
  )
  if (!row) return undefined
  return { helpId: id, facilityId: row.facility_id, helperId: row.helper_id, patientId: row.patient_id, at: row.at }
}
