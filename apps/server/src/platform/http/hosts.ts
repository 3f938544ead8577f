import type { FastifyInstance } from 'fastify'
import type { IncomingHttpHeaders } from 'node:http'
import type { Config } from '../config/config.ts'
import { platformErrors } from '../errors/coded-error.ts'

type HostConfig = Pick<Config, 'PUBLIC_URL' | 'loopback' | 'production' | 'proxies'>

const loopbackName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * Is this a name we answer to? `PUBLIC_URL` is the only one where it is set. Without it a server on loopback answers to
 * loopback names, so that no page can point a name of its own at a demo (DNS rebinding).
 */
function isOwnHost(host: string | undefined, config: HostConfig): boolean {
  const name = host?.toLowerCase()
  if (!config.production && config.loopback && loopbackName.test(name ?? '')) return true
  if (config.PUBLIC_URL) return name === new URL(config.PUBLIC_URL).host
  return !config.loopback && name !== undefined && name !== ''
}

/**
 * How a proxy may call us when it writes its own `Host` (nginx without `proxy_set_header Host`): a name without a dot,
 * an address, or a name under a domain that nobody can own (RFC 6762 §3 `.local`; `.internal`, ICANN resolution
 * 2024.07.29.06).
 */
const innerName = /^([a-z0-9_-]+|[a-z0-9_.-]+\.(local|internal)|\d+\.\d+\.\d+\.\d+|\[[0-9a-f:.]+\])(:\d+)?$/

/**
 * Was this asked for under a name of ours? Behind a proxy that rewrites `Host`, `X-Forwarded-Host` says what the
 * browser asked for; but some proxies pass on whatever the browser wrote there. So it never makes a foreign `Host`
 * good: it is believed only beside a `Host` that no browser reaches from outside, and a foreign name in either is
 * refused.
 */
export function isForUs(headers: IncomingHttpHeaders, config: HostConfig): boolean {
  const forwarded = headers['x-forwarded-host']
  if (config.proxies === 0 || forwarded === undefined) return isOwnHost(headers.host, config)
  const names = String(forwarded)
    .split(',')
    .map((name) => name.trim())
  const inner = innerName.test(headers.host?.toLowerCase() ?? '')
  return (inner || isOwnHost(headers.host, config)) && names.every((name) => isOwnHost(name, config))
}

/** Balancers ask for health by bare address; the answer names nobody and sets no cookie. */
const anyHost = new Set(['/health'])

/**
 * Requests under another name are refused before anything looks at them: no cookie, no link, no cache is made for it.
 */
export function refuseForeignHosts(app: FastifyInstance, config: HostConfig): void {
  app.addHook('onRequest', async (request) => {
    if (anyHost.has(request.url)) return
    if (!isForUs(request.headers, config)) throw platformErrors.HOST_UNKNOWN()
  })
}
