import { DetailedError, Upload } from 'tus-js-client'
import { ApiProblem, openedFor } from '../api/index.ts'
import type { KeptFile } from './kept-files.ts'

// Loaded when something is sent for the first time.

const address = '/api/uploads'
/** One piece is through in half a minute at 150 kbit/s; what a broken piece brought is kept by the server anyway. */
const pieceBytes = 524_288

export interface TusEvents {
  onProgress(sent: number): void
  onDone(): void
  /** `status` 0: the network. */
  onProblem(problem: ApiProblem): void
}

export interface TusUpload {
  start(): void
  /** Stops sending; the server keeps what came. `forGood` gives that up, too. */
  stop(forGood?: boolean): Promise<void>
}

/** One file on its way by tus; `begun` asks the server first how far it came. */
export function tusUpload(file: KeptFile, begun: boolean, events: TusEvents): TusUpload {
  const person = openedFor()
  const upload = new Upload(file.blob, {
    endpoint: address,
    ...(begun && { uploadUrl: `${address}/${file.id}` }),
    uploadDataDuringCreation: true,
    chunkSize: pieceBytes,
    // tries and pauses are ours: it is never given up
    retryDelays: null,
    storeFingerprintForResuming: false,
    headers: { 'x-moinha': '1', ...(person && { 'x-moinha-person': person }) },
    metadata: metadataOf(file),
    onProgress: (sent) => events.onProgress(sent),
    onSuccess: () => events.onDone(),
    onError: (error) => events.onProblem(problemOf(error)),
  })
  return { start: () => upload.start(), stop: (forGood = false) => upload.abort(forGood) }
}

/** The server's reader of metadata takes no empty value: what there is nothing to say of is left out. */
function metadataOf({ id, purpose, subjectId, name, blob, detail }: KeptFile): Record<string, string> {
  const type = blob.type.split(';')[0] ?? ''
  const said = { id, purpose, subject: subjectId, name, type, detail: JSON.stringify(detail) }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''))
}

function problemOf(error: Error): ApiProblem {
  const response = error instanceof DetailedError ? error.originalResponse : null
  if (!response || response.getStatus() === 0) return new ApiProblem('NETWORK_DOWN', { status: 0 })
  const said = parse(response.getBody())
  return new ApiProblem(said.code ?? 'UNAVAILABLE', {
    status: response.getStatus(),
    ...(said.params && { params: said.params }),
  })
}

function parse(body: string): { code?: string; params?: Record<string, unknown> } {
  try {
    return (JSON.parse(body) ?? {}) as { code?: string }
  } catch {
    return {}
  }
}
