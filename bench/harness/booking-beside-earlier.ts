import { freeSlots, freeTimesOf } from '@moinha/contracts/scheduling'
import pg from 'pg'
import { makeCrowd, type CrowdMember } from '../../apps/server/src/platform/testing/make-crowd.ts'
import type { LoadResult } from '../load/send-load.ts'
import { load, shots, type Target } from './booking-shots.ts'
import { cpuPerAnswer, readCpuTime, type CpuTime } from './cpu-time.ts'
import { percentile } from './percentile.ts'
import { startPair, type RunningBuild } from './saved-build.ts'

export interface Plan {
  atOnce: number
  citizens: number
  /** Bookings of different times. */
  spread: number
  /** People who ask for few times at once. */
  rushPeople: number
  rushSlots: number
  rounds: number
}

interface Round {
  perSecond: number
  p95: number
  booked: number
  failed: number
  cpu: CpuTime
}

const path = '/api/appointments'
const clear =
  'truncate scheduling.appointment_history, scheduling.waitlist_refusal, scheduling.waitlist_entry, scheduling.appointment'

async function freeTimes({ port }: RunningBuild, owner: pg.Pool): Promise<Target[]> {
  const { rows } = await owner.query<{ id: string }>(
    'select distinct facility_id as id from scheduling.working_hours order by 1',
  )
  const found = await Promise.all(
    rows.map(async ({ id: facilityId }) => {
      const reply = await fetch(`http://127.0.0.1:${port}/api/facilities/${facilityId}/slots?days=31&kind=in_person`)
      return timesOf(facilityId, await reply.json())
    }),
  )
  return found.flat().sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
}

/** Earlier builds told free times as a list of slots. */
function timesOf(facilityId: string, answer: unknown): Target[] {
  const { items } = answer as { items?: { practitionerId: string; start: string }[] }
  return (items ?? freeTimesOf(freeSlots.reply.parse(answer))).map(({ practitionerId, start }) => ({
    ...{ facilityId, practitionerId, start },
  }))
}

class Side {
  readonly build: RunningBuild
  readonly owner: pg.Pool
  crowd: CrowdMember[] = []
  free: Target[] = []
  readonly seen = new Map<string, Round[]>()

  constructor(build: RunningBuild) {
    this.build = build
    this.owner = new pg.Pool({ connectionString: build.ownerUrl, max: 2 })
  }

  async prepare({ citizens }: Plan): Promise<void> {
    this.crowd = await makeCrowd(this.owner, citizens, this.build.secret)
    this.free = await freeTimes(this.build, this.owner)
  }

  async fire(name: string, some: readonly Target[], atOnce: number, counted = true): Promise<void> {
    await this.owner.query(clear)
    const before = await readCpuTime(this.owner, this.build.pid)
    const result = await load({ port: this.build.port, atOnce, shots: shots(path, some, this.crowd) })
    const cpu = cpuPerAnswer(before, await readCpuTime(this.owner, this.build.pid), result.latencies.length)
    if (counted) this.seen.set(name, [...(this.seen.get(name) ?? []), roundOf(result, cpu)])
  }
}

function roundOf({ latencies, seconds, statuses }: LoadResult, cpu: CpuTime): Round {
  const booked = statuses['200'] ?? 0
  const failed = latencies.length - booked - (statuses['409'] ?? 0) - (statuses['422'] ?? 0)
  return { perSecond: latencies.length / seconds, p95: percentile(latencies, 0.95), booked, failed, cpu }
}

const median = (rounds: readonly Round[], of: (round: Round) => number) => percentile(rounds.map(of), 0.5)

function print(name: string, ours: Side, theirs: Side): void {
  const [now, then] = [ours.seen.get(name) ?? [], theirs.seen.get(name) ?? []]
  const perSecond = (round: Round) => round.perSecond
  const cpu = (round: Round) => round.cpu.server + round.cpu.database
  const cells = (rounds: readonly Round[]) => [
    median(rounds, perSecond).toFixed(0),
    median(rounds, (round) => round.p95).toFixed(0),
    median(rounds, (round) => round.booked),
    median(rounds, (round) => round.failed),
    median(rounds, (round) => round.cpu.server).toFixed(2),
    median(rounds, (round) => round.cpu.database).toFixed(2),
  ]
  const row = (rounds: readonly Round[]) =>
    cells(rounds)
      .map((cell) => String(cell).padStart(9))
      .join('')
  console.log(`${`present: ${name}`.padEnd(34)}${row(now)}`)
  console.log(`${`earlier: ${name}`.padEnd(34)}${row(then)}`)
  const times = (median(now, perSecond) / median(then, perSecond)).toFixed(2)
  console.log(
    `${'ratio'.padEnd(34)}${times}× as many, ${(median(now, cpu) / median(then, cpu)).toFixed(2)}× the processor\n`,
  )
}

const rushOf = ({ rushPeople, rushSlots }: Plan) => `${rushPeople} people, ${rushSlots} times`

async function fireInTurn(ours: Side, theirs: Side, plan: Plan): Promise<void> {
  const sides = [ours, theirs]
  for (const side of sides) await side.prepare(plan)
  // both ask for the same times, whatever shape their lists of free slots have
  for (const side of sides) if (side.free.length === 0) side.free = (side === ours ? theirs : ours).free
  for (const side of sides) await side.fire('warm-up', side.free.slice(-300), plan.atOnce, false)
  for (let round = 0; round < plan.rounds; round++) {
    for (const side of sides) {
      await side.fire('each their own time', side.free.slice(0, plan.spread), plan.atOnce)
      const few = side.free.slice(4_000, 4_000 + plan.rushSlots)
      const rush = Array.from({ length: plan.rushPeople }, (_, index) => few[index % few.length]).filter((one) => !!one)
      await side.fire(rushOf(plan), rush, plan.atOnce)
    }
  }
}

/**
 * Bookings of the present sources and of an earlier commit, each a server process of its own, in turn in the same run.
 */
export async function besideEarlier(plan: Plan): Promise<void> {
  const sides = (await startPair()).map((build) => new Side(build))
  const [ours, theirs] = sides
  try {
    if (!ours || !theirs) return
    await fireInTurn(ours, theirs, plan)
    console.log(`\n${plan.atOnce} at once, ${plan.rounds} rounds in turn, medians; earlier: ${theirs.build.name}\n`)
    console.log(
      `${''.padEnd(34)}${['per s', 'p95 ms', 'booked', 'failed', 'cpu app', 'cpu db'].map((head) => head.padStart(9)).join('')}`,
    )
    for (const name of ['each their own time', rushOf(plan)]) print(name, ours, theirs)
    for (const { build } of sides) console.log(`${build.name}: at most ${build.memory().peakMb} MB`)
  } finally {
    for (const side of sides) {
      await side.owner.end()
      await side.build.stop()
    }
  }
}
