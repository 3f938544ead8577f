import type { NewsStatus, Priority } from '@moinha/contracts/news'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { newsErrors } from '../errors.ts'
import { mayManage } from '../policy.ts'
import './tables.ts'

export interface MessageRow {
  id: string
  status: NewsStatus
  version: number
  edits: number
  is_demo: boolean
  shown_from: Date | null
  shown_until: Date | null
  changed_at: Date
  withdrawn_reason: string | null
  created_by: string | null
  sender_id: string
  sender: string
  sender_path: string | null
  area_id: string
  area: string
}

export interface VersionRow {
  no: number
  title_vi: string
  body_vi: string
  title_en: string
  body_en: string
  priority: Priority
  from_day: string | null
  until_day: string | null
  reason: string | null
  author_id: string | null
  author: string | null
  at: Date
}

/** A message with the names of its units and the sender's place in today's tree. */
export async function findMessage(tx: Tx, id: string): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select m.id, m.status, m.version, m.edits, m.is_demo, m.shown_from, m.shown_until, m.changed_at, m.withdrawn_reason,
      m.created_by, m.sender_id, s.name as sender,
      p.path::text as sender_path, m.area_id, a.name as area
    from news.message m join facilities.unit s on s.id = m.sender_id join facilities.unit a on a.id = m.area_id
    left join facilities.current_path p on p.facility_id = m.sender_id where m.id = ${id}`.execute(tx)
  return rows[0]
}

/** The message, if the actor looks after it; otherwise it does not exist for them. */
export async function managedMessage({ tx, actor }: Work, id: string): Promise<MessageRow> {
  const row = await findMessage(tx, id)
  if (!row || !mayManage(actor, row)) throw newsErrors.NEWS_UNKNOWN()
  return row
}

/** Versions of a message, newest first. */
export async function versionsOf(tx: Tx, messageId: string): Promise<VersionRow[]> {
  const { rows } =
    await sql<VersionRow>`select v.no, v.title_vi, v.body_vi, v.title_en, v.body_en, v.priority, v.from_day::text,
      v.until_day::text, v.reason, v.author_id,
      p.full_name as author, v.at
    from news.message_version v left join identity.person_card p on p.id = v.author_id where v.message_id = ${messageId}
      order by v.no desc`.execute(tx)
  return rows
}
