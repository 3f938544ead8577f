import table from 'virtual:routes'
import { vi } from 'vitest'
import type { InputOf, ReplyOf, RouteId } from '../api/index.ts'

/** What a screen sent to one route. */
export interface Sent<I extends RouteId> {
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  headers: Headers
  body: InputOf<I> extends { body: infer B } ? B : unknown
}

interface Refusing {
  status?: number
  fields?: readonly { path: string; code: string }[]
  params?: Readonly<Record<string, unknown>>
}

/** How a route answers from now on. */
type Answering = (sent: Sent<never>) => Response | Promise<Response>

const answers = new Map<string, Answering>()
const log: { id: string; sent: Sent<never> }[] = []
const unknown: string[] = []
let down = false

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** Method and pattern of every contract as a test for an address. */
const routes = Object.entries(table).map(([id, [method, path]]) => ({
  id,
  method,
  pattern: new RegExp(`^${path.replace(/:([A-Za-z]+)/g, '(?<$1>[^/]+)')}$`),
}))

/** A fixed path is preferred to one with names in it, as the server does. */
function routeOf(method: string, path: string) {
  const fitting = routes.filter((route) => route.method === method && route.pattern.test(path))
  return fitting.find(({ pattern }) => !pattern.source.includes('(?<')) ?? fitting[0]
}

/** Takes the place of `fetch`: nothing else of the screen is replaced. */
async function overTheWire(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  if (down) throw new TypeError('Failed to fetch')
  const url = new URL(String(input), location.href)
  const method = init.method ?? 'GET'
  const route = routeOf(method, url.pathname)
  const answer = route && answers.get(route.id)
  if (!route || !answer) {
    unknown.push(`${method} ${url.pathname}`)
    return json({ code: 'NOT_FOUND' }, 404)
  }
  const sent = {
    params: route.pattern.exec(url.pathname)?.groups ?? {},
    query: url.searchParams,
    headers: new Headers(init.headers),
    body: (typeof init.body === 'string' ? JSON.parse(init.body) : init.body) as never,
  }
  log.push({ id: route.id, sent })
  return answer(sent)
}

/** The route answers this, or what the function makes of the request. */
export function answer<I extends RouteId>(id: I, reply: ReplyOf<I> | ((sent: Sent<I>) => ReplyOf<I>)): void {
  answers.set(id, (sent) => json(typeof reply === 'function' ? (reply as (sent: Sent<never>) => unknown)(sent) : reply))
}

/** The route refuses with a code of its module. */
export function refuse(id: RouteId, code: string, { status = 409, fields, params }: Refusing = {}): void {
  answers.set(id, () => json({ code, requestId: 'r-1', ...(fields && { fields }), ...(params && { params }) }, status))
}

/** The route's answer waits until it is let go: what stands on the screen meanwhile? */
export function hold(id: RouteId): { letGo: () => void } {
  const then = answers.get(id)
  if (!then) throw new Error(`nothing to hold: ${id} has no answer`)
  const gate = Promise.withResolvers<void>()
  answers.set(id, async (sent) => {
    await gate.promise
    return then(sent)
  })
  return { letGo: () => gate.resolve() }
}

/** The network is gone, or back. */
export const cutNetwork = (): void => void (down = true)
export const mendNetwork = (): void => void (down = false)

/** What was sent to a route, in order. */
export const sentTo = <I extends RouteId>(id: I): Sent<I>[] =>
  log.filter((one) => one.id === id).map(({ sent }) => sent as unknown as Sent<I>)

/** Puts the wire in the place of `fetch`, without answers. */
export function layWire(): void {
  vi.stubGlobal('fetch', overTheWire)
  answers.clear()
  log.length = 0
  unknown.length = 0
  down = false
}

/** Addresses that a screen asked and nobody answered for. */
export const unanswered = (): readonly string[] => [...new Set(unknown)]
