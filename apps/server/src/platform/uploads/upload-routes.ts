import { Id } from '@moinha/contracts/common'
import { Server } from '@tus/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { requireAccess } from '../access/require.ts'
import { auditRefusal } from '../http/audit-refusal.ts'
import { readCaller, requireTaken } from '../http/bearer.ts'
import { requireSamePerson, type AnyRoute } from '../http/serve.ts'
import type { CodedError } from '../errors/coded-error.ts'
import { platformErrors } from '../errors/coded-error.ts'
import type { Platform } from '../module.ts'
import { FileLocker } from './file-locker.ts'
import { TusStore } from './tus-store.ts'
import { Uploads, type Sender } from './uploads.ts'

const path = '/api/uploads'
const bytesType = 'application/offset+octet-stream'
const sweepSeconds = 1_800

/** What the walls before a handler know of the addresses of uploads; what may be sent is said by its purpose. */
const uploadRoute = {
  id: 'uploads.send',
  method: 'POST',
  path,
  permission: 'signed-in',
  summary: 'Send a file in pieces (tus 1.0.0)',
  sessionOnly: true,
  reply: z.undefined(),
} as const satisfies AnyRoute

/** One request: who sends, and why it was refused where our own rules did so. */
interface Exchange extends Sender {
  refusal?: Error
}

/** `POST /api/uploads`, `HEAD`, `PATCH` and `DELETE /api/uploads/<id>`: the tus protocol behind our own walls. */
export async function addUploads(app: FastifyInstance, platform: Platform): Promise<void> {
  const uploads = new Uploads(platform.files, platform.transact)
  const exchanges = new AsyncLocalStorage<Exchange>()
  const server = tusServer(platform, new TusStore(uploads, exchanges), exchanges)
  platform.files.registerJobs(platform.jobs)
  platform.jobs.sweep('half uploads', sweepSeconds, async () => {
    await uploads.sweep(platform.clock.now())
    await FileLocker.sweep(platform.db)
  })
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(bytesType, (_request, body, done) => done(null, body))
    scope.addContentTypeParser('*', (_request, _body, done) => done(platformErrors.UNSUPPORTED_MEDIA()))
    const handler = (request: FastifyRequest, reply: FastifyReply) =>
      exchange(app, { server, exchanges }, request, reply)
    const options = {
      schema: { hide: true },
      config: { access: 'signed-in', contract: uploadRoute },
      preParsing: async (request: FastifyRequest) => admit(app, request),
      handler,
    } as const
    scope.route({ method: 'POST', url: path, ...options })
    scope.route({ method: ['HEAD', 'PATCH', 'DELETE'], url: `${path}/:id`, ...options })
  })
}

function tusServer({ db }: Platform, datastore: TusStore, exchanges: AsyncLocalStorage<Exchange>): Server {
  return new Server({
    path,
    datastore,
    locker: new FileLocker(db),
    relativeLocation: true,
    allowedOrigins: () => false,
    lockDrainTimeout: 200,
    namingFunction: (_request, metadata) => idOf(metadata?.['id'] ?? undefined),
    getFileIdFromRequest: (_request, last) => idOf(last),
    onResponseError: (_request, error) => {
      const exchange = exchanges.getStore()
      if (exchange && error instanceof Error) exchange.refusal = error
      return undefined
    },
  })
}

function idOf(text: string | undefined): string {
  const { data } = Id.safeParse(text)
  if (!data) throw platformErrors.NOT_FOUND()
  return data
}

async function admit(app: FastifyInstance, request: FastifyRequest): Promise<void> {
  request.actor = await readCaller(app, uploadRoute, request)
  requireTaken(request.actor, uploadRoute)
  requireSamePerson(uploadRoute, request)
  requireAccess(request.actor, uploadRoute.permission)
}

interface TusParts {
  server: Server
  exchanges: AsyncLocalStorage<Exchange>
}

/** Hands the request to the protocol's server; what our own rules refuse leaves as every refusal does. */
async function exchange(
  app: FastifyInstance,
  { server, exchanges }: TusParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const own: Exchange = { actor: request.actor, requestId: request.id }
  const response = await exchanges.run(own, () => server.handleWeb(webRequest(request)))
  const refusal = own.refusal ?? refusalOf(response.status)
  if (refusal) {
    await auditRefusal(app, request, uploadRoute, refusal)
    throw refusal
  }
  for (const [name, value] of response.headers) if (!name.startsWith('access-control')) reply.header(name, value)
  return reply.code(response.status).send(response.status === 200 ? '' : undefined)
}

function webRequest(request: FastifyRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
  const body = request.body instanceof Readable ? request.body : undefined
  const url = new URL(request.url, 'http://uploads.invalid')
  const bodyPart = body && { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' as const }
  return new Request(url, { method: request.method, headers, ...bodyPart })
}

/** What the protocol itself refuses. */
function refusalOf(status: number): CodedError | undefined {
  if (status < 400) return undefined
  if (status === 409) return platformErrors.CHANGED_MEANWHILE()
  if (status === 413) return platformErrors.BODY_TOO_LARGE()
  if (status === 404 || status === 410) return platformErrors.NOT_FOUND()
  // 501: an extension of the protocol that is not spoken here
  return status < 500 || status === 501 ? platformErrors.INVALID_INPUT() : platformErrors.INTERNAL()
}
