/** A refusal a person can understand: `code` is the translation key `error.<code>` on every screen. */
export class CodedError extends Error {
  readonly code: string
  readonly status: number
  readonly params: Record<string, unknown> | undefined
  readonly fields: { path: string; code: string }[] | undefined

  constructor(
    code: string,
    status: number,
    params?: Record<string, unknown>,
    fields?: { path: string; code: string }[],
  ) {
    super(code)
    this.name = 'CodedError'
    this.code = code
    this.status = status
    this.params = params
    this.fields = fields
  }
}

type Factories<T extends Record<string, number>> = {
  [K in keyof T]: (params?: Record<string, unknown>, fields?: { path: string; code: string }[]) => CodedError
}

const known = new Map<string, number>()

/** One table per module: code → HTTP status. Codes are unique over the product. */
export function defineErrors<const T extends Record<string, number>>(table: T): Factories<T> {
  const factories: Record<string, unknown> = {}
  for (const [code, status] of Object.entries(table)) {
    if (known.has(code)) throw new Error(`error code ${code} is defined twice`)
    known.set(code, status)
    factories[code] = (params?: Record<string, unknown>, fields?: { path: string; code: string }[]) =>
      new CodedError(code, status, params, fields)
  }
  return factories as Factories<T>
}

/** The HTTP status of a code. */
export const statusOfCode = (code: string): number | undefined => known.get(code)

export const platformErrors = defineErrors({
  SIGN_IN_REQUIRED: 401,
  NOT_ALLOWED: 403,
  /** No token of ours. */
  TOKEN_WRONG: 401,
  /** A token that expired or was revoked; only who holds it hears so. */
  TOKEN_ENDED: 401,
  /** A token and a session in one request. */
  TWO_CREDENTIALS: 400,
  /** For a person's own session, not for a program. */
  SESSION_ONLY: 403,
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  TOO_MANY_REQUESTS: 429,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  FILE_READER_BUSY: 503,
  FILE_TAKES_TOO_LONG: 422,
  FILE_NEEDS_TOO_MUCH_MEMORY: 422,
  /** More pages or letters than a PDF is drawn of. */
  PAPER_TOO_LONG: 422,
  UPLOAD_EMPTY: 422,
  FILE_TOO_LARGE: 413,
  /** By its bytes it is nothing that is taken here, or something else than its sender says. */
  FILE_TYPE_REFUSED: 415,
  /** Somebody else's pieces of the same file are still coming in. */
  UPLOAD_BUSY: 423,
  /** Too many files begun and not finished. */
  UPLOADS_TOO_MANY: 429,
  /** The law, or a setting, keeps it longer. */
  FILE_RETAINED: 409,
  RANGE_REFUSED: 416,
  FOREIGN_ORIGIN: 403,
  HOST_UNKNOWN: 421,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  HEADERS_TOO_LARGE: 431,
  CHANGED_MEANWHILE: 409,
  /** The page was opened by somebody else than who is signed in in this browser now. */
  OTHER_PERSON_NOW: 409,
  ID_TAKEN: 409,
  /** `If-Match` names an older version. */
  PRECONDITION_FAILED: 412,
  /** The route wants to know on which version the write is based: `If-Match`. */
  PRECONDITION_REQUIRED: 428,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DISK_FULL: 503,
})
