import compress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { constants } from 'node:zlib'
import { CodedError, platformErrors } from '../errors/coded-error.ts'
import { addressOf } from './address.ts'
import { languageOf } from './language.ts'
import { countWide } from './rate-limits.ts'
import { servedPages, type ServedPageParts } from './served-pages.ts'

/** A tenth fewer bytes than what is otherwise preferred, for two milliseconds of ours: a good trade on a weak line. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
const pageOptions = { compress: { encodings: ['br', 'gzip'] satisfies ('br' | 'gzip')[] } }

/** Files lie beside their smallest forms, made when the web was built. */
const staticOptions = { index: false, redirect: false, preCompressed: true, setHeaders: cacheHeaders } as const

/**
 * Serves the two built entries: staff under /work, the citizen's everywhere else. The citizen's public pages come with
 * their content. Unknown /api paths stay 404 problems.
 */
export async function addPages(app: FastifyInstance, parts: ServedPageParts): Promise<void> {
  const { webDist } = parts
  await app.register(compress, { global: true, threshold: 1024, brotliOptions })
  const roots = ['citizen', 'staff'].map((name) => join(webDist, name)).filter((dir) => existsSync(dir))
  if (roots.length > 0) {
    await app.register(fastifyStatic, { root: roots, ...staticOptions })
  }
  const emptyPage = (reply: FastifyReply, entry: 'citizen' | 'staff') =>
    reply
      .header('cache-control', 'no-cache')
      .sendFile(entry === 'staff' ? 'staff.html' : 'index.html', join(webDist, entry))
  const served = await servedPages(app, parts)
  const citizenPage = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!served) return emptyPage(reply, 'citizen')
    try {
      return await served.answer(request, reply)
    } catch (error) {
      // without content a page still works: the browser draws it
      request.log.error({ err: error, page: request.routeOptions.url }, 'page comes without content')
      return emptyPage(reply, 'citizen')
    }
  }
  // own routes, ahead of a look at the disk; a directory is not a file to send
  if (roots.length > 0) for (const path of served?.paths ?? ['/']) app.get(path, pageOptions, calmly(citizenPage))
  const unknownPage = calmly(async (request, reply) =>
    /^\/work(\/|$)/.test(addressOf(request)) ? emptyPage(reply, 'staff') : citizenPage(request, reply),
  )
  app.setNotFoundHandler(async (request, reply) => {
    const address = addressOf(request)
    const page =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !address.startsWith('/api') &&
      !address.startsWith('/fhir/') &&
      !address.startsWith('/assets') &&
      roots.length > 0
    if (page) return unknownPage(request, reply)
    await countWide(request, reply)
    throw platformErrors.NOT_FOUND()
  })
}

type Page = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** A page counts in the wide net, and who asks too often is told so in words: no screen is there to say it. */
function calmly(page: Page): Page {
  return async (request, reply) => {
    try {
      await countWide(request, reply)
    } catch (error) {
      if (!(error instanceof CodedError) || error.status !== 429) throw error
      const seconds = Number(error.params?.['retryAfterSeconds'])
      const text =
        languageOf(request.headers) === 'en'
          ? `Too many requests. Please try again in ${seconds} seconds.`
          : `Có quá nhiều lượt truy cập. Vui lòng thử lại sau ${seconds} giây.`
      return reply
        .code(429)
        .headers({ 'retry-after': seconds, 'cache-control': 'no-store' })
        .type('text/plain; charset=utf-8')
        .send(text)
    }
    return page(request, reply)
  }
}

function cacheHeaders(reply: FastifyReply, path: string): void {
  reply.header('cache-control', /[/\\]assets/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
}
