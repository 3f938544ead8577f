import { accessSync, constants, mkdirSync } from 'node:fs'
import { createApp, modules, type App } from './app.ts'
import { systemClock } from './platform/clock/clock.ts'
import { readConfig, type Config } from './platform/config/config.ts'
import { EmbeddedLivekit } from './embedded/livekit/embedded-livekit.ts'
import { openInstallation, type Installation } from './embedded/postgres/open-installation.ts'
import { StartRefused } from './platform/errors/start-refused.ts'
import { createLog } from './platform/log/log.ts'
import { seedDemoDays, seedNetwork } from './platform/seeding/seed-once.ts'
import { mayPass, whyNotStarted } from './why-not-started.ts'

// What whoever started us goes by (sysexits.h): try again later, or not before somebody changed something.
const TRY_AGAIN = 75
const CONFIG_ERROR = 78

async function boot(): Promise<void> {
  const config = readConfigOrEnd()
  const log = createLog(config)
  let databases: Installation | undefined
  let app: App | undefined
  let stopping: Promise<void> | undefined
  const stop = async (code: number) => {
    stopping ??= (async () => {
      await app?.close().catch((error: unknown) => log.error({ err: error }, 'closing failed'))
      await databases?.stop()
    })()
    await stopping
    process.exit(code)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  try {
    makeDataDir(config)
    databases = await openInstallation(config, console.log)
    void databases.ended.then(() => {
      if (!stopping) log.error('the database ended and does not come up again; stopping')
      return stop(1)
    })
    const mediaServer = new EmbeddedLivekit(config, log)
    app = await createApp({ config, clock: systemClock, log, mediaServer, ...databases })
    if (config.DEMO) await seedDemo(app)
    await app.start()
    await app.app.listen({ host: config.HOST, port: config.PORT })
    announce(config, app)
  } catch (error) {
    // asked to end on the way, everything is taken from under it
    if (!stopping) console.error(whyNotStarted(error))
    await stop(mayPass(error) ? TRY_AGAIN : CONFIG_ERROR)
  }
}

function readConfigOrEnd(): Config {
  try {
    return readConfig()
  } catch (error) {
    console.error(whyNotStarted(error))
    process.exit(CONFIG_ERROR)
  }
}

function makeDataDir({ DATA_DIR }: Config): void {
  try {
    mkdirSync(DATA_DIR, { recursive: true })
    accessSync(DATA_DIR, constants.W_OK)
  } catch (error) {
    const why = (error as { code?: string }).code ?? String(error)
    if (why === 'ENOSPC') throw error
    throw new StartRefused(
      `Không ghi được vào DATA_DIR=${DATA_DIR} (${why}) · DATA_DIR=${DATA_DIR} cannot be written (${why})`,
    )
  }
}

/** Before the door opens, so that nobody counts a half-loaded demo. */
async function seedDemo({ platform }: App): Promise<void> {
  await seedNetwork(platform, modules)
  await seedDemoDays(platform, modules)
}

function announce(config: Config, { app }: App): void {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.PORT
  console.log(`\n  Mọi Nhà  →  http://${config.HOST}:${port}\n`)
  if (!config.DEMO) return
  console.log(
    '  Dữ liệu minh họa · demo data. Trang đầu mở từng vai bằng một lần chạm; the front page opens each role with one tap.',
  )
  console.log(
    '  Nhân viên · staff: nurse.poy  doctor.poy  internal.ngochoi  cardio.kontum  admin.ngochoi  officer.syt …   mật khẩu · password: moinha-demo-2026',
  )
  console.log('  Người dân · citizens sign in by phone; the code shows at /demo/outbox.   Ctrl-C dừng · stops.\n')
}

await boot()
