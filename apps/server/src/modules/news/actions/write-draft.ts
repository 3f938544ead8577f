import type { NewsText } from '@moinha/contracts/news'
import { isWithin } from '../../../platform/access/actor.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityCard } from '../../facilities/index.ts'
import { newsErrors } from '../errors.ts'
import { mayManage, mayPublishTo, senderFor } from '../policy.ts'
import { findMessage, managedMessage, versionsOf, type MessageRow, type VersionRow } from '../store/messages.ts'

export interface DraftInput extends NewsText {
  id: string
  areaId: string
  /** How often the writer saw the draft changed; 0 for a new one. */
  edits: number
}

/** Columns of a version from what was written. */
export function wordsOf(text: NewsText) {
  return {
    title_vi: text.titleVi,
    body_vi: text.bodyVi,
    title_en: text.titleEn,
    body_en: text.bodyEn,
    priority: text.priority,
    from_day: text.fromDay,
    until_day: text.untilDay,
  }
}

/** What is written in a version, as it was sent. */
function writtenIn(version: VersionRow): NewsText {
  const { title_vi: titleVi, body_vi: bodyVi, title_en: titleEn, body_en: bodyEn, priority } = version
  return { titleVi, bodyVi, titleEn, bodyEn, priority, fromDay: version.from_day, untilDay: version.until_day }
}

/** Were exactly these words written? Then the same request came twice. */
export function sameWords(version: VersionRow | undefined, text: NewsText): boolean {
  return (
    version !== undefined &&
    Object.entries(wordsOf(text)).every(([key, value]) => version[key as keyof VersionRow] === value)
  )
}

/** Writes or changes a draft; sent twice it changes once. Answers how often it was changed. */
export async function saveDraft(work: Work, input: DraftInput): Promise<number> {
  if (input.fromDay && input.untilDay && input.untilDay < input.fromDay)
    throw newsErrors.NEWS_DAYS_REVERSED(undefined, [{ path: 'untilDay', code: 'NEWS_DAYS_REVERSED' }])
  const area = await facilityCard(work.tx, input.areaId)
  const existing = await findMessage(work.tx, input.id)
  if (existing && !mayManage(work.actor, existing)) throw newsErrors.NEWS_UNKNOWN()
  const sender =
    area && mayPublishTo(work.actor, area.path)
      ? (keptSender(existing, area.path) ?? senderFor(work.actor, area.path))
      : undefined
  if (!sender) throw newsErrors.NEWS_AREA_FOREIGN()
  const edits = existing ? await changeDraft(work, input, sender) : await createDraft(work, input, sender)
  work.audit({ action: 'news.saveDraft', subject: 'news', subjectId: input.id, facilityId: sender, detail: { edits } })
  return edits
}

/** Whoever helps with a draft does not make it their own. */
function keptSender(existing: MessageRow | undefined, areaPath: string): string | undefined {
  return existing?.sender_path && isWithin(areaPath, existing.sender_path) ? existing.sender_id : undefined
}

async function createDraft({ tx, actor, now }: Work, input: DraftInput, sender: string): Promise<number> {
  const made = await tx
    .insertInto('news.message')
    .values({
      id: input.id,
      sender_id: sender,
      area_id: input.areaId,
      created_by: actor.personId,
      created_at: now,
      changed_at: now,
      shown_from: null,
      shown_until: null,
      published_by: null,
      published_at: null,
      withdrawn_by: null,
      withdrawn_at: null,
      withdrawn_reason: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!made.numInsertedOrUpdatedRows) throw platformErrors.CHANGED_MEANWHILE()
  await tx
    .insertInto('news.message_version')
    .values({ message_id: input.id, no: 1, ...wordsOf(input), reason: null, author_id: actor.personId, at: now })
    .execute()
  return 1
}

async function changeDraft({ tx, actor, now }: Work, input: DraftInput, sender: string): Promise<number> {
  const changed = await tx
    .updateTable('news.message')
    .set({ sender_id: sender, area_id: input.areaId, edits: input.edits + 1, changed_at: now })
    .where('id', '=', input.id)
    .where('status', '=', 'draft')
    .where('edits', '=', input.edits)
    .executeTakeFirst()
  if (!changed.numUpdatedRows) return sentAgain(tx, input)
  await tx
    .updateTable('news.message_version')
    .set({ ...wordsOf(input), author_id: actor.personId, at: now })
    .where('message_id', '=', input.id)
    .where('no', '=', 1)
    .execute()
  return input.edits + 1
}

/** The answer of the first time, if nothing else happened since; otherwise somebody else was quicker. */
async function sentAgain(tx: Work['tx'], input: DraftInput): Promise<number> {
  const row = await findMessage(tx, input.id)
  if (row?.status !== 'draft') throw newsErrors.NEWS_NOT_A_DRAFT()
  const [version] = await versionsOf(tx, input.id)
  if (row.edits === input.edits + 1 && row.area_id === input.areaId && sameWords(version, input)) return row.edits
  throw platformErrors.CHANGED_MEANWHILE({ current: { edits: row.edits, ...(version && writtenIn(version)) } })
}

/** Throws a draft away; one that is gone already is gone. */
export async function dropDraft(work: Work, id: string): Promise<void> {
  if (!(await findMessage(work.tx, id))) return
  await managedMessage(work, id)
  const gone = await work.tx
    .deleteFrom('news.message')
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .executeTakeFirst()
  if (!gone.numDeletedRows) throw newsErrors.NEWS_NOT_A_DRAFT()
  work.audit({ action: 'news.dropDraft', subject: 'news', subjectId: id })
}
