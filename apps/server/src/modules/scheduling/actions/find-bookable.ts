import type { find } from '@moinha/contracts/scheduling'
import type { CallReply } from '@moinha/contracts/route'
import { z } from 'zod'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { kindsAllowed } from '../domain/booking-rules.ts'
import { searchBookable, type SearchPlace } from '../store/search-rows.ts'

const Place = z.tuple([z.int(), z.string(), z.string()])

/** Stations and workers by what somebody typed. */
export async function findBookable(
  work: Work,
  query: { q: string; after?: string | undefined; limit: number },
): Promise<CallReply<typeof find>> {
  const words = query.q
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/[%_\\]/g, ''))
    .filter((word) => word !== '')
    .slice(0, 8)
  const hits = await searchBookable(work.tx, {
    words,
    today: localDateOf(work.now),
    after: readPlace(query.after),
    limit: query.limit + 1,
  })
  const page = hits.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ rank: _, name: __, id: ___, services, ...hit }) => ({
      ...hit,
      services: kindsAllowed(services),
    })),
    next:
      hits.length > query.limit && last
        ? Buffer.from(JSON.stringify([last.rank, last.name, last.id])).toString('base64url')
        : null,
  }
}

function readPlace(text: string | undefined): SearchPlace | undefined {
  if (!text) return undefined
  try {
    const [rank, name, id] = Place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return { rank, name, id }
  } catch {
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'invalid' }])
  }
}
