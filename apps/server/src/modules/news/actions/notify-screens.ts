import type { Work } from '../../../platform/db/work.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import { findMessage } from '../store/messages.ts'

/** A message whose first day has come. */
export const showNews = defineJob<{ newsId: string }>('news.show', {
  vi: 'Báo có tin sức khỏe mới',
  en: 'Announce health news',
})

/** Topic of the citizens of an area. Not `facility:…`: that one is for the unit's staff, and says more than news. */
export const areaTopic = (areaId: string): string => `news-area:${areaId}`

/** Tells the open screens of the area's people and staff: ids only, each reads what it may. */
export async function notifyScreens(
  work: Work,
  name: 'news.published' | 'news.withdrawn',
  { id, area_id }: { id: string; area_id: string },
): Promise<void> {
  await work.live(`facility:${area_id}`, name, { newsId: id })
  await work.live(areaTopic(area_id), name, { newsId: id })
}

/** Runs on the first day; a message withdrawn or moved meanwhile stays silent. */
export async function tellOnFirstDay(work: Work, newsId: string): Promise<void> {
  const row = await findMessage(work.tx, newsId)
  if (row?.status === 'published' && row.shown_from && row.shown_from <= work.now)
    await notifyScreens(work, 'news.published', row)
}
