import swagger from '@fastify/swagger'
import { Problem } from '@moinha/contracts/common'
import type { Access } from '@moinha/contracts/route'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** Every refusal, before or after a handler, looks like this. */
const problem = {
  description: 'A refusal: its code is the key of its sentence',
  content: { 'application/problem+json': { schema: z.toJSONSchema(Problem, { io: 'output' }) } },
}

/** OpenAPI 3.1 of every route; a public one says `security: []`, every other names its permission. */
export async function addOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Mọi Nhà', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'moinha.session' } } },
      security: [{ session: [] }],
    },
    transform: (data) => {
      const access = (data.route.config as { access?: Access } | undefined)?.access
      const { schema, url } = jsonSchemaTransform(data)
      const guard = access === 'public' ? { security: [] } : { 'x-permission': access ?? 'none' }
      const response = { ...(schema['response'] as object | undefined), default: problem }
      return { url, schema: { ...schema, ...guard, response } as typeof schema }
    },
  })
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger())
}
