import pg from 'pg'
import {
  chainSource,
  declareRestore,
  headsDir,
  newSigningKey,
  openHeadLog,
  publicKeyPem,
  readOutside,
  signedInside,
  signingKey,
  trustedKeys,
  verifyChains,
  type Break,
  type RunQuery,
} from './modules/audit/index.ts'
import { systemClock } from './platform/clock/clock.ts'
import { readConfig, type Config } from './platform/config/config.ts'
import { openOwner } from './embedded/postgres/open-owner.ts'

/**
 * `npm run audit -- verify`: recomputes the whole access log and holds it against the signed heads outside the
 * database; the server may run or be stopped. `restored` says, signed, that the database was taken back to a moment.
 * `public-key` prints the key others verify with, `key` makes a new private one.
 */
const commands: Record<string, () => Promise<number>> = {
  verify,
  restored,
  'public-key': async () => say(publicKeyPem(config()).trimEnd()),
  key: async () => say(newSigningKey().trimEnd()),
}

function config(): Config {
  return readConfig({ ...process.env, ...(!process.env['DATABASE_URL'] && { DEMO: '1' }) })
}

function say(line: string, code = 0): number {
  process.stdout.write(`${line}\n`)
  return code
}

/** Runs on the database of this installation, and closes it. */
async function withDatabase<T>(settings: Config, use: (run: RunQuery) => Promise<T>): Promise<T> {
  const access = await openOwner(settings)
  const client = new pg.Client({ connectionString: access.ownerUrl })
  client.on('error', () => {})
  try {
    await client.connect()
    return await use(async (text, values) => (await client.query(text, [...values])).rows as unknown[])
  } finally {
    await client.end().catch(() => {})
    await access.close()
  }
}

function sayBroken(broken: readonly Break[]): void {
  for (const { chain, no, entryId, why } of broken)
    say(`BROKEN ${chain} row ${no}${entryId ? ` (audit.entry ${entryId})` : ''}: ${why}`)
}

async function verify(): Promise<number> {
  const settings = config()
  const log = openHeadLog(headsDir(settings))
  const keys = trustedKeys(settings)
  return withDatabase(settings, async (run) => {
    const verdict = await verifyChains(chainSource(run), () => readOutside(log, keys))
    sayBroken(verdict.broken)
    for (const { restoredTo, at } of (await readOutside(log, keys)).restores)
      say(`restored on ${at} to ${restoredTo}: what was sealed in between does not count`)
    const [waiting] = (await run('select count(*) as n from audit.entry where chain is null', [])) as { n: string }[]
    const found = `${verdict.rows} rows, ${verdict.reached.length} chains, ${verdict.heads} signed heads; ${waiting?.n ?? '?'} rows not sealed yet`
    return verdict.broken.length === 0 ? say(`ok: ${found}`) : say(`${verdict.broken.length} broken of ${found}`, 1)
  })
}

/** After a restore and before the server runs again: `restored 2026-11-25T00:30:00Z`. */
async function restored(): Promise<number> {
  const restoredTo = new Date(process.argv[3] ?? '')
  if (Number.isNaN(restoredTo.getTime()))
    return say('npm run audit -- restored 2026-11-25T00:30:00Z: thời điểm đã phục hồi về · the moment restored to', 2)
  const settings = config()
  const log = openHeadLog(headsDir(settings))
  const [key, keys] = [signingKey(settings), trustedKeys(settings)]
  return withDatabase(settings, async (run) => {
    const inside = await signedInside(run)
    const parts = { source: chainSource(run), signedInside: inside, log, key, keys }
    const { broken, setAside, broughtBack } = await declareRestore({ ...parts, restoredTo, now: systemClock.now() })
    sayBroken(broken)
    if (broken.length > 0) return say('không ghi gì · nothing was declared', 1)
    return say(`ok: restored to ${restoredTo.toISOString()}; ${setAside} heads set aside, ${broughtBack} brought back`)
  })
}

const command = commands[process.argv[2] ?? '']
if (!command) process.exit(say(`npm run audit -- ${Object.keys(commands).join(' | ')}`, process.argv[2] ? 2 : 0))
try {
  process.exit(await command())
} catch (error) {
  process.exit(say(error instanceof Error ? error.message : String(error), 2))
}
