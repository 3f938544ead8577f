import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/config.ts'
import type { Log } from '../log/log.ts'

/** Requests without the header before it is said that nothing in front seems to set it. */
const enough = 50

/** Says once when `TRUST_PROXY` and what really arrives do not fit: limits and the access log go by that address. */
export function checkProxy(app: FastifyInstance, { proxies }: Pick<Config, 'proxies'>, log: Log): void {
  let without = 0
  let settled = false
  app.addHook('onRequest', async ({ headers, url }) => {
    if (settled || url === '/health') return
    const forwarded = headers['x-forwarded-for'] !== undefined
    if (proxies === 0 && forwarded) {
      settled = true
      log.warn('TRUST_PROXY is 0 but X-Forwarded-For arrives: behind a proxy all callers count as one address')
    } else if (proxies > 0 && forwarded) {
      settled = true
    } else if (proxies > 0 && ++without >= enough) {
      settled = true
      log.warn({ requests: without, proxies }, 'TRUST_PROXY is set but nothing in front sets X-Forwarded-For')
    }
  })
}
