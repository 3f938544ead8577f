import helmet from '@fastify/helmet'
import type { Access } from '@moinha/contracts/route'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { livekitUrls, type Config } from '../config/config.ts'
import { addressOf } from './address.ts'
import { bearerOf, refuseTwoCredentials } from './bearer.ts'
import { platformErrors } from '../errors/coded-error.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** Answers the same to everybody and changes nothing, whatever the method. */
    harmless?: boolean
    /** A signature over the body is judged instead of where the request comes from. */
    signed?: boolean
  }
}

/**
 * Is this Origin ours? Same host, or the configured public address. A missing Origin is only fine without one to send
 * (not a browser).
 */
export function isOwnOrigin(
  origin: string | undefined,
  host: string | undefined,
  publicUrl: string | undefined,
): boolean {
  if (!origin) return true
  const own = URL.parse(origin)
  return own !== null && (own.host === host || (publicUrl !== undefined && own.origin === new URL(publicUrl).origin))
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * CSRF: cookies are SameSite=Lax, and a writing request must also come from our origin and carry our own header, which
 * a foreign form cannot set. A token is sent by no browser on its own, and comes without a session of ours.
 */
function refuseForeignWrites(config: Config) {
  return async (request: FastifyRequest) => {
    refuseTwoCredentials(request)
    if (bearerOf(request) !== undefined) return
    const { harmless, signed } = request.routeOptions.config
    if (safeMethods.has(request.method) || harmless || signed) return
    const own = isOwnOrigin(request.headers.origin, request.headers.host, config.PUBLIC_URL)
    if (!own || request.headers['sec-fetch-site'] === 'cross-site' || request.headers['x-moinha'] === undefined)
      throw platformErrors.FOREIGN_ORIGIN()
  }
}

/** Security headers with a strict content policy, and the CSRF check. */
export async function addSecurity(app: FastifyInstance, config: Config): Promise<void> {
  // an embedded LiveKit serves this machine's own browser only; elsewhere loopback would be the visitor's machine
  const embedded = config.loopback && !config.production ? ['ws://127.0.0.1:*', 'ws://localhost:*'] : []
  const livekit = config.LIVEKIT_URL ? livekitUrls(config.LIVEKIT_URL) : embedded
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", ...livekit],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity:
      config.loopback && !config.production ? false : { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'same-origin' },
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('permissions-policy', 'camera=(self), microphone=(self), geolocation=(), payment=()')
    const address = addressOf(request)
    if (!address.startsWith('/api') && !address.startsWith('/fhir')) return
    // a patient's data is kept by no browser; what is open to all may be kept where it has an ETag to ask again with
    const open = request.routeOptions.config.access === 'public' && reply.hasHeader('etag')
    if (!open) reply.header('cache-control', 'no-store')
    else if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache')
  })
  app.addHook('onRequest', refuseForeignWrites(config))
}
