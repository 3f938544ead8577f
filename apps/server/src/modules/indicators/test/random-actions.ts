import * as consult from '@moinha/contracts/consults'
import * as news from '@moinha/contracts/news'
import * as records from '@moinha/contracts/records'
import * as scheduling from '@moinha/contracts/scheduling'
import { randomUUID } from 'node:crypto'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'
import { consultRequest, minutesOf } from './consult-papers.ts'

const poY = facilityIdOf('kt-tyt-po-y')
const patientId = demoPersonId('cast/lan')
const modes = ['HEALTH_ADVICE', 'DIRECT_TO_PATIENT', 'VIA_RECEIVING_FACILITY', 'IN_PERSON', 'TELECONSULT'] as const
const halfHourMs = 1_800_000

/** Numbers that depend on the seed only (mulberry32). */
function drawFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

interface Crew {
  nurse: TestClient
  doctor: TestClient
  specialist: TestClient
  lan: TestClient
}

type Reply = { status: number; problem: { code: string } | undefined }

/**
 * A station's day in random order: each step is one real request, allowed or refused. Remembers what it opened, not
 * what became of it: acting on what is over is part of the play.
 */
export class RandomActions {
  readonly done = new Map<string, number>()
  readonly #crew: Crew
  readonly #draw: (below: number) => number
  readonly #firstSlot: number
  #slots = 0
  #encounters: string[] = []
  #consults: string[] = []
  #bookings: string[] = []
  #helps: string[] = []

  constructor(crew: Crew, draw: (below: number) => number, firstSlot: Date) {
    this.#crew = crew
    this.#draw = draw
    this.#firstSlot = firstSlot.getTime()
  }

  static async open(bed: TestBed, seed: number, firstSlot: Date): Promise<RandomActions> {
    const [nurse, doctor] = [await bed.as('nurse'), await bed.as('stationDoctor')]
    const [specialist, lan] = [await bed.as('districtSpecialist'), await bed.as('lan')]
    return new RandomActions({ nurse, doctor, specialist, lan }, drawFrom(seed), firstSlot)
  }

