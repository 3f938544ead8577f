import type * as contract from '@moinha/contracts/news'
import type { NewsStatus, Priority } from '@moinha/contracts/news'
import type { HandlerReply } from '@moinha/contracts/route'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { newsErrors } from '../errors.ts'
import { manageable } from '../policy.ts'
import { peopleIn } from '../store/areas.ts'
import { writeCursor } from '../store/feed.ts'
import { managedMessage, versionsOf, type MessageRow } from '../store/messages.ts'
import { countReaders, proofByUnit } from '../store/proof.ts'

interface ListRequest {
  status?: NewsStatus | undefined
  after?: string | undefined
  limit: number
}
type ListedRow = MessageRow & { title_vi: string; priority: Priority }

/** Messages of the units the actor publishes for, latest change first. */
export async function listManaged(
  work: Work,
  { status, after, limit }: ListRequest,
): Promise<HandlerReply<typeof contract.list>> {
  const cursor = readInstantCursor(after, '~')
  // of each unit no more than a page, by the index of its sender: the messages of a province are never all sorted
  const latest = sql`select m.* from news.message m where m.sender_id = p.facility_id
      ${status ? sql`and m.status = ${status}` : sql``}
      ${cursor ? sql`and (m.changed_at, m.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql``}
      order by m.changed_at desc, m.id desc limit ${limit + 1}`
  const { rows } = await sql<ListedRow>`
    select m.id, m.status, m.version, m.edits, m.is_demo, m.shown_from, m.shown_until, m.changed_at, m.sender_id,
      s.name as sender, m.area_id, a.name as area, v.title_vi, v.priority
    from facilities.current_path p cross join lateral (${latest}) m
    join news.message_version v on v.message_id = m.id and v.no = m.version
    join facilities.unit s on s.id = m.sender_id join facilities.unit a on a.id = m.area_id
    where ${manageable(work.actor, sql.ref('p.path'))}
    order by m.changed_at desc, m.id desc limit ${limit + 1}`.execute(work.tx)
  const page = rows.slice(0, limit)
  const counts = await countsOf(work, page)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({ ...lineOf(row, counts), titleVi: row.title_vi, priority: row.priority })),
    next: rows.length > limit && last ? writeCursor({ at: last.changed_at, id: last.id }) : null,
  }
}

type Counts = Map<string, { recipients: number; readers: number }>

async function countsOf(work: Work, rows: readonly Pick<MessageRow, 'id' | 'status' | 'area_id'>[]): Promise<Counts> {
  const shown = rows.filter((row) => row.status !== 'draft')
  if (shown.length === 0) return new Map()
  const people = await peopleIn(
    work,
    shown.map((row) => row.area_id),
  )
  const readers = await countReaders(
    work,
    shown.map((row) => row.id),
  )
  return new Map(
    shown.map((row) => [row.id, { recipients: people.get(row.area_id) ?? 0, readers: readers.get(row.id) ?? 0 }]),
  )
}

function lineOf(row: MessageRow, counts: Counts) {
  return {
    id: row.id,
    status: row.status,
    sender: { id: row.sender_id, name: row.sender },
    area: { id: row.area_id, name: row.area },
    version: row.version,
    isDemo: row.is_demo,
    changedAt: row.changed_at.toISOString(),
    shownFrom: row.shown_from?.toISOString() ?? null,
    shownUntil: row.shown_until?.toISOString() ?? null,
    counts: counts.get(row.id) ?? null,
  }
}

/** One message with everything that was ever shown under its name. */
export async function readManaged(work: Work, id: string): Promise<HandlerReply<typeof contract.managed>> {
  const row = await managedMessage(work, id)
  const versions = await versionsOf(work.tx, id)
  const [newest] = versions
  if (!newest) throw newsErrors.NEWS_UNKNOWN()
  return {
    ...lineOf(row, await countsOf(work, [row])),
    titleVi: newest.title_vi,
    priority: newest.priority,
    edits: row.edits,
    withdrawnReason: row.withdrawn_reason,
    versions: versions.map((one) => ({
      no: one.no,
      titleVi: one.title_vi,
      bodyVi: one.body_vi,
      titleEn: one.title_en,
      bodyEn: one.body_en,
      priority: one.priority,
      fromDay: one.from_day,
      untilDay: one.until_day,
      reason: one.reason,
      authorName: one.author ?? '',
      at: one.at.toISOString(),
    })),
  }
}

/** Proof of reading: counts by unit, never names. */
export async function readProof(work: Work, id: string): Promise<HandlerReply<typeof contract.proof>> {
  const row = await managedMessage(work, id)
  if (row.status === 'draft') throw newsErrors.NEWS_NOT_PUBLISHED()
  const units = await proofByUnit(work, row)
  work.audit({ action: 'news.proof', subject: 'news', subjectId: id, facilityId: row.sender_id })
  return {
    items: units.map(({ id: unitId, name, recipients, readers }) => ({
      unit: { id: unitId, name },
      recipients,
      readers,
    })),
  }
}
