import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bookAppointment, find, freeSlots, freeTimesOf } from '@moinha/contracts/scheduling'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { bookAppointment as book, type Booking } from '../apps/server/src/modules/scheduling/index.ts'
import { systemActor } from '../apps/server/src/platform/access/actor.ts'
import { asSystem, createTransact, type Work } from '../apps/server/src/platform/db/work.ts'
import { makeCrowd } from '../apps/server/src/platform/testing/make-crowd.ts'
import { TestClient } from '../apps/server/src/platform/testing/test-client.ts'
import type { LoadResult } from './load/send-load.ts'
import { cpuPerAnswer, readCpuTime, type CpuTime } from './harness/cpu-time.ts'
import { load, shots, type Target } from './harness/booking-shots.ts'
import { besideEarlier } from './harness/booking-beside-earlier.ts'
import { percentile } from './harness/percentile.ts'
import { openThrowAwayApp, type ThrowAwayApp } from './harness/throw-away-app.ts'

/**
 * Bookings per second of one app process, 50 at once, over HTTP with real sessions. The peer, in the same run: the same
 * work as check-then-insert in a serializable transaction, tried again when the database finds a conflict, without our
 * constraints.
 */
const atOnce = 50
// Enough that nobody needs more than the three bookings one may hold open.
const citizens = 700
const spread = 2_000
const rushPeople = 1_000
const rushSlots = 20
const aimPerSecond = 1_000
const peerPath = '/bench/check-then-insert'

interface Measured {
  name: string
  path: string
  result: LoadResult
  cpu: CpuTime
}

/** Tries again like every textbook on serializable transactions asks for. */
function addPeer(app: ThrowAwayApp): { retries: number } {
  const seen = { retries: 0 }
  const db = Object.create(app.platform.db) as typeof app.platform.db
  db.transaction = () => app.platform.db.transaction().setIsolationLevel('serializable')
  const transact = createTransact({
    db,
    clock: app.platform.clock,
    events: app.platform.events,
    registries: app.platform.registries,
  })
  ;(app.app as FastifyInstance).post(
    peerPath,
    { config: { access: 'public' } as never, schema: { body: bookAppointment.body } as never },
    async (request) => {
      const actor = await app.app.readActor(request.headers.cookie ?? '')
      const body = request.body as Booking
      for (let attempt = 0; ; attempt++) {
        try {
          return await transact(actor, (work) => checkThenBook(work, body))
        } catch (error) {
          if ((error as { code?: string }).code !== '40001' || attempt > 50) throw error
          seen.retries++
        }
      }
    },
  )
  return seen
}

async function checkThenBook(work: Work, body: Booking) {
  const taken = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('scheduling.appointment')
      .where('state', 'not in', ['cancelled', 'no_show', 'released'])
      .where((where) =>
        where.or([where('practitioner_id', '=', body.practitionerId), where('patient_id', '=', body.patientId)]),
      )
      .where('starts_at', '=', new Date(body.start))
      .select('id')
      .executeTakeFirst(),
  )
  // the start is moved out of the hours so that the refusal, too, costs what ours does: the nearest free times
  return book(work, taken ? { ...body, start: new Date(Date.parse(body.start) + 60_000).toISOString() } : body)
}

async function targets(app: ThrowAwayApp): Promise<Target[]> {
  const client = new TestClient(app.app)
  const { items } = await client.call(find, { query: { limit: 100 } })
  const stations = items.filter((item) => item.kind === 'facility')
  const found = await Promise.all(
    stations.map(async ({ facilityId }) => {
      const told = await client.call(freeSlots, { params: { facilityId }, query: { days: '31', kind: 'in_person' } })
      return freeTimesOf(told).map(({ practitionerId, start }) => ({ facilityId, practitionerId, start }))
    }),
  )
  return found.flat().sort((a, b) => (a.start < b.start ? -1 : 1))
}

const clear =
  'truncate scheduling.appointment_history, scheduling.waitlist_refusal, scheduling.waitlist_entry, scheduling.appointment'
