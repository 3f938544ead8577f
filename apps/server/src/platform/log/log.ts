import { pino, type Logger } from 'pino'
import type { Config } from '../config/config.ts'

export type Log = Logger

/**
 * error: someone must act · warn: recovered · info: one line per lifecycle change · debug: the rest.
 * Never a name, a phone number, an identifier of a person or clinical text.
 */
export function createLog(config: Pick<Config, 'LOG_LEVEL'>): Log {
  return pino({
    level: config.LOG_LEVEL,
    base: null,
    redact: { paths: ['req.headers.cookie', 'req.headers.authorization', 'req.body', 'res.headers["set-cookie"]'], remove: true },
  })
}
