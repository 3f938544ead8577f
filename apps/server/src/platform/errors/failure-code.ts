const code = /^[A-Za-z0-9_]{1,60}$/
const isCode = (value: unknown): value is string => typeof value === 'string' && code.test(value)

/**
 * What went wrong as a code (`ECONNREFUSED`, `23505`, `NOT_FOUND`, `TypeError`), to be kept and shown: the words of
 * an error may quote a row, and with it somebody.
 */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  const { code: own, cause } = error as Error & { code?: unknown }
  if (isCode(own)) return own
  if (cause instanceof Error && isCode((cause as { code?: unknown }).code))
    return (cause as Error & { code: string }).code
  return isCode(error.name) && error.name !== 'Error' ? error.name : 'UNKNOWN'
}
