import { accessSync, constants } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { StartRefused } from '../errors/start-refused.ts'

const flag = z.stringbool().default(false)

/** The media servers that `LIVEKIT_URL` names, with commas between them. */
export const livekitUrls = (text: string): string[] =>
  text
    .split(',')
    .map((url) => url.trim())
    .filter((url) => url !== '')

const isReadable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
/** A file looked for at the start: what a second host lacks is said there, not when somebody needs it. */
const readableFile = z
  .string()
  .refine(isAbsolute, 'an absolute path')
  .refine(isReadable, 'a file that the server’s user can read')

const Env = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: z.url().optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).optional(),
  REQUEST_SECONDS: z.coerce.number().min(1).max(3600).default(120),
  HEADERS_SECONDS: z.coerce.number().min(1).max(600).default(20),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  DATA_DIR: z.string().default('.data'),
  DEMO: flag,
  DATABASE_URL: z.url().optional(),
  APP_DATABASE_URL: z.url().optional(),
  AUTH_DATABASE_URL: z.url().optional(),
  // two: a demo's day holds one connection while the modules load through others
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20),
  REDIS_URL: z.url().optional(),
  AUTH_SECRET: z.string().min(32).optional(),
  FILES_KEY: z.string().min(32).optional(),
  FILES_OLD_KEYS: z.string().optional(),
  AUDIT_SIGNING_KEY: z.string().optional(),
  AUDIT_HEADS: z.string().optional(),
  AUDIT_OLD_PUBLIC_KEYS: z.string().optional(),
  REQUIRE_TOTP: z.stringbool().optional(),
  SMS_URL: z.url().optional(),
  SMS_TOKEN: z.string().optional(),
  SIGNING_URL: z.url().optional(),
  SIGNING_TOKEN: z.string().optional(),
  SIGNING_ROOTS: readableFile.optional(),
  SIGNING_TSA_URL: z.url().optional(),
  PRESCRIPTION_URL: z.url().optional(),
  PRESCRIPTION_ACCOUNTS: readableFile.optional(),
  LIVEKIT: z.enum(['auto', 'off']).default('auto'),
  LIVEKIT_URL: z
    .string()
    .refine((text) => livekitUrls(text).every((url) => z.url().safeParse(url).success), 'invalid URL')
    .optional(),
  LIVEKIT_API_KEY: z.string().optional(),
  LIVEKIT_API_SECRET: z.string().optional(),
  LIVEKIT_SERVER: z.string().optional(),
  LIVEKIT_EGRESS: z.string().refine(isAbsolute, 'an absolute path').optional(),
  ICE_SERVERS: z.string().optional(),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  ROLE: z.enum(['both', 'web', 'worker']).default('both'),
})

export interface Config extends z.infer<typeof Env> {
  production: boolean
  loopback: boolean
  /** How many proxies of ours stand in front; their word on the caller’s address is taken, nobody else’s. */
  proxies: number
  /** Where Prometheus finds the figures; undefined: beside the pages, at `/metrics`. */
  metricsPort: number | undefined
  rootDir: string
}

/** The usual one of a Prometheus exporter beside a server. Source: OpenTelemetry specification, Prometheus exporter. */
const metricsDefaultPort = 9464

const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost'])

/** What production never starts without, and what it is. */
const required = {
  DATABASE_URL: 'tài khoản chủ của cơ sở dữ liệu · the login that owns the database',
  APP_DATABASE_URL: 'tài khoản không sở hữu gì · a role that owns nothing',
  PUBLIC_URL: 'địa chỉ người dùng mở · the address people use, https://…',
  TRUST_PROXY: 'số máy chủ trung gian đứng trước · how many of your proxies stand in front; 0 where none does',
  AUDIT_SIGNING_KEY: 'npm run audit -- key',
  AUTH_SECRET: 'ít nhất 32 ký tự · 32 characters or more',
} as const

/** A random secret of 32 characters never has so few different ones: hexadecimal ones have 14 on average. */
const fewestDifferent = 8
const exampleWords = /example|change.?me|secret|password|moinha|throw-away/i

function refuseUnsafe(env: z.infer<typeof Env>): void {
  if (env.DEMO) throw new StartRefused('Bản chạy thật không nhận DEMO=1 · DEMO=1 is refused with NODE_ENV=production')
  for (const [name, meaning] of Object.entries(required)) {
    if (env[name as keyof typeof required] === undefined || env[name as keyof typeof required] === '')
      throw new StartRefused(`Thiếu ${name} · production needs ${name} (${meaning})`)
  }
  const secret = env.AUTH_SECRET ?? ''
  if (new Set(secret).size < fewestDifferent || exampleWords.test(secret))
    throw new StartRefused(
      'AUTH_SECRET dễ đoán hoặc là mẫu, tạo cái khác · AUTH_SECRET can be guessed or is an example: openssl rand -hex 32',
    )
}

/** Names of what does not fit, never values. */
function parse(env: NodeJS.ProcessEnv): z.infer<typeof Env> {
  const parsed = Env.safeParse(env)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} (${message})`).join(', ')
  throw new StartRefused(`Thiết đặt sai · wrong settings: ${wrong}`)
}

/** Reads the environment once. Demo mode is refused in production and off loopback. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, rootDir = process.cwd()): Config {
  const parsed = parse(env)
  const production = parsed.NODE_ENV === 'production'
  const loopback = loopbackHosts.has(parsed.HOST)
  if (parsed.DEMO && !loopback)
    throw new StartRefused(
      `DEMO=1 chỉ mở trên chính máy này, HOST đang là ${parsed.HOST} · DEMO=1 listens on loopback only, HOST is ${parsed.HOST}`,
    )
  if (production) refuseUnsafe(parsed)
  const dataDir = isAbsolute(parsed.DATA_DIR) ? parsed.DATA_DIR : resolve(rootDir, parsed.DATA_DIR)
  const metricsPort = parsed.METRICS_PORT ?? (production ? metricsDefaultPort : undefined)
  return { ...parsed, DATA_DIR: dataDir, production, loopback, proxies: parsed.TRUST_PROXY ?? 0, metricsPort, rootDir }
}
