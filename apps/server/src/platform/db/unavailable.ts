/** SQLSTATE classes of a database that is away, starting, stopping, full or too slow (PostgreSQL, appendix A). */
const sqlStates = /^(08...|53...|57P0[1235]|57014|25P03)$/
const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/** The driver's own words; it gives them no code. */
const driverWords =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|timeout expired/i

/** Did this fail because the database could not be reached or did not answer in time? Trying again later may help. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && (sqlStates.test(code) || systemCodes.has(code))) return true
  return driverWords.test(error.message) || isUnavailable(error.cause)
}
