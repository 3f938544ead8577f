import { createApp, modules } from './app.ts'
import { systemClock } from './platform/clock/clock.ts'
import { readConfig } from './platform/config/config.ts'
import { openDatabases } from './platform/db/open-databases.ts'
import { createLog } from './platform/log/log.ts'
import { seedDemoDays, seedNetwork } from './platform/seeding/seed-once.ts'

/**
 * `npm run seed -- <set>`: network (units, people, roles) or demo (that and the demo's days). What is there is left
 * alone.
 */
const sets = ['network', 'demo'] as const
const wanted = sets.find((set) => set === process.argv[2])

if (!wanted) {
  console.log(`npm run seed -- ${sets.join(' | ')}`)
  process.exit(process.argv[2] ? 1 : 0)
}
const config = readConfig({ DEMO: '1', ...process.env })
const databases = await openDatabases(config, console.log)
try {
  const app = await createApp({ config, clock: systemClock, log: createLog(config), ...databases })
  await seedNetwork(app.platform, modules)
  if (wanted === 'demo') await seedDemoDays(app.platform, modules)
  await app.close()
  console.log(`${wanted}: ok`)
} finally {
  await databases.stop()
}
