import type { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from '../api/index.ts'

/** What a page was drawn from, handed over with it: the browser's first drawing must be the same. */
export interface PageState {
  read: readonly PageReply[]
  /** The session of this visitor is not known to the page. */
  someone: boolean
}

export interface PageReply {
  key: readonly unknown[]
  data?: unknown
  problem?: RefusedRead
}

interface RefusedRead {
  code: string
  status: number
  params?: Record<string, unknown>
}

/** The element that carries it. A block of data, not a script: the content policy lets none run inline. */
export const stateId = 'page-state'

/** Puts what was read where the pages look for it. `readAt` is 0 for what may be old and should be read again. */
export function fillCache(client: QueryClient, { read }: PageState, readAt: number): void {
  for (const { key, data, problem } of read) {
    if (problem) fillRefusal(client, key, problem)
    else client.setQueryData(key, data, { updatedAt: readAt })
  }
}

function fillRefusal(client: QueryClient, queryKey: readonly unknown[], problem: RefusedRead): void {
  const error = new ApiProblem(problem.code, problem)
  // the page shows the refusal and its "try again", rather than asking once more by itself
  client.setQueryDefaults(queryKey, { retryOnMount: false })
  const query = client.getQueryCache().build(client, { queryKey })
  query.setState({ status: 'error', error, errorUpdateCount: 1, errorUpdatedAt: Date.now(), fetchStatus: 'idle' })
}

/** The state in this document, or undefined on a page without content. */
export function stateHere(): PageState | undefined {
  const text = document.getElementById(stateId)?.textContent
  return text ? (JSON.parse(text) as PageState) : undefined
}
