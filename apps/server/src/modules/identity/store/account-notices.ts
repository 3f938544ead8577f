import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { decodeInstantCursor, encodeCursor } from './cursor.ts'

/** Notices of one person, with the names of whom they tell of and who did it. */
const noticesOf = (tx: Tx, recipientId: string) =>
  tx
    .selectFrom('identity.account_notice as n')
    .leftJoin('identity.person as p', 'p.id', 'n.person_id')
    .leftJoin('identity.person as b', 'b.id', 'n.by_id')
    .where('n.recipient_id', '=', recipientId)
    .select([
      'n.id',
      'n.at',
      'n.kind',
      'n.person_id',
      'n.seen_at',
      'p.full_name',
      'b.full_name as by_name',
      sql<string>`n.at::text`.as('mark'),
    ])

/** One page of a person's notices. The cursor's `name` is the instant in microseconds, as the database holds it. */
export async function noticePage(
  tx: Tx,
  recipientId: string,
  { after, limit }: { after?: string | undefined; limit: number },
) {
  const cursor = after ? decodeInstantCursor(after) : undefined
  const rows = await noticesOf(tx, recipientId)
    .$if(cursor !== undefined, (query) =>
      query.where(sql<boolean>`(n.at, n.id) < (${cursor?.at ?? null}::timestamptz, ${cursor?.id ?? null}::uuid)`),
    )
    .orderBy('n.at', 'desc')
    .orderBy('n.id', 'desc')
    .limit(limit + 1)
    .execute()
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const items = rows
    .slice(0, limit)
    .map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      kind: row.kind,
      personId: row.person_id,
      fullName: row.full_name ?? '',
      byName: row.by_name ?? '',
      seen: row.seen_at !== null,
    }))
  return { items, next: last ? encodeCursor({ name: last.mark, id: last.id }) : null }
}

/** False where it is nobody's or another's. */
export async function markSeen(tx: Tx, recipientId: string, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.account_notice')
    .set({ seen_at: sql`coalesce(seen_at, ${now})` })
    .where('id', '=', id)
    .where('recipient_id', '=', recipientId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
