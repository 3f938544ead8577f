import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { castStaffMember, demoPersonId } from '../apps/server/src/modules/identity/index.ts'
import { facilityIdOf } from '../apps/server/src/modules/facilities/index.ts'
import { percentile } from './harness/percentile.ts'
import { openThrowAwayApp } from './harness/throw-away-app.ts'

/**
 * Request submitted → the duty doctor's page knows: over the real server, HTTP and sockets on loopback. The peer in the
 * same run is a page that asks every second what rings, as pages without a socket do. Budget (house §8): ≤ 300 ms p95.
 */
const requests = Math.max(200, Number(process.argv[2] ?? 200))
const pollMs = 1000
/**
 * Asking for the peer from this many pages at once, each begun at another moment, gives each request several samples.
 */
const pollers = 4

const doctor = demoPersonId(castStaffMember('districtSpecialist').key)
const station = facilityIdOf('kt-tyt-po-y')

type Json = Record<string, unknown>

class Person {
  readonly base: string
  #cookie = ''
  constructor(base: string) {
    this.base = base
  }
  get cookie(): string {
    return this.#cookie
  }
  async send(method: string, path: string, body?: Json): Promise<Json> {
    const answer = await fetch(this.base + path, {
      method,
      headers: { 'x-moinha': '1', 'content-type': 'application/json', origin: this.base, cookie: this.#cookie },
      ...(body && { body: JSON.stringify(body) }),
    })
    const set = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    if (set) this.#cookie = set
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Json
  }
}

async function enter(base: string, key: string): Promise<Person> {
  const person = new Person(base)
  await person.send('POST', '/api/demo/enter', { key })
  return person
}

/** An encounter with a written request, ready to be submitted. */
async function writeRequest(nurse: Person, encounterId: string): Promise<string> {
  const id = randomUUID()
  await nurse.send('PUT', `/api/consults/${id}`, {
    encounterId,
    specialty: 'internal',
    urgency: 'urgent',
    questions: ['Có cần chuyển tuyến không?'],
    history: '',
    treatment: '',
    allergies: '',
    diagnosis: '',
    icd10: '',
    patientInformed: { at: new Date().toISOString(), how: 'in_person' },
  })
  return id
}

async function openEncounter(nurse: Person): Promise<string> {
  const [patient, encounter] = [randomUUID(), randomUUID()]
  await nurse.send('POST', '/api/patients', {
    id: patient,
    facilityId: station,
    fullName: 'Y Blui',
    sex: 'female',
    birthDate: '1961-02-03',
    force: true,
  })
  await nurse.send('POST', '/api/encounters', {
    id: encounter,
    patientId: patient,
    facilityId: station,
    remoteMode: 'IN_PERSON',
    reason: '',
  })
  return encounter
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** When a page that polls every second would have known: one page, asking on its own beat. */
async function poll(page: Person, offsetMs: number, seen: Map<string, number[]>, going: () => boolean): Promise<void> {
  await pause(offsetMs)
  const known = new Set<string>()
  while (going()) {
    const from = performance.now()
    const { items } = (await page.send('GET', '/api/consults/ringing')) as { items: { id: string }[] }
    for (const { id } of items) {
      if (!known.has(id)) seen.set(id, [...(seen.get(id) ?? []), performance.now()])
      known.add(id)
    }
    await pause(Math.max(0, pollMs - (performance.now() - from)))
  }
}

const app = await openThrowAwayApp()
await app.start()
await app.app.listen({ host: '127.0.0.1', port: 0 })
const base = `http://127.0.0.1:${(app.app.server.address() as AddressInfo).port}`
const [nurse, specialist] = [await enter(base, 'nurse'), await enter(base, 'districtSpecialist')]
const socket: Socket = io(base, {
  extraHeaders: { cookie: specialist.cookie, origin: base },
  transports: ['websocket'],
})
await new Promise<void>((done, failed) => socket.once('connect', done).once('connect_error', failed))
const rung = new Map<string, (at: number) => void>()
socket.on('consult.ringing', ({ consultId }: { consultId: string }) => rung.get(consultId)?.(performance.now()))

const encounterId = await openEncounter(nurse)
const [pushed, answered, submittedAt] = [[] as number[], [] as number[], new Map<string, number>()]
const seen = new Map<string, number[]>()
let running = true
const pages = Array.from({ length: pollers }, (_, at) => poll(specialist, (pollMs / pollers) * at, seen, () => running))
await pause(300)
for (let index = 0; index < requests + 10; index += 1) {
  const id = await writeRequest(nurse, encounterId)
  const heard = new Promise<number>((done) => rung.set(id, done))
  const from = performance.now()
  const reply = nurse.send('POST', `/api/consults/${id}/submit`, {}).then(() => performance.now())
  const at = await Promise.race([heard, pause(10_000).then(() => Number.NaN)])
  const answeredAt = await reply
  // the first few warm the caches
  if (index >= 10) {
    pushed.push(at - from)
    answered.push(answeredAt - from)
    submittedAt.set(id, from)
  }
  // left ringing long enough that every polling page has asked once
  if (index % 8 === 7) await pause(pollMs + 100)
  if (index >= 8) rung.delete(id)
}
await pause(pollMs + 200)
running = false
await Promise.all(pages)
socket.disconnect()

const polled = [...submittedAt].flatMap(([id, from]) => (seen.get(id) ?? []).map((at) => at - from))
const line = (name: string, samples: readonly number[]): string =>
  `${name.padEnd(38)} p50 ${percentile(samples, 0.5).toFixed(1).padStart(7)} ms   p95 ${percentile(samples, 0.95).toFixed(1).padStart(7)} ms   n ${samples.length}`
console.log(
  `\nRequest submitted → the duty doctor's page knows (doctor ${doctor.slice(0, 8)}, loopback, one process)\n`,
)
console.log(line('socket', pushed))
console.log(line('peer: page that polls every second', polled))
console.log(line('submit answered to the station', answered))
const ratio = (share: number): string => (percentile(polled, share) / percentile(pushed, share)).toFixed(1)
console.log(
  `\nThe socket is ${ratio(0.5)}× sooner at p50 and ${ratio(0.95)}× at p95. Lost rings: ${pushed.filter(Number.isNaN).length}. Budget 300 ms p95: ${percentile(pushed, 0.95) <= 300 ? 'kept' : 'MISSED'}`,
)
await app.stop()
