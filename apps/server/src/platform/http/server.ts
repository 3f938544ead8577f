import type { Access } from '@moinha/contracts/route'
import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { randomUUID } from 'node:crypto'
import { anonymousActor, type Actor } from '../access/actor.ts'
import { noGuests, type ReadGuests } from '../access/guests.ts'
import type { Config } from '../config/config.ts'
import type { Transact } from '../db/work.ts'
import type { Log } from '../log/log.ts'
import { refuseForeignHosts } from './hosts.ts'
import { noBearer, type ReadBearer } from './bearer.ts'
import { addMetrics } from './metrics.ts'
import { addOpenApi } from './openapi.ts'
import { watchRoutes } from './other-methods.ts'
import { sendProblem } from './problem.ts'
import { checkProxy } from './proxy-check.ts'
import { addRateLimits, type RateLimitParts } from './rate-limits.ts'
import { addJsonParser, refuseBrokenAddress } from './read-json.ts'
import { addSecurity } from './security.ts'
import { addPages } from './static.ts'
import { timeLimits } from './time-limits.ts'

export interface ServerParts {
  config: Config
  log: Log
  transact: Transact
  version: string
  webDist: string
  readActor(cookie: string): Promise<Actor>
  /** Undefined where there are no programs to know. */
  readBearer?: ReadBearer
  /** Undefined where nobody is invited. */
  readGuests?: ReadGuests
  /** Undefined where a test builds a server without a database. */
  limits?: RateLimitParts
}

/** Builds the HTTP server with every guard in place; modules register their routes afterwards. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { config, log } = parts
  const app = fastify({
    // no request lines: addresses carry search words
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 262_144,
    // a number of hops, never "all": else any caller could name an address and slip under every limit
    trustProxy: config.proxies > 0 && ((_address: string, hop: number) => hop < config.proxies),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    ...timeLimits(config),
    frameworkErrors: (error, request, reply) =>
      void sendProblem(error, request as unknown as FastifyRequest, reply as unknown as FastifyReply),
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(sendProblem)
  app.decorate('transact', parts.transact)
  app.decorate('readActor', parts.readActor)
  app.decorate('readBearer', parts.readBearer ?? noBearer)
  app.decorate('readGuests', parts.readGuests ?? noGuests)
  app.decorateRequest('actor')
  app.addHook('onRequest', async (request) => void (request.actor = anonymousActor))
  refuseForeignHosts(app, config)
  app.addHook('onRequest', refuseBrokenAddress)
  checkProxy(app, config, log)
  addJsonParser(app)
  watchRoutes(app)
  await addPages(app, { config, webDist: parts.webDist, sessionKey: (cookie) => parts.limits?.sessionKey(cookie) })
  refuseUndeclaredRoutes(app) // after the pages: files are no routes of ours
  await addSecurity(app, config)
  if (config.RATE_LIMITS === 'on' && parts.limits) await addRateLimits(app, parts.limits)
  await addOpenApi(app, parts.version)
  addMetrics(app, config)
  return app
}

/** Deny by default: a route that does not say who may call it stops the boot. */
function refuseUndeclaredRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { access } = (route.config ?? {}) as { access?: Access }
    if (!access) throw new Error(`route ${String(route.method)} ${route.url} declares no permission: boot refused`)
  })
}
