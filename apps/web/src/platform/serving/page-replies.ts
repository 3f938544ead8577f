import table from 'virtual:routes'
import type { PageAsked, ReadForPage } from '@moinha/contracts/served-page'
import { addressOf, type PageRead, reading } from '../api/index.ts'
import type { PageState } from '../shell/page-state.ts'

type Pieces = Parameters<typeof addressOf>[1]
type Refusal = Partial<{ code: string; params: Record<string, unknown> }>

export interface PageReplies {
  state: PageState
  /** 200, or that of the worst refusal. */
  status: number
  /** By route id; absent where refused. */
  byId: ReadonlyMap<string, unknown>
}

async function readOne({ id, input }: PageRead, read: ReadForPage) {
  const [, path] = table[id] ?? []
  if (!path) throw new Error(`no contract ${id}`)
  return read(addressOf(path, input as Pieces))
}

const meRead = reading('identity.me')

/**
 * Reads what a page shows. Who asks is told only to be nobody: where a session may exist the page leaves that open, and
 * the browser asks by itself.
 */
export async function readReplies(
  reads: readonly PageRead[],
  { someone }: PageAsked,
  read: ReadForPage,
): Promise<PageReplies> {
  const all = someone ? reads : [meRead, ...reads]
  const answers = await Promise.all(all.map(async (one) => ({ one, ...(await readOne(one, read)) })))
  const kept = answers.filter(({ one, status }) => status < 400 || one !== meRead)
  return {
    state: {
      someone,
      read: kept.map(({ one, status, body }) => {
        if (status < 400) return { key: one.queryKey, data: one.paged ? { pages: [body], pageParams: [null] } : body }
        const { code = 'UNAVAILABLE', params } = body as Refusal
        return { key: one.queryKey, problem: { code, status, ...(params && { params }) } }
      }),
    },
    status: kept.reduce((worst, { status }) => Math.max(worst, status), 200),
    byId: new Map(answers.filter(({ status }) => status < 400).map(({ one, body }) => [one.id, body])),
  }
}
