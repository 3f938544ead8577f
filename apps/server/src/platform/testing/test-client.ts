import type { Problem } from '@moinha/contracts/common'
import type { CallInput, CallReply } from '@moinha/contracts/route'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { mayRefuseWith } from '../http/route-errors.ts'
import type { AnyRoute } from '../http/serve.ts'

export interface Answer<T> {
  status: number
  /** The reply on success, the problem otherwise. */
  body: T
  problem: Problem | undefined
  headers: Record<string, unknown>
}

/** What a route refuses with must stand in the OpenAPI, whichever test asked. */
function requireDeclared(route: AnyRoute, problem: Problem | undefined): void {
  if (!problem || mayRefuseWith(route, problem.code)) return
  throw new Error(`${route.id} answers ${problem.code}, which it does not declare: npm run write-errors`)
}

/** A browser without a screen: keeps cookies and speaks the contract. */
export class TestClient {
  readonly app: FastifyInstance
  readonly cookies = new Map<string, string>()
  /** Where it is a program: sent instead of cookies and of our own header. */
  readonly token: string | undefined

  constructor(app: FastifyInstance, token?: string) {
    this.app = app
    this.token = token
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Calls a route and expects success; throws with the problem otherwise. */
  async call<T extends AnyRoute>(route: T, input?: CallInput<T>): Promise<CallReply<T>> {
    const answer = await this.try(route, input)
    if (answer.problem) throw new Error(`${route.id} answered ${answer.status} ${JSON.stringify(answer.problem)}`)
    return answer.body
  }

  /** Calls a route and gives whatever came back. */
  async try<T extends AnyRoute>(route: T, input?: CallInput<T>): Promise<Answer<CallReply<T>>> {
    const {
      params = {},
      query = {},
      body,
    } = (input ?? {}) as { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
    // half of a surrogate pair cannot be written into an address by anybody
    const wordOf = (name: string): string => String(params[name]).toWellFormed()
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(wordOf(name)))
    const search = new URLSearchParams(
      Object.entries(query)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]): [string, string] => [name, String(value)]),
    ).toString()
    const answer = await this.send<CallReply<T>>({
      method: route.method,
      url: search ? `${path}?${search}` : path,
      ...(body !== undefined && { payload: body as object }),
    })
    requireDeclared(route, answer.problem)
    return answer
  }

  get credentials(): Record<string, string> {
    if (this.token === undefined) return { 'x-moinha': '1', cookie: this.cookie }
    return { authorization: `Bearer ${this.token}` }
  }

  /** One raw request with this client's cookies and our own header, or with its token alone. */
  async send<T>(options: InjectOptions): Promise<Answer<T>> {
    const reply = await this.app.inject({ ...options, headers: { ...this.credentials, ...options.headers } })
    for (const cookie of reply.cookies) {
      if (cookie.maxAge === 0 || cookie.value === '') this.cookies.delete(cookie.name)
      else this.cookies.set(cookie.name, encodeURIComponent(cookie.value))
    }
    const isJson = String(reply.headers['content-type'] ?? '').includes('json')
    const body = (isJson ? reply.json() : reply.body) as T
    return {
      status: reply.statusCode,
      body,
      problem: reply.statusCode >= 400 ? (body as unknown as Problem) : undefined,
      headers: reply.headers,
    }
  }

  /** Enters as one of the demo's cast. */
  async enterDemo(key: string): Promise<void> {
    const answer = await this.send({ method: 'POST', url: '/api/demo/enter', payload: { key } })
    if (answer.problem) throw new Error(`cannot enter as ${key}: ${JSON.stringify(answer.problem)}`)
  }
}