  /** One random step. */
  async step(): Promise<void> {
    const steps = this.#steps()
    const [name, step] = steps[this.#draw(steps.length)] ?? ['none', async () => undefined]
    const reply = await step()
    if (reply && reply.status >= 500) throw new Error(`${name} answered ${reply.status} ${reply.problem?.code}`)
    if (reply && reply.status < 300) this.done.set(name, (this.done.get(name) ?? 0) + 1)
  }

  #steps(): (readonly [string, () => Promise<Reply | undefined>])[] {
    const encounter = this.#pick(this.#encounters)
    const asked = this.#pick(this.#consults)
    const booking = this.#pick(this.#bookings)
    const help = this.#pick(this.#helps)
    return [
      ['open', () => this.#open()],
      ['book', () => this.#book()],
      ['help', () => this.#help()],
      ...(encounter === undefined ? [] : this.#onEncounter(encounter)),
      ...(asked === undefined ? [] : this.#onConsult(asked)),
      ...(booking === undefined ? [] : this.#onBooking(booking)),
      ...(help === undefined
        ? []
        : ([['helpBack', () => this.#crew.nurse.try(news.takeHelpBack, { params: { id: help } })]] as const)),
    ]
  }

  /** Rather something recent: old things are mostly over. */
  #pick(ids: readonly string[]): string | undefined {
    return ids[Math.max(0, ids.length - 1 - this.#draw(4))]
  }

  #staff(): TestClient {
    return this.#draw(2) === 0 ? this.#crew.nurse : this.#crew.doctor
  }

  #onEncounter(id: string): (readonly [string, () => Promise<Reply | undefined>])[] {
    return [
      ['write', () => this.#write(id)],
      ['finish', () => this.#finish(id)],
      ['finish', () => this.#finish(id)],
      ['correct', () => this.#correct(id)],
      ['correct', () => this.#correct(id)],
      ['takeBack', () => this.#cancel(id)],
      ['ask', () => this.#ask(id)],
    ]
  }

  #onConsult(id: string): (readonly [string, () => Promise<Reply | undefined>])[] {
    const { nurse, specialist } = this.#crew
    const params = { id }
    return [
      ['accept', () => specialist.try(consult.accept, { params })],
      ['return', () => specialist.try(consult.returnConsult, { params, body: { reason: 'Thiếu điện tim' } })],
      ['resubmit', () => nurse.try(consult.submit, { params, body: {} })],
      ['start', () => specialist.try(consult.start, { params })],
      ['withdraw', () => nurse.try(consult.cancel, { params, body: { reason: 'Người bệnh đã đỡ' } })],
      ['sign', () => this.#sign(id)],
      ['sign', () => this.#sign(id)],
      ['close', () => this.#close(id)],
    ]
  }

  #onBooking(id: string): (readonly [string, () => Promise<Reply | undefined>])[] {
    const { nurse, doctor } = this.#crew
    const params = { id }
    return [
      ['confirm', () => nurse.try(scheduling.confirmAppointment, { params })],
      ['begin', () => this.#begin(id)],
      ['cancel', () => doctor.try(scheduling.cancelAppointment, { params, body: { reason: 'Trạm họp' } })],
    ]
  }

  async #open(): Promise<Reply> {
    const id = randomUUID()
    const remoteMode = modes[this.#draw(modes.length)] ?? 'HEALTH_ADVICE'
    const reply = await this.#staff().try(records.openEncounter, {
      body: { id, patientId, facilityId: poY, remoteMode, reason: 'Đau đầu' },
    })
    if (reply.status < 300) this.#encounters.push(id)
    return reply
  }

  async #version(id: string): Promise<number> {
    return (await this.#crew.nurse.call(records.readEncounter, { params: { id } })).encounter.version
  }

  async #write(id: string): Promise<Reply> {
    const changes = {
      conclusion: 'Tăng huyết áp',
      diagnoses: [{ code: 'I10', display: 'Tăng huyết áp' }],
      referredUp: this.#draw(4) === 0,
    }
    return this.#staff().try(records.saveEncounter, {
      params: { id },
      body: { version: await this.#version(id), changes },
    })
  }

  async #finish(id: string): Promise<Reply> {
    if (this.#draw(4) > 0) await this.#write(id)
    const disposition = (['advice', 'referral', 'treatment'] as const)[this.#draw(3)] ?? 'advice'
    return this.#staff().try(records.finishEncounter, {
      params: { id },
      body: { version: await this.#version(id), disposition },
    })
  }

  async #correct(id: string): Promise<Reply> {
    const changes = this.#draw(3) === 0 ? { advice: 'Ăn nhạt' } : { referredUp: this.#draw(2) === 0 }
    const body = { version: await this.#version(id), reason: 'Ghi nhầm', changes }
    return this.#staff().try(records.correctEncounter, { params: { id }, body })
  }

  async #cancel(id: string): Promise<Reply> {
    return this.#staff().try(records.cancelEncounter, {
      params: { id },
      body: { version: await this.#version(id), reason: 'Mở nhầm' },
    })
  }

  async #ask(encounterId: string): Promise<Reply> {
    const id = randomUUID()
    const urgency = this.#draw(2) === 0 ? 'urgent' : 'scheduled'
    const draft = await this.#crew.nurse.try(consult.saveDraft, {
      params: { id },
      body: consultRequest(encounterId, urgency),
    })
    if (draft.status >= 300) return draft
    this.#consults.push(id)
    return this.#crew.nurse.try(consult.submit, { params: { id }, body: {} })
  }

  async #sign(id: string): Promise<Reply | undefined> {
    const { nurse, specialist } = this.#crew
    await specialist.try(consult.accept, { params: { id } })
    await specialist.try(consult.start, { params: { id } })
    const seen = await specialist.try(consult.get, { params: { id } })
    if (seen.status >= 300) return seen
    const minutesId = randomUUID()
    const params = { id, minutesId }
    const saved = await specialist.try(consult.saveMinutes, { params, body: minutesOf(seen.body) })
    if (saved.status >= 300) return saved
    const proposed = await specialist.try(consult.proposeMinutes, { params })
    if (proposed.status >= 300) return proposed
    const contentHash = proposed.body.minutes?.contentHash ?? ''
    await specialist.try(consult.signMinutes, { params, body: { contentHash } })
    if (this.#draw(5) === 0) return undefined // the requester signs another day
    return nurse.try(consult.signMinutes, { params, body: { contentHash, decision: 'accepts' } })
  }

  async #close(id: string): Promise<Reply> {
    const { nurse, specialist } = this.#crew
    await nurse.try(consult.reportPatientOutcome, { params: { id }, body: { code: 'improved', text: '' } })
    return specialist.try(consult.close, { params: { id } })
  }

  async #book(): Promise<Reply> {
    const id = randomUUID()
    const start = new Date(this.#firstSlot + (this.#slots++ % 12) * halfHourMs).toISOString()
    const body = {
      id,
      facilityId: poY,
      patientId,
      practitionerId: demoPersonId('cast/nurse'),
      start,
      kind: 'remote_advice' as const,
      reason: 'Đau đầu',
    }
    const reply = await this.#crew.lan.try(scheduling.bookAppointment, { body })
    if (reply.status < 300) this.#bookings.push(id)
    return reply
  }

  async #begin(id: string): Promise<Reply> {
    const encounterId = randomUUID()
    const reply = await this.#crew.nurse.try(scheduling.startAppointment, { params: { id }, body: { encounterId } })
    if (reply.status < 300) this.#encounters.push(reply.body.encounterId ?? encounterId)
    return reply
  }

  async #help(): Promise<Reply> {
    const id = randomUUID()
    this.#helps.push(id)
    return this.#crew.nurse.try(news.giveHelp, { body: { id, facilityId: poY, ageGroup: '30-44', sex: 'female' } })
  }
}
