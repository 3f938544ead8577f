import type { NewsText } from '@moinha/contracts/news'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { removeJob } from '../../../platform/jobs/add-job.ts'
import { facilityCard } from '../../facilities/index.ts'
import { shownSpan, type ShownSpan } from '../domain/shown-span.ts'
import { newsErrors } from '../errors.ts'
import { newsPublished, newsWithdrawn } from '../events.ts'
import { mayPublishTo } from '../policy.ts'
import { managedMessage, versionsOf, type MessageRow } from '../store/messages.ts'
import { showNews, notifyScreens } from './notify-screens.ts'
import { sameWords, wordsOf } from './write-draft.ts'

type Correction = NewsText & { version: number; reason: string }
type VersionRow = Awaited<ReturnType<typeof versionsOf>>[number]

interface Words {
  titleVi: string
  bodyVi: string
  titleEn: string
  bodyEn: string
  fromDay: string | null
  untilDay: string | null
}

/** What must hold before people see it. */
function spanOfComplete(words: Words, notBefore: Date, now: Date): ShownSpan {
  const missing = (['titleVi', 'bodyVi'] as const).filter((path) => words[path] === '')
  if (missing.length > 0)
    throw newsErrors.NEWS_NEEDS_VIETNAMESE(
      undefined,
      missing.map((path) => ({ path, code: 'too_small' })),
    )
  if ((words.titleEn === '') !== (words.bodyEn === ''))
    throw newsErrors.NEWS_ENGLISH_HALF(undefined, [
      { path: words.titleEn === '' ? 'titleEn' : 'bodyEn', code: 'too_small' },
    ])
  if (words.fromDay && words.untilDay && words.untilDay < words.fromDay)
    throw newsErrors.NEWS_DAYS_REVERSED(undefined, [{ path: 'untilDay', code: 'NEWS_DAYS_REVERSED' }])
  const span = shownSpan(words, notBefore)
  if (span.until && (span.until <= now || span.until <= span.from))
    throw newsErrors.NEWS_ALREADY_OVER(undefined, [{ path: 'untilDay', code: 'NEWS_ALREADY_OVER' }])
  return span
}

/** Shows a draft to the people of its area, now or from its first day. Saying it twice publishes once. */
export async function publishMessage(work: Work, id: string, edits: number): Promise<void> {
  const row = await managedMessage(work, id)
  if (row.status === 'published' && row.version === 1 && row.edits === edits) return
  const [version] = await versionsOf(work.tx, id)
  if (row.status !== 'draft' || !version) throw newsErrors.NEWS_NOT_A_DRAFT()
  const area = await facilityCard(work.tx, row.area_id)
  if (!area || !mayPublishTo(work.actor, area.path)) throw newsErrors.NEWS_AREA_FOREIGN()
  const span = spanOfComplete(draftedWords(version), work.now, work.now)
  await setPublished(work, { id, edits }, span)
  work.audit({
    action: 'news.publish',
    subject: 'news',
    subjectId: id,
    facilityId: row.sender_id,
    detail: { areaId: row.area_id },
  })
  await work.emit(newsPublished, {
    newsId: id,
    facilityId: row.sender_id,
    areaId: row.area_id,
    publisherId: work.actor.personId ?? '',
    at: work.now,
  })
  await announce(work, { ...row, shown_from: span.from })
}

const draftedWords = (version: VersionRow): Words => ({
  titleVi: version.title_vi,
  bodyVi: version.body_vi,
  titleEn: version.title_en,
  bodyEn: version.body_en,
  fromDay: version.from_day,
  untilDay: version.until_day,
})

/** Only the draft that was read: `edits` counts its changes. */
async function setPublished(work: Work, draft: { id: string; edits: number }, span: ShownSpan): Promise<void> {
  const done = await work.tx
    .updateTable('news.message')
    .set({
      status: 'published',
      shown_from: span.from,
      shown_until: span.until,
      published_by: work.actor.personId,
      published_at: work.now,
      changed_at: work.now,
    })
    .where('id', '=', draft.id)
    .where('status', '=', 'draft')
    .where('edits', '=', draft.edits)
    .executeTakeFirst()
  if (!done.numUpdatedRows) throw platformErrors.CHANGED_MEANWHILE()
}

/** Open screens hear of it when it begins to show. */
async function announce(work: Work, row: MessageRow): Promise<void> {
  if (row.shown_from && row.shown_from > work.now)
    return work.enqueue(showNews, { newsId: row.id }, { runAt: row.shown_from, key: `news.show:${row.id}` })
  await notifyScreens(work, 'news.published', row)
}

/** Takes a published message back. The reason stays on file; a second time keeps the first reason. */
export async function withdrawMessage(work: Work, id: string, reason: string): Promise<void> {
  const row = await managedMessage(work, id)
  if (row.status === 'withdrawn') return
  const done = await work.tx
    .updateTable('news.message')
    .set({
      status: 'withdrawn',
      withdrawn_by: work.actor.personId,
      withdrawn_at: work.now,
      withdrawn_reason: reason,
      changed_at: work.now,
    })
    .where('id', '=', id)
    .where('status', '=', 'published')
    .executeTakeFirst()
  if (!done.numUpdatedRows) throw newsErrors.NEWS_NOT_PUBLISHED()
  await removeJob(work.tx, `news.show:${id}`)
  work.audit({ action: 'news.withdraw', subject: 'news', subjectId: id, facilityId: row.sender_id })
  await work.emit(newsWithdrawn, { newsId: id })
  await notifyScreens(work, 'news.withdrawn', row)
}

/** A new version over a published one; whoever read the old one sees it as unread. Sent twice, it is one version. */
export async function correctMessage(work: Work, id: string, input: Correction): Promise<number> {
  const row = await managedMessage(work, id)
  if (row.status !== 'published' || !row.shown_from) throw newsErrors.NEWS_NOT_PUBLISHED()
  const [newest] = await versionsOf(work.tx, id)
  const next = input.version + 1
  if (row.version === next && newest?.reason === input.reason && sameWords(newest, input)) return next
  const begun = row.shown_from <= work.now
  const { from, until } = spanOfComplete(input, begun ? row.shown_from : work.now, work.now)
  const span = { from: begun ? row.shown_from : from, until }
  await insertVersion(work, { id, input, next }, span)
  work.audit({
    action: 'news.correct',
    subject: 'news',
    subjectId: id,
    facilityId: row.sender_id,
    detail: { version: next },
  })
  await announce(work, { ...row, shown_from: span.from })
  return next
}

interface NextVersion {
  id: string
  input: Correction
  next: number
}

/** Only over the version that was read. */
async function insertVersion(work: Work, { id, input, next }: NextVersion, span: ShownSpan): Promise<void> {
  const done = await work.tx
    .updateTable('news.message')
    .set({ version: next, shown_from: span.from, shown_until: span.until, changed_at: work.now })
    .where('id', '=', id)
    .where('status', '=', 'published')
    .where('version', '=', input.version)
    .executeTakeFirst()
  if (!done.numUpdatedRows) throw platformErrors.CHANGED_MEANWHILE()
  await work.tx
    .insertInto('news.message_version')
    .values({
      message_id: id,
      no: next,
      ...wordsOf(input),
      reason: input.reason,
      author_id: work.actor.personId,
      at: work.now,
    })
    .execute()
}
