import type { Route } from '@moinha/contracts/route'
import type { Upload, UploadPart } from '@moinha/contracts/upload'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { platformErrors } from '../errors/coded-error.ts'
import { addJsonParser } from './read-json.ts'

const multipart = 'multipart/form-data'
/** Is a body of this type handed on as it is, rather than parsed and judged by a schema? */
export const isUpload = (type: string): boolean => !/[/+]json$/.test(type)

/** Does the handler get the body as it is? Always where a signature over its bytes is judged. */
export const takesBytes = ({ consumes, signed }: Pick<Route, 'consumes' | 'signed'>): boolean =>
  signed === true || (consumes?.some(isUpload) ?? false)

/**
 * Takes exactly the route's media types in this scope and no other: JSON ones strictly parsed, the rest, and all that
 * is signed, as an `Upload`.
 */
export function acceptOnly(
  scope: FastifyInstance,
  { consumes = [], signed }: Pick<Route, 'consumes' | 'signed'>,
): void {
  scope.removeAllContentTypeParsers()
  const json = signed ? [] : consumes.filter((type) => !isUpload(type))
  if (json.length > 0) addJsonParser(scope, json)
  const others = consumes.filter((type) => !json.includes(type))
  if (others.length === 0) return
  const parse = (request: FastifyRequest, body: Buffer) => readUpload(request, body)
  scope.addContentTypeParser(others, { parseAs: 'buffer' }, parse)
  // nothing was sent at all: the handler says what is missing
  scope.addHook('preValidation', async (request) => {
    request.body ??= { type: '', bytes: new Uint8Array(), parts: [] } satisfies Upload
  })
}

async function readUpload(request: FastifyRequest, bytes: Buffer): Promise<Upload> {
  const header = request.headers['content-type'] ?? ''
  const type = header.split(';')[0]?.trim().toLowerCase() ?? ''
  return { type, bytes, parts: type === multipart ? await readParts(bytes, header) : [] }
}

/** The parts of a form, by the parser that Node brings along; the body's limit bounds them all together. */
async function readParts(bytes: Buffer, header: string): Promise<UploadPart[]> {
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': header } }).formData()
    return await Promise.all([...form].map(([name, value]) => partOf(name, value)))
  } catch {
    throw platformErrors.INVALID_INPUT()
  }
}

async function partOf(name: string, value: string | File): Promise<UploadPart> {
  if (typeof value === 'string') return { name, type: 'text/plain', bytes: Buffer.from(value) }
  return {
    name,
    fileName: value.name.normalize('NFC'),
    type: value.type,
    bytes: new Uint8Array(await value.arrayBuffer()),
  }
}
