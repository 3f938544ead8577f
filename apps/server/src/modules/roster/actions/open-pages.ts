import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { tellPresence } from './tell-presence.ts'

/** A page of somebody's opened. */
export async function pageOpened(work: Work, page: { socketId: string; personId: string; facilityIds: readonly string[] }): Promise<void> {
  await work.tx.insertInto('roster.presence').values({ person_id: page.personId, facility_ids: [...page.facilityIds] })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ facility_ids: [...page.facilityIds] })).execute()
  await work.tx.insertInto('roster.open_page').values({ socket_id: page.socketId, person_id: page.personId, seen_at: work.now })
    .onConflict((conflict) => conflict.column('socket_id').doUpdateSet({ seen_at: work.now })).execute()
  await tellPresence(work, [page.personId])
}

/** A page has been gone for longer than a reload takes. */
export async function pageClosed(work: Work, page: { socketId: string; personId: string }): Promise<void> {
  await work.tx.deleteFrom('roster.open_page').where('socket_id', '=', page.socketId).execute()
  await tellPresence(work, [page.personId])
}

/** The heartbeat of one process for all its open pages. */
export async function pagesSeen(work: Work, pages: readonly { socketId: string; personId: string }[]): Promise<void> {
  if (pages.length === 0) return
  await sql`insert into roster.open_page (socket_id, person_id, seen_at)
    select socket_id, person_id, ${work.now} from unnest(${pages.map((page) => page.socketId)}::text[], ${pages.map((page) => page.personId)}::uuid[]) as t(socket_id, person_id)
    on conflict (socket_id) do update set seen_at = excluded.seen_at`.execute(work.tx)
  await tellPresence(work, pages.map((page) => page.personId))
}

/** Forgets pages of processes that died, and tells it. */
export async function sweepPages(work: Work): Promise<void> {
  await sql`delete from roster.open_page where seen_at < ${work.now}::timestamptz - roster.page_life()`.execute(work.tx)
  const stale = await sql<{ person_id: string }>`
    select person_id from roster.presence where told <> 'offline' and told is distinct from roster.presence_of(person_id, ${work.now})`.execute(work.tx)
  await tellPresence(work, stale.rows.map((row) => row.person_id))
}
