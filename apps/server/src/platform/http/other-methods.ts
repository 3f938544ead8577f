import type { FastifyInstance, HTTPMethods } from 'fastify'
import { z } from 'zod'
import { platformErrors } from '../errors/coded-error.ts'

/** One address: how its routes write it, and by method what its parameters must be. */
interface Place {
  url: string
  methods: Map<string, z.ZodType | undefined>
}

type Served = Map<string, Place>

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
  app.addHook('onRoute', ({ method, url, schema }) => {
    if (url.includes('*')) return // files: what is there is for the disk to say
    const place = served.get(placeOf(url)) ?? { url, methods: new Map<string, z.ZodType | undefined>() }
    const params = schema?.params instanceof z.ZodType ? schema.params : undefined
    for (const one of [method].flat()) place.methods.set(one, params)
    served.set(placeOf(url), place)
  })
}

/**
 * Every declared address answers any other method with 405 and what it allows, OPTIONS with 204 and the same; call
 * after the last route.
 */
export function refuseOtherMethods(app: FastifyInstance): void {
  const places = [...app.served.values()].map(({ url, methods }) => ({ url, methods: new Map(methods) }))
  for (const { url, methods } of places) {
    const allow = [...new Set([...methods.keys(), 'OPTIONS'])].sort().join(', ')
    const other = app.supportedMethods.filter((one) => !methods.has(one) && !isServedBeside(url, one, places))
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

/**
 * Does another address take this one as its parameter, as `/forms/:form` takes `/forms/list`? Then the method is its
 * business. A word that its schema refuses, as `/x/:id` refuses `/x/search`, is none of it.
 */
function isServedBeside(url: string, method: string, places: readonly Place[]): boolean {
  return places.some((other) => {
    if (other.url === url || !other.methods.has(method)) return false
    const values = parametersOf(other.url, url)
    return values !== undefined && (other.methods.get(method)?.safeParse(values).success ?? true)
  })
}

/** What an address with parameters would read out of another one; undefined where it does not fit. */
function parametersOf(pattern: string, url: string): Record<string, string> | undefined {
  const words = url.split('/')
  const parts = pattern.split('/')
  if (parts.length !== words.length) return undefined
  const values: Record<string, string> = {}
  for (const [at, part] of parts.entries()) {
    const word = words[at] ?? ''
    if (part.startsWith(':') && !word.startsWith(':')) values[part.slice(1)] = word
    else if (placeOf(part) !== placeOf(word)) return undefined
  }
  return values
}
