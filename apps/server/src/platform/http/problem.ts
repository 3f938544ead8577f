import type { Problem } from '@moinha/contracts/common'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { isDiskFull } from '../db/disk-watch.ts'
import { isUnavailable } from '../db/unavailable.ts'
import { CodedError, platformErrors } from '../errors/coded-error.ts'
import { challengeOf } from './bearer.ts'
import { fhirType, outcomeOf, speaksFhir } from './operation-outcome.ts'

/** When a page may try again after the database was away. */
const retryAfterSeconds = 5

/**
 * What a schema let pass and PostgreSQL cannot hold: a NUL in a text (22021, 22P05), a number or a day out of range
 * (22003, 22008).
 */
const unwritable = new Set(['22021', '22P05', '22003', '22008'])

/** Turns anything thrown into a coded refusal; what is unknown becomes INTERNAL without detail. */
export function toCodedError(error: unknown): CodedError {
  if (error instanceof CodedError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map((issue) => ({
      path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      code: issue.keyword,
    }))
    return platformErrors.INVALID_INPUT(undefined, fields)
  }
  if (unwritable.has((error as { code?: string }).code ?? '')) return platformErrors.INVALID_INPUT()
  const known = error as Partial<FastifyError> & { code?: string; statusCode?: number }
  if (known.statusCode === 413) return platformErrors.BODY_TOO_LARGE()
  if (known.statusCode === 415) return platformErrors.UNSUPPORTED_MEDIA()
  // a directory among the pages
  if (known.statusCode === 403 || known.statusCode === 404) return platformErrors.NOT_FOUND()
  if (known.statusCode === 400) return platformErrors.INVALID_INPUT()
  return databaseRefusal(error)
}

function databaseRefusal(error: unknown): CodedError {
  const { code } = error as { code?: string }
  if (code === '40001' || code === '40P01') return platformErrors.CHANGED_MEANWHILE()
  if (isDiskFull(error)) return platformErrors.DISK_FULL()
  return isUnavailable(error) || isStalePlan(error) ? platformErrors.UNAVAILABLE() : platformErrors.INTERNAL()
}

/**
 * A prepared statement whose columns a release has changed meanwhile (0A000 is also other things, so PostgreSQL's own
 * function is asked for; its sentence may be translated). The connection prepares it anew: asked again, it answers.
 */
function isStalePlan(error: unknown): boolean {
  const { code, routine } = error as { code?: string; routine?: string }
  return code === '0A000' && routine === 'RevalidateCachedQuery'
}

export function problemOf(error: CodedError, requestId: string): Problem {
  return {
    type: `urn:moinha:error:${error.code}`,
    title: error.code.toLowerCase().replaceAll('_', ' '),
    status: error.status,
    code: error.code,
    requestId,
    ...(error.params && { params: error.params }),
    ...(error.fields && { fields: error.fields }),
  }
}

/** The one error handler: problem JSON out, unknown errors logged with their stack but not shown. */
export async function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const coded = toCodedError(error)
  const route = request.routeOptions.url
  if (coded.status === 503) {
    // every request fails while the database is away: one line each, the reason without its stack
    // (a full disk has its one line from whoever watches it)
    if (coded.code !== 'DISK_FULL') request.log.warn({ reason: String(error), route }, 'not available now')
    reply.header('retry-after', retryAfterSeconds)
  } else if (coded.status >= 500) request.log.error({ err: error, route }, 'request failed')
  if (coded.status === 413) reply.header('connection', 'close') // the rest of the body is left unread
  if (coded.status === 429 && typeof coded.params?.['retryAfterSeconds'] === 'number')
    reply.header('retry-after', coded.params['retryAfterSeconds'])
  const challenge = challengeOf(request, coded)
  if (challenge) reply.header('www-authenticate', challenge)
  const fhir = speaksFhir(request)
  await reply
    .code(coded.status)
    .type(fhir ? fhirType : 'application/problem+json')
    .serializer(JSON.stringify)
    .send(fhir ? outcomeOf(coded, request.id) : problemOf(coded, request.id))
}
