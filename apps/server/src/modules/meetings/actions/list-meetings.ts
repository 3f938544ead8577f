import type { MeetingKind } from '@moinha/contracts/meetings'
import type { Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { listIds, readLines } from '../store/meeting-lines.ts'
import { lineOf } from './show-line.ts'

interface Asked {
  when: 'upcoming' | 'past'
  kind?: MeetingKind | undefined
  after?: string | undefined
  limit: number
}

/** Meetings the actor organises or is invited to. */
export async function listMeetings(work: Work, { when, kind = undefined, after, limit }: Asked) {
  const ids = await listIds(work, { when, kind: kind ?? null, after: readInstantCursor(after, '_'), limit })
  const page = ids.slice(0, limit)
  const lines = await readLines(
    work,
    page.map((row) => row.id),
  )
  const last = ids.length > limit ? page.at(-1) : undefined
  return {
    items: page.flatMap(({ id }) => {
      const row = lines.get(id)
      return row ? [lineOf(work, row)] : []
    }),
    next: last ? `${last.starts_at.toISOString()}_${last.id}` : null,
  }
}
