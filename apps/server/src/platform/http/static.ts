import compress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { platformErrors } from '../errors/coded-error.ts'

/** Serves the two built entries: staff under /work, the citizen's everywhere else. Unknown /api paths stay 404 problems. */
export async function addPages(app: FastifyInstance, webDist: string): Promise<void> {
  await app.register(compress, { global: true, threshold: 1024 })
  const roots = ['citizen', 'staff'].map((name) => join(webDist, name)).filter((dir) => existsSync(dir))
  if (roots.length > 0) {
    await app.register(fastifyStatic, { root: roots, index: false, redirect: false, setHeaders: cacheHeaders })
  }
  if (roots.length > 0) {
    // a directory is not a file to send: the front page has its own route
    app.get('/', (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html', join(webDist, 'citizen')),
    )
  }
  app.setNotFoundHandler(async (request, reply) => {
    const page =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !request.url.startsWith('/api') &&
      !request.url.startsWith('/fhir/') &&
      !request.url.startsWith('/assets') &&
      roots.length > 0
    if (!page) throw platformErrors.NOT_FOUND()
    const staff = /^\/work(\/|\?|$)/.test(request.url)
    return reply
      .header('cache-control', 'no-cache')
      .sendFile(staff ? 'staff.html' : 'index.html', join(webDist, staff ? 'staff' : 'citizen'))
  })
}

function cacheHeaders(reply: FastifyReply, path: string): void {
  reply.header('cache-control', /[/\\]assets/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
}
