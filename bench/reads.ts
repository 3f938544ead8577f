import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from './harness/percentile.ts'
import { baseline, startPair, type RunningBuild } from './harness/saved-build.ts'
import { getRequest, type PlainOrder, type PlainResult } from './load/send-plain.ts'

/**
 * Reads that screens wait for, of the present sources and of an earlier commit, in turn in the same run: each build a
 * server process of its own with walls and access log on, real sessions, a PostgreSQL of its own (which does not wait
 * for the disk), the demo network. `npm run bench -- reads [seconds of a round] [rounds] [only this read]`.
 */
const atOnce = 50
const [secondsAsked, roundsAsked, only] = process.argv.slice(2)
const seconds = Number(secondsAsked ?? 3)
const rounds = Number(roundsAsked ?? 3)
const aims: Readonly<Record<string, number>> = {
  'one patient': 2_000,
  'one appointment': 2_000,
  'me, staff': 2_000,
  'me, citizen': 2_000,
  'day of a station': 1_500,
  'own appointments': 1_500,
  'week of free slots': 2_000,
  'the same, known': 2_000,
}

/** Different sessions of each person, so that nothing is gained by asking for the same one. */
const sessions = 20

interface Read {
  name: string
  path: string
  /** Of each session that asks. */
  headers: Record<string, string>[]
}

class Caller {
  readonly port: number
  cookie = ''

  constructor(port: number) {
    this.port = port
  }

  async enter(key: string): Promise<this> {
    const reply = await this.send('POST', '/api/demo/enter', { key })
    this.cookie = reply.headers
      .getSetCookie()
      .map((one) => one.split(';')[0] ?? '')
      .join('; ')
    return this
  }

  async json<T>(path: string, body?: object): Promise<T> {
    const reply = await this.send(body ? 'POST' : 'GET', path, body)
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}`)
    return (await reply.json()) as T
  }

  send(method: string, path: string, body?: object): Promise<Response> {
    const headers = { 'x-moinha': '1', cookie: this.cookie, ...(body && { 'content-type': 'application/json' }) }
    return fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
  }
}

async function readsOf(build: RunningBuild): Promise<Read[]> {
  const nurse = await new Caller(build.port).enter('nurse')
  const lan = await new Caller(build.port).enter('lan')
  // an earlier build names them as it did
  type Units = { facilityId: string }[]
  const me = await nurse.json<{ practitionerRoles?: Units; ['posts']?: Units }>('/api/identity/me')
  const patients = await nurse.json<{ items: { id: string }[] }>('/api/patients/search', { q: '' })
  const mine = await lan.json<{ items: { id: string }[] }>('/api/appointments/mine')
  const station = (me.practitionerRoles ?? me['posts'])?.[0]?.facilityId
  const [patient, appointment] = [patients.items[0]?.id, mine.items[0]?.id]
  if (!station || !patient || !appointment) throw new Error('the demo network is not there')
  const [staff, citizen] = [await cookiesOf(build, 'nurse'), await cookiesOf(build, 'lan')]
  const slots = `/api/facilities/${station}/slots?days=7`
  const etag = (await nurse.send('GET', slots)).headers.get('etag')
  return [
    { name: 'one patient', path: `/api/patients/${patient}`, headers: staff },
    { name: 'one appointment', path: `/api/appointments/${appointment}`, headers: citizen },
    { name: 'me, staff', path: '/api/identity/me', headers: staff },
    { name: 'me, citizen', path: '/api/identity/me', headers: citizen },
    { name: 'day of a station', path: `/api/facilities/${station}/appointments`, headers: staff },
    { name: 'own appointments', path: '/api/appointments/mine', headers: citizen },
    { name: 'week of free slots', path: slots, headers: [{}] },
    { name: 'the same, known', path: slots, headers: [etag ? { 'if-none-match': etag } : {}] },
  ].filter(({ name }) => !only || name.includes(only))
}

async function cookiesOf(build: RunningBuild, key: string): Promise<{ cookie: string }[]> {
  const cookies = []
  for (let count = 0; count < sessions; count++)
    cookies.push({ cookie: (await new Caller(build.port).enter(key)).cookie })
  return cookies
}

function load(order: PlainOrder): Promise<PlainResult> {
  const worker = new Worker(join(import.meta.dirname, 'load', 'send-plain.ts'), { workerData: order, execArgv: [] })
  return new Promise((done, failed) => worker.once('message', done).once('error', failed))
}

interface Round {
  perSecond: number
  p95: number
  bytes: number
  failed: number
}

async function round(build: RunningBuild, read: Read, length = seconds): Promise<Round> {
  const requests = read.headers.map((headers) => getRequest(read.path, headers))
  const {
    answers,
    seconds: took,
    latencies,
    statuses,
    bytes,
  } = await load({ port: build.port, atOnce, seconds: length, requests })
  const good = (statuses['200'] ?? 0) + (statuses['304'] ?? 0)
  // the access log is sealed behind the reads; what is left over must not weigh on the other's round
  await sleep(400)
  return { perSecond: answers / took, p95: percentile(latencies, 0.95), bytes, failed: answers - good }
}

const median = (all: readonly Round[], what: keyof Round) =>
  percentile(
    all.map((one) => one[what]),
    0.5,
  )

async function compare(present: RunningBuild, earlier: RunningBuild): Promise<void> {
  const [ours, theirs] = [await readsOf(present), await readsOf(earlier)]
  console.log(`\n${atOnce} at once, ${rounds} rounds of ${seconds} s in turn, medians; earlier: ${earlier.name}\n`)
  console.log('                          reads/s   p95 ms    bytes  failed |  earlier   p95 ms    bytes | ratio   aim')
  for (const [index, read] of ours.entries()) {
    const before = theirs[index]
    if (!before) continue
    const [now, then]: [Round[], Round[]] = [[], []]
    for (const [build, one] of [
      [present, read],
      [earlier, before],
    ] as const)
      await round(build, one, 1)
    for (let count = 0; count < rounds; count++) {
      now.push(await round(present, read))
      then.push(await round(earlier, before))
    }
    const cells = [
      median(now, 'perSecond').toFixed(0),
      median(now, 'p95').toFixed(0),
      median(now, 'bytes'),
      median(now, 'failed'),
    ]
    const beforeCells = [median(then, 'perSecond').toFixed(0), median(then, 'p95').toFixed(0), median(then, 'bytes')]
    const ratio = median(now, 'perSecond') / median(then, 'perSecond')
    const aim = aims[read.name] ?? 0
    const row = (all: (string | number)[]) => all.map((cell) => String(cell).padStart(9)).join('')
    const verdict = `${aim} ${median(now, 'perSecond') >= aim ? 'met' : 'MISSED'}`
    console.log(`${read.name.padEnd(24)}${row(cells)} |${row(beforeCells)} | ${ratio.toFixed(2)}×  ${verdict}`)
  }
  for (const { name, memory } of [present, earlier]) {
    const { nowMb, peakMb } = memory()
    console.log(
      `${name === 'present' ? '\n' : ''}memory of the process, ${name}: ${nowMb} MB after the load, ${peakMb} MB at most`,
    )
  }
}

const [present, earlier] = await startPair(baseline)
try {
  await compare(present, earlier)
} finally {
  await Promise.all([present.stop(), earlier.stop()])
}
