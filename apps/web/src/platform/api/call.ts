import table from 'virtual:routes'
import type { CallArguments, CallOptions, ReplyOf, RouteId } from './contract.ts'
import { ApiProblem, readProblem } from './problem.ts'

interface Pieces {
  params?: Readonly<Record<string, unknown>>
  query?: Readonly<Record<string, unknown>>
  body?: unknown
}

const pausesMs = [400, 1200]
const passing = new Set([502, 503, 504])
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

let opener: string | undefined

/**
 * For whom this page was opened; the server does nothing that it sends while somebody else is signed in in this
 * browser.
 */
export const openFor = (personId: string | undefined): void => void (opener = personId)
export const openedFor = (): string | undefined => opener

let guest = false

/** This page is open for a guest of a visit, whoever else may be signed in in this browser. */
export const openAsGuest = (): void => void (guest = true)
export const openedAsGuest = (): boolean => guest

/** Reading again is always safe; writing again only where the contract says that the route is idempotent. */
const mayRepeat = (method: string, idempotent: 1 | undefined): boolean => method === 'GET' || idempotent === 1

/** Fills `:name` of the path and appends the query; empty values are left out, lists are repeated. */
export function addressOf(path: string, { params = {}, query = {} }: Pieces): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) search.append(key, String(one))
  }
  const text = search.toString()
  return text ? `${filled}?${text}` : filled
}

async function send(
  method: string,
  address: string,
  body: unknown,
  { signal, ifMatch }: CallOptions,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-moinha': '1' }
  if (opener) headers['x-moinha-person'] = opener
  if (guest) headers['x-moinha-guest'] = '1'
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (ifMatch !== undefined) headers['if-match'] = `W/"${ifMatch}"`
  try {
    return await fetch(address, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiProblem('NETWORK_DOWN', { status: 0 })
  }
}

async function sendPatiently(
  method: string,
  address: string,
  body: unknown,
  { tries, ...options }: CallOptions & { tries: number },
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await send(method, address, body, options)
      if (attempt >= tries || !passing.has(response.status)) return response
    } catch (error) {
      if (attempt >= tries || !(error instanceof ApiProblem)) throw error
    }
    await wait(pausesMs[attempt] ?? 0)
  }
}

/** Calls a contract route; throws `ApiProblem`. Types come from the contract, which itself stays on the server. */
export async function call<I extends RouteId>(id: I, ...args: CallArguments<I>): Promise<ReplyOf<I>> {
  const [input, options] = args as [Pieces?, CallOptions?]
  const [method, path, idempotent] = table[id] ?? []
  if (!method || !path) throw new Error(`no contract ${id}`)
  const pieces = input ?? {}
  const tries = mayRepeat(method, idempotent) ? pausesMs.length : 0
  const response = await sendPatiently(method, addressOf(path, pieces), pieces.body, { ...options, tries })
  if (!response.ok) throw await readProblem(response)
  return (await response.json()) as ReplyOf<I>
}
