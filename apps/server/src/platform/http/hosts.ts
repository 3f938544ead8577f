import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import { platformErrors } from '../errors/coded-error.ts'

type HostConfig = Pick<Config, 'PUBLIC_URL' | 'loopback' | 'production' | 'proxies'>

const loopbackName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * Is this a name we answer to? `PUBLIC_URL` is the only one where it is set. Without it a server on loopback answers to
 * loopback names, so that no page can point a name of its own at a demo (DNS rebinding).
 */
export function isOwnHost(host: string | undefined, config: HostConfig): boolean {
  const name = host?.toLowerCase()
  if (!config.production && config.loopback && loopbackName.test(name ?? '')) return true
  if (config.PUBLIC_URL) return name === new URL(config.PUBLIC_URL).host
  return !config.loopback && name !== undefined && name !== ''
}

/** What the browser asked for: a proxy of ours may say it with `X-Forwarded-Host`; nobody else is believed. */
function hostsOf({ headers }: FastifyRequest, config: HostConfig): (string | undefined)[] {
  const forwarded = headers['x-forwarded-host']
  if (config.proxies === 0 || forwarded === undefined) return [headers.host]
  return String(forwarded)
    .split(',')
    .map((name) => name.trim())
}

/** Balancers ask for health by bare address; the answer names nobody and sets no cookie. */
const anyHost = new Set(['/health'])

/** Requests under another name are refused before anything looks at them: no cookie, no link, no cache is made for it. */
export function refuseForeignHosts(app: FastifyInstance, config: HostConfig): void {
  app.addHook('onRequest', async (request) => {
    if (anyHost.has(request.url)) return
    if (!hostsOf(request, config).every((host) => isOwnHost(host, config))) throw platformErrors.HOST_UNKNOWN()
  })
}
