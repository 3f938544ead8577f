import type { FastifyInstance } from 'fastify'
import { createServer, type Server } from 'node:http'
import { Registry, collectDefaultMetrics, Histogram } from 'prom-client'
import type { Config } from '../config/config.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Modules register their own figures here. */
    metrics: Registry
  }
}

/** Prometheus figures of this process; route patterns only, never concrete paths, so no identifier leaks. */
export function addMetrics(app: FastifyInstance, config: Pick<Config, 'metricsPort'>): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
    registers: [registry],
  })
  app.decorate('metrics', registry)
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }
    seconds.observe(labels, reply.elapsedTime / 1000)
  })
  if (config.metricsPort !== undefined) return // they have an address of their own
  app.get('/metrics', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}

/** Opens the figures' own address, which the public one in front never forwards. Nothing where they have none. */
export async function openMetrics(
  app: FastifyInstance,
  config: Pick<Config, 'METRICS_HOST' | 'metricsPort'>,
): Promise<Server | undefined> {
  if (config.metricsPort === undefined) return undefined
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') return void response.writeHead(404).end()
    app.metrics.metrics().then(
      (text) => response.writeHead(200, { 'content-type': app.metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  server.requestTimeout = 10_000
  await new Promise<void>((ready, fail) => {
    server.once('error', fail)
    server.listen(config.metricsPort, config.METRICS_HOST, ready)
  })
  return server
}
