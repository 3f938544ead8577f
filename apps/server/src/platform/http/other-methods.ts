import type { FastifyInstance, HTTPMethods } from 'fastify'
import { platformErrors } from '../errors/coded-error.ts'

type Served = Map<string, { url: string; methods: Set<string> }>

declare module 'fastify' {
  interface FastifyInstance {
    served: Served
  }
}

/** `/api/x/:id` and `/api/x/:personId` are one place for the router. */
const placeOf = (url: string): string => url.replace(/:[^/]+/g, ':')

/** Remembers which methods each address is served with; call before the first route. */
export function watchRoutes(app: FastifyInstance): void {
  const served: Served = new Map()
  app.decorate('served', served)
  app.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return // files: what is there is for the disk to say
    const entry = served.get(placeOf(url)) ?? { url, methods: new Set() }
    for (const one of [method].flat()) entry.methods.add(one)
    served.set(placeOf(url), entry)
  })
}

/**
 * Every declared address answers any other method with 405 and what it allows, OPTIONS with 204 and the same; call
 * after the last route.
 */
export function refuseOtherMethods(app: FastifyInstance): void {
  const { served } = app
  for (const [place, { url, methods }] of [...served]) {
    const allow = [...new Set([...methods, 'OPTIONS'])].sort().join(', ')
    const other = app.supportedMethods.filter((one) => !methods.has(one) && !isServedBeside(place, one, served))
    if (other.length === 0) continue
    app.route({
      method: other as HTTPMethods[],
      url,
      schema: { hide: true },
      config: { access: 'public', harmless: true },
      // before a body is read
      preParsing: async (request, reply) => {
        reply.header('allow', allow)
        if (request.method !== 'OPTIONS') throw platformErrors.METHOD_NOT_ALLOWED()
      },
      handler: async (_request, reply) => reply.code(204).send(),
    })
  }
}

/** Does another address with a parameter serve this method here, as `/x/:id` does for `/x/gate`? Then it is its business. */
function isServedBeside(place: string, method: string, served: Served): boolean {
  const parts = place.split('/')
  return [...served].some(([other, { methods }]) => {
    const others = other.split('/')
    const fits = others.length === parts.length && others.every((part, at) => part === parts[at] || part === ':')
    return other !== place && fits && methods.has(method)
  })
}
