import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { decodeInstantCursor, encodeCursor } from './cursor.ts'
import { callOwner } from './owner-functions.ts'

/** A text as it was seen: `round` grows with each decision about it. */
export interface SeenText {
  id: string
  round: number
}

interface TextRow {
  id: string
  phone_end: string
  purpose: string
  state: 'queued' | 'failed'
  tries: number
  error_code: string | null
  round: number
  created_at: Date
  tried_at: Date | null
  valid_until: Date
  sendable: boolean
  mark: string
}

/** Texts that failed or wait after a failure, newest first; refused to who does not look after the installation. */
export async function troubledTexts(work: Work, { after, limit }: { after?: string | undefined; limit: number }) {
  const cursor = after ? decodeInstantCursor(after) : undefined
  const rows = await callOwner(
    work,
    sql<TextRow>`select * from identity.troubled_texts(
      ${cursor?.at ?? null}::timestamptz, ${cursor?.id ?? null}::uuid, ${limit + 1})`,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last ? encodeCursor({ name: last.mark, id: last.id }) : null }
}

/** Ids of the texts that are queued anew: those named, or the oldest `most` of all. */
export async function requeueTexts(work: Work, items: readonly SeenText[] | null, most: number): Promise<string[]> {
  const seen = items && JSON.stringify(items)
  const rows = await callOwner(work, sql<{ id: string }>`select identity.retry_texts(${seen}::jsonb, ${most}) as id`)
  return rows.map(({ id }) => id)
}

/** Ids of the texts put aside: those named, or all that cannot be sent any more. */
export async function putTextsAside(work: Work, items: readonly SeenText[] | null, word: string): Promise<string[]> {
  const seen = items && JSON.stringify(items)
  const rows = await callOwner(work, sql<{ id: string }>`select identity.give_up_texts(${seen}::jsonb, ${word}) as id`)
  return rows.map(({ id }) => id)
}

/**
 * How many texts did not go: decided by nobody yet, and still tried. Numbers alone, for whoever watches the
 * installation.
 */
export async function countTroubledTexts(tx: Tx): Promise<{ failed: number; waiting: number }> {
  const { rows } = await sql<{
    failed: number
    waiting: number
  }>`select * from identity.count_troubled_texts()`.execute(tx)
  return rows[0] ?? { failed: 0, waiting: 0 }
}
