import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { LOOK_SECONDS, WATCHED_SECONDS } from '../domain/media-pass.ts'
import type { MediaPassTable } from './tables.ts'

export type MediaPass = Selectable<MediaPassTable>
export type NewPass = Pick<MediaPass, 'id' | 'visit_id' | 'person_id' | 'holder_id' | 'session_id' | 'issued_at'>

/** The session's valid pass into this room, made where there is none. */
export function keepPass(tx: Tx, pass: NewPass): Promise<MediaPass> {
  return tx
    .insertInto('calls.media_pass')
    .values(pass)
    .onConflict((conflict) =>
      conflict
        .columns(['visit_id', 'session_id', 'person_id'])
        .where('void_at', 'is', null)
        .doUpdateSet({ issued_at: pass.issued_at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Passes that count, of one holder or of all, page by page. */
export function validPasses(tx: Tx, page: { holderId?: string; after?: string; limit: number }): Promise<MediaPass[]> {
  let query = tx.selectFrom('calls.media_pass').selectAll().where('void_at', 'is', null)
  if (page.holderId !== undefined) query = query.where('holder_id', '=', page.holderId)
  if (page.after !== undefined) query = query.where('id', '>', page.after)
  return query.orderBy('id').limit(page.limit).execute()
}

/** Passes of these members that count. */
export function passesOfMembers(tx: Tx, visitId: string, personIds: readonly string[]): Promise<MediaPass[]> {
  return tx
    .selectFrom('calls.media_pass')
    .selectAll()
    .where('visit_id', '=', visitId)
    .where(sql<boolean>`person_id = any (${[...personIds]}::uuid[])`)
    .where('void_at', 'is', null)
    .execute()
}

/** Does this pass still open its room? */
export async function isValidPass(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('calls.media_pass')
    .select('id')
    .where('id', '=', id)
    .where('void_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** The passes count no more, and their holders are looked for from now on. */
export async function voidPasses(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('calls.media_pass')
    .set({ void_at: now, watched_until: watchedUntil(now) })
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .where('void_at', 'is', null)
    .execute()
}

/** The same for all that were given to a member of a visit. */
export async function voidPassesOfMember(tx: Tx, visitId: string, personId: string, now: Date): Promise<void> {
  await tx
    .updateTable('calls.media_pass')
    .set({ void_at: now, watched_until: watchedUntil(now) })
    .where('visit_id', '=', visitId)
    .where('person_id', '=', personId)
    .where('void_at', 'is', null)
    .execute()
}

/** Takes void passes to look for; another process that looks now finds others. */
export function takeWatched(tx: Tx, now: Date): Promise<MediaPass[]> {
  return tx
    .updateTable('calls.media_pass')
    .set({ looked_at: now })
    .where('watched_until', '>', now)
    .where((where) =>
      where.or([
        where('looked_at', 'is', null),
        where('looked_at', '<', new Date(now.getTime() - (LOOK_SECONDS * 1000) / 2)),
      ]),
    )
    .returningAll()
    .execute()
}

/** The holder was in the room and may have a new token from there. Answers how often that happened. */
export async function countFound(tx: Tx, id: string, now: Date): Promise<number> {
  const row = await tx
    .updateTable('calls.media_pass')
    .set({ found_times: sql<number>`found_times + 1`, watched_until: watchedUntil(now) })
    .where('id', '=', id)
    .returning('found_times')
    .executeTakeFirst()
  return row?.found_times ?? 0
}

/** The room of this number is left behind: no void pass opens the next. False when another process did it. */
export async function followRoom(tx: Tx, visitId: string, no: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('calls.visit')
    .set({ media_room_no: no + 1 })
    .where('id', '=', visitId)
    .where('media_room_no', '=', no)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await unwatch(tx, [visitId])
  return true
}

/** No token of these visits' former rooms opens anything any more. */
export async function unwatch(tx: Tx, visitIds: readonly string[]): Promise<void> {
  await tx
    .updateTable('calls.media_pass')
    .set({ watched_until: null })
    .where(sql<boolean>`visit_id = any (${[...visitIds]}::uuid[])`)
    .where('watched_until', 'is not', null)
    .execute()
}

/** The visit is over, and its room closed. */
export async function forgetPasses(tx: Tx, visitId: string): Promise<void> {
  await tx.deleteFrom('calls.media_pass').where('visit_id', '=', visitId).execute()
}

const watchedUntil = (now: Date): Date => new Date(now.getTime() + WATCHED_SECONDS * 1000)