/** What a check-then-insert design has instead of our exclusion constraints. */
const withoutConstraints = `alter table scheduling.appointment drop constraint worker_is_free, drop constraint patient_is_free`

async function measure(app: ThrowAwayApp, owner: pg.Pool): Promise<{ measured: Measured[]; retries: number }> {
  const peer = addPeer(app)
  await app.start()
  await app.app.listen({ host: '127.0.0.1', port: 0 })
  const port = (app.app.server.address() as { port: number }).port
  const crowd = await makeCrowd(
    owner,
    citizens,
    readFileSync(join(app.platform.config.DATA_DIR, 'secret'), 'utf8').trim(),
  )
  const free = await targets(app)
  const wide = free.slice(0, spread)
  const rush = Array.from({ length: rushPeople }, (_, index) => free[4_000 + (index % rushSlots)] as Target)
  const warmUp = free.slice(-300)
  const measured: Measured[] = []
  const run = async (name: string, path: string, some: Target[]): Promise<void> => {
    await owner.query(clear)
    await load({ port, atOnce, shots: shots(path, warmUp, crowd) })
    await owner.query(clear)
    const before = await readCpuTime(owner)
    const result = await load({ port, atOnce, shots: shots(path, some, crowd) })
    const cpu = cpuPerAnswer(before, await readCpuTime(owner), result.latencies.length)
    measured.push({ name, path, result, cpu })
  }
  await run('each their own time', bookAppointment.path, wide)
  await run(`${rushPeople} people, ${rushSlots} times`, bookAppointment.path, rush)
  await owner.query(withoutConstraints)
  await run('each their own time', peerPath, wide)
  await run(`${rushPeople} people, ${rushSlots} times`, peerPath, rush)
  return { measured, retries: peer.retries }
}

function print(measured: readonly Measured[], retries: number): void {
  const answered = ({ result }: Measured) => result.latencies.length / result.seconds
  console.log(`\n${atOnce} at once, one app process, PostgreSQL on the same machine\n`)
  console.log(
    '                              answers/s   booked   refused   failed   p50 ms   p95 ms  cpu app   cpu db   ratio',
  )
  for (const one of measured) {
    const { statuses, latencies } = one.result
    const booked = statuses['200'] ?? 0
    const refused = (statuses['409'] ?? 0) + (statuses['422'] ?? 0)
    const peer = measured.find((other) => other.name === one.name && other.path === peerPath)
    const cells = [
      answered(one).toFixed(0),
      booked,
      refused,
      latencies.length - booked - refused,
      percentile(latencies, 0.5).toFixed(0),
      percentile(latencies, 0.95).toFixed(0),
      one.cpu.server.toFixed(2),
      one.cpu.database.toFixed(2),
    ]
    const ratio = peer && one !== peer ? `${(answered(one) / answered(peer)).toFixed(2)}×` : ''
    console.log(
      `${`${one.path === peerPath ? 'peer' : 'ours'}: ${one.name}`.padEnd(28)}${cells.map((cell) => String(cell).padStart(10)).join('')}   ${ratio}`,
    )
  }
  const [ours] = measured
  console.log(`\nthe peer's transactions were tried again ${retries} times`)
  console.log(`aim ≥ ${aimPerSecond} bookings/s: ${ours && answered(ours) >= aimPerSecond ? 'met' : 'MISSED'}`)
}

async function besidePeer(): Promise<void> {
  const app = await openThrowAwayApp()
  const owner = new pg.Pool({ connectionString: app.ownerUrl, max: 2 })
  try {
    const { measured, retries } = await measure(app, owner)
    print(measured, retries)
  } finally {
    await owner.end()
    await app.stop()
  }
}

if (process.argv[2] !== 'peer') await besideEarlier({ atOnce, citizens, spread, rushPeople, rushSlots, rounds: 2 })
if (process.argv[2] !== 'earlier') await besidePeer()
