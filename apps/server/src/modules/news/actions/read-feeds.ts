import type * as contract from '@moinha/contracts/news'
import type { HandlerReply } from '@moinha/contracts/route'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { newsErrors } from '../errors.ts'
import { mayRead } from '../policy.ts'
import { areasAround, homesOf, wideAreas } from '../store/areas.ts'
import { countUnread, readFeed } from '../store/feed.ts'
import { findMessage, versionsOf, type VersionRow } from '../store/messages.ts'

interface PageRequest {
  after?: string | undefined
  limit: number
}

/** Messages for where I and my family live; those of the wide areas for whoever has no home station yet. */
export async function readMyFeed(work: Work, page: PageRequest): Promise<HandlerReply<typeof contract.mine>> {
  const homes = await homesOf(work)
  const feed = await readFeed(work, { ...page, areaIds: await areasOf(work, homes), readerId: work.actor.personId })
  return { ...feed, homes }
}

async function areasOf(work: Work, homes: readonly { id: string }[]): Promise<string[]> {
  return homes.length > 0
    ? areasAround(
        work,
        homes.map((home) => home.id),
      )
    : (await wideAreas(work)).map((area) => area.id)
}

/** The number beside the link to the news; nobody at home anywhere is not nagged. */
export async function countMyUnread(work: Work): Promise<HandlerReply<typeof contract.unread>> {
  const homes = await homesOf(work)
  if (!work.actor.personId || homes.length === 0) return { count: 0 }
  return { count: await countUnread(work, await areasOf(work, homes), work.actor.personId) }
}

/** What anybody may read: the area of a unit, or what provinces and the nation sent. */
export async function readPublicFeed(
  work: Work,
  { facilityId, ...page }: PageRequest & { facilityId?: string | undefined },
): Promise<HandlerReply<typeof contract.publicFeed>> {
  const areaIds = facilityId ? await areasAround(work, [facilityId]) : (await wideAreas(work)).map((area) => area.id)
  return readFeed(work, { ...page, areaIds, readerId: null })
}

export async function listPublicAreas(work: Work): Promise<HandlerReply<typeof contract.publicAreas>> {
  const areas = await wideAreas(work)
  return { items: areas.filter((area) => area.depth === 2).map(({ id, name }) => ({ id, name })) }
}

/** One message in full; a withdrawn one keeps its place but not its words. */
export async function readMessage(work: Work, id: string): Promise<HandlerReply<typeof contract.message>> {
  const row = await findMessage(work.tx, id)
  if (!row?.shown_from || !mayRead(row, work.now)) throw newsErrors.NEWS_UNKNOWN()
  const version = (await versionsOf(work.tx, id)).find((one) => one.no === row.version)
  if (!version) throw newsErrors.NEWS_UNKNOWN()
  return {
    id,
    version: row.version,
    priority: version.priority,
    ...wordsLeft(row.status === 'withdrawn', version),
    sender: { id: row.sender_id, name: row.sender },
    area: { id: row.area_id, name: row.area },
    shownFrom: row.shown_from.toISOString(),
    correctedAt: version.reason === null ? null : version.at.toISOString(),
    over: row.shown_until !== null && row.shown_until <= work.now,
    isDemo: row.is_demo,
    read: await isRead(work, id, row.version),
  }
}

function wordsLeft(gone: boolean, version: VersionRow) {
  if (gone)
    return { state: 'withdrawn' as const, titleVi: '', bodyVi: '', titleEn: '', bodyEn: '', correctionReason: null }
  return {
    state: 'published' as const,
    titleVi: version.title_vi,
    bodyVi: version.body_vi,
    titleEn: version.title_en,
    bodyEn: version.body_en,
    correctionReason: version.reason,
  }
}

async function isRead({ tx, actor }: Work, id: string, version: number): Promise<boolean | null> {
  if (actor.kind !== 'citizen') return null
  const mark = await tx
    .selectFrom('news.read_mark')
    .select('version')
    .where('message_id', '=', id)
    .where('person_id', '=', actor.personId ?? '')
    .executeTakeFirst()
  return (mark?.version ?? 0) >= version
}

/** Keeps that I read a version; the same or an older one said again changes nothing. */
export async function markRead(work: Work, id: string, version: number): Promise<void> {
  const row = await findMessage(work.tx, id)
  if (!row || !mayRead(row, work.now)) throw newsErrors.NEWS_UNKNOWN()
  await sql`insert into news.read_mark as mark (message_id, person_id, version, first_at, at)
    values (${id}, ${work.actor.personId}, ${Math.min(version, row.version)}, ${work.now}, ${work.now})
    on conflict (message_id, person_id) do update set version = excluded.version, at = excluded.at
    where mark.version < excluded.version`.execute(work.tx)
}
