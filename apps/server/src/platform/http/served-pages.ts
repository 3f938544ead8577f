import type { OpenPageServer, PageAsked, PageServer, ReadForPage, ServedDocument } from '@moinha/contracts/served-page'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Config } from '../config/config.ts'
import { languageOf } from './language.ts'

/** A page whose reads take longer comes without content, and the browser reads by itself. */
const patienceMs = 3_000
const retryAfterSeconds = 5

export interface ServedPageParts {
  config: Pick<Config, 'DEMO' | 'PUBLIC_URL'>
  webDist: string
  /** Undefined for whoever brings no session that was ever ours. */
  sessionKey(cookie: string): string | undefined
}

/** Where the web's build leaves what a served page is made of. */
const placesIn = (webDist: string) => ({
  page: join(webDist, 'citizen/index.html'),
  manifest: join(webDist, 'citizen/.vite/manifest.json'),
  renderer: join(webDist, 'citizen-server/.vite/manifest.json'),
})

type Manifest = Record<string, { file: string; isEntry?: boolean }>

const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest

/** Opens the page renderer that the web's build left beside its files; undefined where the web is not built. */
async function openPages({ config, webDist }: ServedPageParts): Promise<PageServer | undefined> {
  const places = placesIn(webDist)
  if (!Object.values(places).every((file) => existsSync(file))) return undefined
  const entry = Object.values(readManifest(places.renderer)).find(({ isEntry }) => isEntry)
  if (!entry) return undefined
  const code = pathToFileURL(join(webDist, 'citizen-server', entry.file)).href
  const { openPageServer } = (await import(code)) as { openPageServer: OpenPageServer }
  return openPageServer({
    template: readFileSync(places.page, 'utf8'),
    manifest: readManifest(places.manifest),
    readBuilt: (file) => readFileSync(join(webDist, 'citizen', file), 'utf8'),
    origin: config.PUBLIC_URL && new URL(config.PUBLIC_URL).origin,
  })
}

/** In development the pages are built anew beside the running server. */
function newestPages(parts: ServedPageParts, first: PageServer): () => Promise<PageServer> {
  if (!parts.config.DEMO) return () => Promise.resolve(first)
  const builtAt = (): number =>
    Math.max(
      ...Object.values(placesIn(parts.webDist)).map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0),
    )
  let opened = { at: builtAt(), pages: first }
  return async () => {
    const at = builtAt()
    // a build under way has taken its files away for a moment
    if (at !== opened.at) opened = { at, pages: (await openPages(parts).catch(() => undefined)) ?? opened.pages }
    return opened.pages
  }
}

/**
 * Reads through the contract's own routes, from this process to itself: same permissions, same limits of the visitor's
 * address, same reply schemas. No cookie goes along, so what comes back is what anybody may see.
 */
function readAsStranger(app: FastifyInstance, { headers, ip }: FastifyRequest): ReadForPage {
  const forwarded = headers['x-forwarded-host']
  return async (address) => {
    const answer = await app.inject({
      method: 'GET',
      url: address,
      remoteAddress: ip,
      headers: { host: headers.host ?? '', ...(forwarded && { 'x-forwarded-host': forwarded }) },
    })
    return { status: answer.statusCode, body: answer.json<unknown>() }
  }
}

function askedBy(request: FastifyRequest, { sessionKey }: ServedPageParts): PageAsked {
  const [path = '/', ...rest] = request.url.split('?')
  return {
    path,
    search: rest.length > 0 ? `?${rest.join('?')}` : '',
    hostname: request.hostname,
    language: languageOf(request.headers),
    someone: sessionKey(request.headers.cookie ?? '') !== undefined,
  }
}

const late = (ms: number): Promise<never> =>
  new Promise((_, fail) => setTimeout(() => fail(new Error('reads of the page took too long')), ms).unref())

const knownHashes = new Map<string, string>()

/** Content policy source of a style sheet; there are as many as built style sheets. */
function styleSource(style: string): string {
  const hash = knownHashes.get(style) ?? createHash('sha256').update(style).digest('base64')
  knownHashes.set(style, hash)
  return `'sha256-${hash}'`
}

/** The page's own styles are let in by their hashes, and nothing else that is inline. */
function admitStyles(reply: FastifyReply, styles: readonly string[]): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  const sources = ["style-src 'self'", ...styles.map(styleSource)].join(' ')
  if (policy) reply.header('content-security-policy', policy.replace("style-src 'self'", sources))
}

/**
 * The scripts are told in the head of the answer: a phone asks for them before the page itself is through, which on a
 * weak line is a quarter of a second.
 */
const preloads = (scripts: readonly string[]): string =>
  scripts.map((address) => `<${address}>; rel=modulepreload`).join(', ')

function send(request: FastifyRequest, reply: FastifyReply, document: ServedDocument): FastifyReply {
  const { status, html, styles, scripts } = document
  admitStyles(reply, styles)
  if (scripts.length > 0) reply.header('link', preloads(scripts))
  // weak: compression changes the bytes, not the page
  const etag = `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 27)}"`
  reply.headers({ etag, vary: 'Cookie', 'cache-control': status === 200 ? 'no-cache' : 'no-store' })
  if (status === 503) reply.header('retry-after', retryAfterSeconds)
  if (status === 200 && request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.code(status).type('text/html; charset=utf-8').send(html)
}

export interface ServedPages {
  paths: readonly string[]
  /** Answers with a whole page; rejects where that cannot be done in time. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>
}

/** Pages with their content, for the addresses of `paths` and for addresses nobody knows. */
export async function servedPages(app: FastifyInstance, parts: ServedPageParts): Promise<ServedPages | undefined> {
  const first = await openPages(parts)
  if (!first) return undefined
  const newest = newestPages(parts, first)
  return {
    paths: first.paths,
    async answer(request, reply) {
      const pages = await newest()
      const made = pages.serve(askedBy(request, parts), readAsStranger(app, request))
      return send(request, reply, await Promise.race([made, late(patienceMs)]))
    },
  }
}
