import { kyselyAdapter } from '@better-auth/kysely-adapter'
import type { Db } from '../../../platform/db/database.ts'
import { hashToken } from '../domain/session-token.ts'

type AdapterMaker = ReturnType<typeof kyselyAdapter>
type Options = Parameters<AdapterMaker>[0]
type Adapter = ReturnType<AdapterMaker>
type Inside = Parameters<Parameters<Adapter['transaction']>[0]>[0]

interface Condition {
  field: string
  value: unknown
}
interface Call {
  model: string
  where?: Condition[]
  data?: { token?: string }
}

const hashed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(hashed)
  return typeof value === 'string' ? hashToken(value) : value
}

/** What goes into the session table: its token hashed, in the row and in every condition on it. */
function hashIn(call: Call): Call {
  if (call.model !== 'session') return call
  const where = call.where?.map((one) => (one.field === 'token' ? { ...one, value: hashed(one.value) } : one))
  const data = call.data?.token ? { ...call.data, token: hashToken(call.data.token) } : call.data
  return { ...call, ...(where && { where }), ...(data && { data }) }
}

/** What comes out: the token the caller named, since the table only knows its hash. */
function giveBack(call: Call, result: unknown): unknown {
  const token = call.data?.token ?? call.where?.find((one) => one.field === 'token')?.value
  const hasToken = result !== null && typeof result === 'object' && 'token' in result
  return call.model === 'session' && typeof token === 'string' && hasToken ? { ...result, token } : result
}

const verbs = new Set([
  'create',
  'findOne',
  'findMany',
  'update',
  'updateMany',
  'delete',
  'deleteMany',
  'count',
  'consumeOne',
])

function hashing<T extends Inside>(adapter: T): T {
  return new Proxy(adapter, {
    get(target, name, self) {
      const member: unknown = Reflect.get(target, name, self)
      if (typeof member !== 'function' || typeof name !== 'string') return member
      const run = member.bind(target) as (input: unknown) => Promise<unknown>
      if (name === 'transaction') {
        return (work: (inside: Inside) => Promise<unknown>) => run((inside: Inside) => work(hashing(inside)))
      }
      return verbs.has(name) ? async (call: Call) => giveBack(call, await run(hashIn(call))) : run
    },
  })
}

/**
 * better-auth on our tables, with sessions hashed at rest: who reads the table cannot sign in with what stands there.
 */
export function hashedSessions(db: Db): (options: Options) => Adapter {
  const make = kyselyAdapter(db as unknown as Parameters<typeof kyselyAdapter>[0], {
    type: 'postgres',
    transaction: true,
  })
  return (options) => hashing(make(options))
}
