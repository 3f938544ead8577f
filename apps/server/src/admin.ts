import { modules } from './app.ts'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import {
  AdministratorInput,
  AdministratorRefused,
  firstSignInUrl,
  makeAdministrator,
  renewAdministratorLink,
  type FirstLink,
} from './modules/identity/index.ts'
import { systemActor } from './platform/access/actor.ts'
import { systemClock } from './platform/clock/clock.ts'
import { formatInstant } from './platform/clock/vietnam-time.ts'
import { readConfig, type Config } from './platform/config/config.ts'
import { openDatabase } from './platform/db/database.ts'
import { migrate } from './platform/db/migrate.ts'
import { openOwner } from './embedded/postgres/open-owner.ts'
import { createTransact, type Work } from './platform/db/work.ts'
import { Events } from './platform/events/events.ts'
import { Registries } from './platform/registries/registries.ts'
import { installQueue } from './platform/jobs/jobs.ts'
import { mayPass, whyNotStarted } from './why-not-started.ts'

/**
 * `npm run admin -- create`: one of the first two administrators, who get a link that works once; `link`: a new one for
 * whoever has not used theirs. It is the owner of the database who acts, never the server: no request can do this.
 */
const usage =
  'npm run admin -- create --name "Họ tên" --username ten.dang.nhap --unit "Sở Y tế …" [--phone 09…] | link --username ten.dang.nhap'

// As of the server itself (sysexits.h); a refusal by a rule is 1.
const REFUSED = 1
const TRY_AGAIN = 75
const CONFIG_ERROR = 78

const options = {
  name: { type: 'string' },
  username: { type: 'string' },
  phone: { type: 'string' },
  unit: { type: 'string' },
} as const

/** Wrong words on the command line. */
class Misused extends Error {}

function readTask(args: string[]): (work: Work) => Promise<FirstLink> {
  const { values, positionals } = parseOrExplain(args)
  const [command, ...more] = positionals
  if (more.length > 0 || !command) throw new Misused(usage)
  const words = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
  if (command === 'create') {
    const input = checked(AdministratorInput, words)
    return (work) => makeAdministrator(work, input)
  }
  if (command !== 'link') throw new Misused(usage)
  const { username } = checked(AdministratorInput.pick({ username: true }), words)
  return (work) => renewAdministratorLink(work, username)
}

function parseOrExplain(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new Misused(`${(error as Error).message.split('\n')[0] ?? ''} · ${usage}`)
  }
}

function checked<T>(schema: z.ZodType<T>, words: unknown): T {
  const { success, data, error } = schema.safeParse(words)
  if (success) return data
  const wrong = [...new Set(error.issues.map((issue) => `--${String(issue.path[0])}`))].join(', ')
  throw new Misused(`Thiếu hoặc sai: ${wrong} · missing or wrong: ${wrong}`)
}

/** Without an outside database this is the demo on a developer's machine. */
function config(): Config {
  try {
    return readConfig({ ...process.env, ...(!process.env['DATABASE_URL'] && { DEMO: '1' }) })
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined
    throw new Misused(issue ? `${issue.path.join('.')}: ${issue.message}` : (error as Error).message)
  }
}

async function run(settings: Config, task: (work: Work) => Promise<FirstLink>): Promise<FirstLink> {
  const access = await openOwner(settings)
  try {
    await installQueue(access.ownerUrl)
    await migrate(access.ownerUrl)
    const owner = openDatabase(access.ownerUrl, 1)
    try {
      const registries = new Registries(modules)
      const transact = createTransact({ db: owner.db, clock: systemClock, events: new Events(), registries })
      return await transact(systemActor, task, 'admin')
    } finally {
      await owner.close()
    }
  } finally {
    await access.close()
  }
}

function announce({ username, unit, code, expiresAt }: FirstLink, settings: Config): string {
  const base = settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`
  const until = formatInstant(expiresAt)
  return [
    `${username}${unit ? ` · ${unit}` : ''}`,
    `Liên kết dùng một lần, đến ${until} · works once, until ${until}:`,
    `  ${firstSignInUrl(base, code)}`,
  ].join('\n')
}

function codeOf(error: unknown): number {
  if (error instanceof AdministratorRefused) return REFUSED
  return mayPass(error) ? TRY_AGAIN : CONFIG_ERROR
}

/** In one line: what the server itself would say, where it is not a refusal of ours. */
function explain(error: unknown): string {
  if (error instanceof AdministratorRefused || error instanceof Misused) return error.message
  return whyNotStarted(error).split('\n')[0] ?? ''
}

try {
  const task = readTask(process.argv.slice(2))
  const settings = config()
  process.stdout.write(`${announce(await run(settings, task), settings)}\n`)
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = codeOf(error)
}
