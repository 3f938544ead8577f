export interface FieldProblem {
  path: string
  code: string
}

interface ProblemParts {
  status: number
  requestId?: string
  params?: Record<string, unknown>
  fields?: FieldProblem[]
}

/**
 * A refusal of the server, or of the network (`NETWORK_DOWN`); `code` is the key `error.<code>` of the dictionaries.
 */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly requestId: string | undefined
  readonly params: Record<string, unknown>
  readonly fields: readonly FieldProblem[]

  constructor(code: string, { status, requestId, params = {}, fields = [] }: ProblemParts) {
    super(code)
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.requestId = requestId
    this.params = params
    this.fields = fields
  }

  /** The code of the field at `path` (`body.phone` or `phone`), if it was refused. */
  field(path: string): string | undefined {
    return this.fields.find((one) => one.path === path || one.path.endsWith(`.${path}`))?.code
  }
}

export const isProblem = (error: unknown, code?: string): error is ApiProblem =>
  error instanceof ApiProblem && (code === undefined || error.code === code)

/** No line, a session that is renewed, too slow, too early, too many at once: of the moment, not of what was sent. */
const passing = new Set([0, 401, 408, 425, 429])

/** Would the same, sent again later, go through? */
export const passesByItself = ({ status }: ApiProblem): boolean => status >= 500 || passing.has(status)

/** Reads a refusal; a proxy that answers HTML becomes UNAVAILABLE. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => null)) as Partial<{
    code: string
    requestId: string
    params: Record<string, unknown>
    fields: FieldProblem[]
  }> | null
  return new ApiProblem(body?.code ?? 'UNAVAILABLE', {
    status: response.status,
    ...(body?.requestId && { requestId: body.requestId }),
    ...(body?.params && { params: body.params }),
    ...(body?.fields && { fields: body.fields }),
  })
}
