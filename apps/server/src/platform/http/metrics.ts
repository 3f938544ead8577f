import type { FastifyInstance } from 'fastify'
import { Registry, collectDefaultMetrics, Histogram } from 'prom-client'

declare module 'fastify' {
  interface FastifyInstance {
    /** Modules register their own figures here. */
    metrics: Registry
  }
}

/** Prometheus figures of this process; route patterns only, never concrete paths, so no identifier leaks. */
export function addMetrics(app: FastifyInstance): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'http_request_seconds', help: 'Time to answer, by route pattern', labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3], registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { config: { access: 'public' } }, async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
  return registry
}
