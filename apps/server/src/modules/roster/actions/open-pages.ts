import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { tellPresence } from './tell-presence.ts'

/** A page that is open now, and the process that holds its line. */
export interface OpenPage {
  socketId: string
  personId: string
  processId: string
}

/** A page of somebody's opened. */
export async function pageOpened(work: Work, page: OpenPage & { facilityIds: readonly string[] }): Promise<void> {
  await work.tx
    .insertInto('roster.presence')
    .values({ person_id: page.personId, facility_ids: [...page.facilityIds] })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ facility_ids: [...page.facilityIds] }))
    .execute()
  await work.tx
    .insertInto('roster.open_page')
    .values({ socket_id: page.socketId, person_id: page.personId, process_id: page.processId, seen_at: work.now })
    .onConflict((conflict) => conflict.column('socket_id').doUpdateSet({ seen_at: work.now }))
    .execute()
  await tellPresence(work, [page.personId])
}

/** A page has been gone for longer than a reload takes. */
export async function pageClosed(work: Work, page: { socketId: string; personId: string }): Promise<void> {
  await work.tx.deleteFrom('roster.open_page').where('socket_id', '=', page.socketId).execute()
  await tellPresence(work, [page.personId])
}

/** The heartbeat of one process for all its open pages. */
export async function pagesSeen(work: Work, pages: readonly OpenPage[]): Promise<void> {
  if (pages.length === 0) return
  const [sockets, people, processes] = [
    pages.map((page) => page.socketId),
    pages.map((page) => page.personId),
    pages.map((page) => page.processId),
  ]
  await sql`insert into roster.open_page (socket_id, person_id, process_id, seen_at)
    select socket_id, person_id, process_id, ${work.now}
      from unnest(${sockets}::text[], ${people}::uuid[], ${processes}::uuid[])
      as t(socket_id, person_id, process_id)
    on conflict (socket_id) do update set seen_at = excluded.seen_at`.execute(work.tx)
  await tellPresence(
    work,
    pages.map((page) => page.personId),
  )
}

/**
 * Pages of processes that ended come back to another within a moment, as after a reload; those that do not are closed.
 */
export async function leaveToLapse(work: Work, processIds: readonly string[], graceMs: number): Promise<void> {
  await sql`update roster.open_page
    set seen_at =
    least(seen_at, ${work.now}::timestamptz - roster.page_life() + make_interval(secs => ${graceMs / 1000}))
    where process_id = any (${[...processIds]}::uuid[])`.execute(work.tx)
}

/** Forgets pages of processes that died, and tells it. */
export async function sweepPages(work: Work): Promise<void> {
  await sql`delete from roster.open_page where seen_at < ${work.now}::timestamptz - roster.page_life()`.execute(work.tx)
  const stale = await sql<{ person_id: string }>`
    select person_id from roster.presence where told <> 'offline' and told is distinct
      from roster.presence_of(person_id, ${work.now})`.execute(work.tx)
  await tellPresence(
    work,
    stale.rows.map((row) => row.person_id),
  )
}
