import swagger from '@fastify/swagger'
import { Problem } from '@moinha/contracts/common'
import { OperationOutcome } from '@moinha/contracts/fhir'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { takesBearer } from './bearer.ts'
import { errorsOf } from './route-errors.ts'
import type { AnyRoute } from './serve.ts'
import { isUpload, takesBytes } from './uploads.ts'

type Json = Record<string, unknown>
type Replies = Record<string, Json>

const problemSchema = z.toJSONSchema(Problem, { io: 'output' }) as Json & { properties: Json }
const outcome = { 'application/fhir+json': { schema: z.toJSONSchema(OperationOutcome, { io: 'output' }) } }

/** A refusal of a status: problem JSON with the codes it may carry; under `/fhir` an OperationOutcome. */
function refusal(codes: readonly string[], fhir: boolean): Json {
  const schema = {
    ...problemSchema,
    properties: { ...problemSchema.properties, code: { type: 'string', enum: codes } },
  }
  return { description: codes.join(', '), content: fhir ? outcome : { 'application/problem+json': { schema } } }
}

/** Whatever else is thrown, before or after a handler, looks like this. */
const otherwise = {
  description: 'A refusal: its code is the key of its sentence',
  content: { 'application/problem+json': { schema: problemSchema } },
}

function refusalsOf(route: AnyRoute): Replies {
  const fhir = route.path.startsWith('/fhir/')
  return Object.fromEntries([...errorsOf(route)].map(([status, codes]) => [String(status), refusal(codes, fhir)]))
}

const bareType = (type: string): string => type.split(';')[0] ?? type
const bytes = { type: 'string', format: 'binary' }

/** Replies under the media types they really have, with their ETag. */
function repliesOf(route: AnyRoute, described: Replies): Replies {
  const usual = String(route.status ?? 200)
  const headers = route.etag && { headers: { etag: { schema: { type: 'string' } } } }
  const replies = Object.entries(described).map(([status, schema]): [string, Json] => {
    if (status === usual && route.produces) {
      const types = route.produces.map((type) => [
        bareType(type),
        { schema: isUpload(bareType(type)) ? bytes : schema },
      ])
      return [status, { description: route.summary, content: Object.fromEntries(types), ...headers }]
    }
    if (status === '204' || status === '303') return [status, { description: 'No content', type: 'null' }]
    return [status, status === usual ? { ...schema, ...headers } : schema]
  })
  const unchanged = route.etag && { 304: { description: 'What the caller holds is still so', type: 'null' } }
  return { ...Object.fromEntries(replies), ...unchanged }
}

/** Conditional headers the route understands. */
function headersOf({ etag, ifMatch }: AnyRoute): Json {
  const properties = {
    ...(etag && { 'if-none-match': { type: 'string' } }),
    ...(ifMatch && { 'if-match': { type: 'string' } }),
  }
  if (Object.keys(properties).length === 0) return {}
  return { headers: { type: 'object', properties, ...(ifMatch === 'required' && { required: ['if-match'] }) } }
}

/** A session, or a program's token that carries the route's permission as its scope. */
function credentialsOf(route: AnyRoute): Json {
  return takesBearer(route) ? { security: [{ session: [] }, { bearer: [route.permission] }] } : {}
}

/** One route in the words of OpenAPI: what it takes, answers and refuses. */
function describe(route: AnyRoute, schema: Json): Json {
  const response = {
    ...repliesOf(route, (schema['response'] ?? {}) as Replies),
    ...refusalsOf(route),
    default: otherwise,
  }
  const body = route.consumes && { consumes: [...route.consumes], body: takesBytes(route) ? bytes : schema['body'] }
  const guard =
    route.permission === 'public' ? { security: [] } : { 'x-permission': route.permission, ...credentialsOf(route) }
  const flags = {
    ...(route.idempotent && { 'x-idempotent': true }),
    ...(route.once && { 'x-once': route.once }),
    ...(route.offline && { 'x-offline': true }),
    ...(route.since && { 'x-since': true }),
  }
  return { ...schema, ...headersOf(route), ...body, ...guard, ...flags, response }
}

/** OpenAPI 3.1 of every route; a public one says `security: []`, every other names its permission. */
export async function addOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Mọi Nhà', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'moinha.session' },
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token of a program; its scopes are names of permissions, at one unit and those beneath',
          },
        },
      },
      security: [{ session: [] }],
    },
    transform: (data) => {
      const { contract } = (data.route.config ?? {}) as { contract?: AnyRoute }
      const { schema, url } = jsonSchemaTransform(data)
      return { url, schema: (contract ? describe(contract, schema as Json) : schema) as typeof schema }
    },
  })
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger())
}
