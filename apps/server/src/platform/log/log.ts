import { pino, type DestinationStream, type Logger } from 'pino'
import type { Config } from '../config/config.ts'

export type Log = Logger

/** A name such as `scheduling.slot`, a code, a place in the source: no text that came from a person. */
function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, schema, table, column, constraint, severity } = error as Error & Record<string, unknown>
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
  // PostgreSQL quotes the values it refuses in message, detail and where; its driver says where it happened with the
  // rest
  if (severity !== undefined) return { type: error.name, code, schema, table, column, constraint, stack: frames }
  // a schema quotes what it was given
  if (error.name.endsWith('ZodError')) return { type: error.name, stack: frames }
  return { type: error.name, code, message: error.message, stack: frames }
}

/**
 * error: someone must act · warn: recovered · info: one line per lifecycle change · debug: the rest.
 * Never a name, a phone number, an identifier of a person or clinical text.
 */
export function createLog(config: Pick<Config, 'LOG_LEVEL'>, destination?: DestinationStream): Log {
  const options = {
    level: config.LOG_LEVEL,
    base: null,
    serializers: { err: errorForLog },
    redact: {
      paths: ['req.headers.cookie', 'req.headers.authorization', 'req.body', 'res.headers["set-cookie"]'],
      remove: true,
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
