import pg from 'pg'
import {
  chainSource,
  headsDir,
  newSigningKey,
  openHeadLog,
  publicKeyPem,
  trustedKeys,
  verifyChains,
} from './modules/audit/index.ts'
import { readConfig, type Config } from './platform/config/config.ts'
import { openOwner } from './platform/db/open-owner.ts'

/**
 * `npm run audit -- verify`: recomputes the whole access log and holds it against the signed heads outside the database; the server may run or be
 * stopped. `public-key` prints the key others verify with, `key` makes a new private one.
 */
const commands: Record<string, () => Promise<number>> = {
  verify,
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

async function verify(): Promise<number> {
  const settings = config()
  const log = openHeadLog(headsDir(settings))
  const keys = trustedKeys(settings)
  const door = await openOwner(settings)
  const client = new pg.Client({ connectionString: door.ownerUrl })
  client.on('error', () => {})
  try {
    await client.connect()
    const source = chainSource(async (text, values) => (await client.query(text, [...values])).rows as unknown[])
    const verdict = await verifyChains(source, async () => ({ ...(await log.read()), keys }))
    for (const { chain, no, entryId, why } of verdict.broken)
      say(`BROKEN ${chain} row ${no}${entryId ? ` (audit.entry ${entryId})` : ''}: ${why}`)
    const [waiting] = (await client.query<{ n: string }>('select count(*) as n from audit.entry where chain is null'))
      .rows
    const found = `${verdict.rows} rows, ${verdict.reached.length} chains, ${verdict.heads} signed heads; ${waiting?.n ?? '?'} rows not sealed yet`
    return verdict.broken.length === 0 ? say(`ok: ${found}`) : say(`${verdict.broken.length} broken of ${found}`, 1)
  } finally {
    await client.end().catch(() => {})
    await door.close()
  }
}

const command = commands[process.argv[2] ?? '']
if (!command) process.exit(say(`npm run audit -- ${Object.keys(commands).join(' | ')}`, process.argv[2] ? 2 : 0))
try {
  process.exit(await command())
} catch (error) {
  process.exit(say(error instanceof Error ? error.message : String(error), 2))
}
