import type { Priority } from '@moinha/contracts/news'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { excerptOf } from '../domain/excerpt.ts'
import { shownNow } from '../policy.ts'
import './tables.ts'

interface FeedRow {
  id: string
  title_vi: string
  body_vi: string
  title_en: string
  body_en: string
  priority: Priority
  sender_id: string
  sender: string
  area_id: string
  area: string
  shown_from: Date
  version: number
  at: Date
  is_demo: boolean
  read_version: number | null
}

export interface FeedPage {
  areaIds: readonly string[]
  /** Whose read marks to show; null for visitors. */
  readerId: string | null
  after?: string | undefined
  limit: number
}

/** Where the next page begins, as `readInstantCursor` reads it. */
export const writeCursor = (row: { at: Date; id: string }): string => `${row.at.toISOString()}~${row.id}`

/** Messages to these areas, newest first. */
export async function readFeed({ tx, now }: Work, { areaIds, readerId, after, limit }: FeedPage) {
  const cursor = readInstantCursor(after, '~')
  const beyond = cursor ? sql`and (m.shown_from, m.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql``
  const { rows } = await sql<FeedRow>`
    select m.id, v.title_vi, left(v.body_vi, 500) as body_vi, v.title_en, left(v.body_en, 500) as body_en, v.priority,
      m.sender_id, s.name as sender, m.area_id,
      a.name as area, m.shown_from, m.version, v.at, m.is_demo, r.version as read_version
    from news.message m join news.message_version v on v.message_id = m.id and v.no = m.version
    join facilities.unit s on s.id = m.sender_id join facilities.unit a on a.id = m.area_id
    left join news.read_mark r on r.message_id = m.id and r.person_id = ${readerId}::uuid
    where m.area_id = any (${areaIds}::uuid[]) and ${shownNow(now)} ${beyond} order by m.shown_from desc, m.id desc
      limit ${limit + 1}`.execute(tx)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => toLine(row, readerId)),
    next: rows.length > limit && last ? writeCursor({ at: last.shown_from, id: last.id }) : null,
  }
}

function toLine(row: FeedRow, readerId: string | null) {
  return {
    id: row.id,
    titleVi: row.title_vi,
    titleEn: row.title_en,
    excerptVi: excerptOf(row.body_vi),
    excerptEn: excerptOf(row.body_en),
    priority: row.priority,
    sender: { id: row.sender_id, name: row.sender },
    area: { id: row.area_id, name: row.area },
    shownFrom: row.shown_from.toISOString(),
    version: row.version,
    correctedAt: row.version > 1 ? row.at.toISOString() : null,
    isDemo: row.is_demo,
    read: readerId === null ? null : (row.read_version ?? 0) >= row.version,
  }
}

const unreadMax = 99

/** How many of the areas' messages have no read mark of their present version. */
export async function countUnread({ tx, now }: Work, areaIds: readonly string[], readerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from news.message m left join news.read_mark r on r.message_id = m.id and r.person_id = ${readerId}
    where m.area_id = any (${areaIds}::uuid[]) and ${shownNow(now)} and coalesce(r.version, 0) < m.version
      limit ${unreadMax}) waiting`.execute(tx)
  return rows[0]?.count ?? 0
}
