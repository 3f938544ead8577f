import type { FastifyInstance } from 'fastify'
import type { Clock } from './clock/clock.ts'
import type { Config } from './config/config.ts'
import type { Db } from './db/database.ts'
import type { Transact } from './db/work.ts'
import type { Events } from './events/events.ts'
import type { Files } from './files/files.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Log } from './log/log.ts'
import type { Processes } from './processes/processes.ts'
import type { Live } from './realtime/live.ts'
import type { Declaring, Registries } from './registries/registries.ts'

/** One line of `/health`, e.g. which video engine is in use. */
export interface HealthPart {
  name: string
  embedded: boolean
  detail?: string
}

/** Where a media server listens, and the keys its tokens are signed with. */
export interface MediaAddress {
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
}

/** A media server beside this process, handed in by whoever starts it. */
export interface MediaServer {
  /** `address` is null while there is none; the same object as long as the same server runs. */
  state(): { readonly address: MediaAddress | null; readonly detail: string }
  /** Called once the page answers: looks for one, or builds it. It tells `eventsUrl` who came and went. */
  start(eventsUrl?: string): Promise<void>
  /** Hears of every change of `state`, at once. */
  onChange(listener: () => void): void
  stop(): Promise<void>
}

/** What the platform lends a module while it sets itself up. */
export interface Platform {
  config: Config
  clock: Clock
  log: Log
  /** The application role's pool. Rows of patients stay invisible outside `transact`. */
  db: Db
  transact: Transact
  events: Events
  /** What all modules declared: kinds, reasons, subjects. */
  registries: Registries
  jobs: Jobs
  live: Live
  /** Photos, documents, recordings: what a module keeps by the id of a file. */
  files: Files
  /** Those who share this database; what a dead one left is cleared through it. */
  processes: Processes
  /** Absent where nobody handed one in. */
  mediaServer?: MediaServer | undefined
  /** Parts that report on themselves at `/health`. */
  health: (() => HealthPart | Promise<HealthPart>)[]
  /** Runs when the server closes, last registered first. */
  onClose(close: () => Promise<void>): void
}

/** A view or a list of codes that modules above may read in their own SQL. */
export interface Published {
  /** `schema.name`. */
  name: `${string}.${string}`
  /** What the owner promises by it. */
  why: string
}

/** A module's front: `app.ts` is the only list of them. Each room is given only if the module has it. */
export interface ServerModule extends Declaring {
  /** What of its schema others may read. Everything else is asked through functions of its `index.ts`. */
  publishes?: readonly Published[]
  /** HTTP, in an encapsulated Fastify plugin of its own. */
  routes?(app: FastifyInstance, platform: Platform): void | Promise<void>
  /** Job handlers and listeners to events of modules below. */
  jobs?(platform: Platform): void
  /** Socket events. */
  live?(platform: Platform): void
  /**
   * What every installation of this demo network needs: units, people, roles. Also the ground of the action tests; runs
   * once.
   */
  seed?(platform: Platform): Promise<void>
  /** Volume for the demo: past and coming days. Runs once a day the demo is started. */
  seedDemo?(platform: Platform): Promise<void>
}
