import * as contract from '@moinha/contracts/prescriptions'
import {
  finishEncounter,
  openEncounter,
  readEncounter,
  saveEncounter,
  type Disposition,
  type RemoteMode,
} from '@moinha/contracts/records'
import { randomUUID } from 'node:crypto'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castCitizens, demoPersonId } from '../../identity/index.ts'

export const poY = facilityIdOf('kt-tyt-po-y')
export const lan = demoPersonId(castCitizens.lan.key)

/** What is typed of a line, the rest as it usually is. */
export type Typed = Partial<contract.LineTyped> & { medicineId: string }

/** A station where a doctor writes prescriptions. */
export class RxBed {
  readonly bed: TestBed
  readonly doctor: TestClient

  constructor(bed: TestBed, doctor: TestClient) {
    this.bed = bed
    this.doctor = doctor
  }

  static async open(bed: TestBed): Promise<RxBed> {
    return new RxBed(bed, await bed.as('stationDoctor'))
  }

  /** An encounter of the doctor with this primary diagnosis. */
  async encounter(remoteMode: RemoteMode = 'IN_PERSON', code = 'I10', patientId = lan): Promise<string> {
    const id = randomUUID()
    await this.doctor.call(openEncounter, { body: { id, patientId, facilityId: poY, remoteMode } })
    const { encounter } = await this.doctor.call(readEncounter, { params: { id } })
    const changes = { conclusion: 'Đã khám', diagnoses: [{ code, display: 'Bệnh thử' }] }
    await this.doctor.call(saveEncounter, { params: { id }, body: { version: encounter.version, changes } })
    return id
  }

  /** How its finishing is answered. */
  async tryFinish(id: string, disposition: Disposition) {
    const { encounter } = await this.doctor.call(readEncounter, { params: { id } })
    return this.doctor.try(finishEncounter, { params: { id }, body: { version: encounter.version, disposition } })
  }

  async finish(id: string): Promise<void> {
    const { problem } = await this.tryFinish(id, 'treatment')
    if (problem) throw new Error(problem.code)
  }

  /** The id of a medicine of the catalogue. */
  async medicine(code: string): Promise<string> {
    const { rows } = await this.bed.owner.query<{ id: string }>(
      'select id from prescriptions.medicine where code = $1',
      [code],
    )
    if (!rows[0]) throw new Error(`no medicine ${code}`)
    return rows[0].id
  }

  async line(code: string, over: Partial<Typed> = {}): Promise<Typed> {
    return { medicineId: await this.medicine(code), ...over }
  }

  body(encounterId: string, lines: readonly Typed[], over: object = {}) {
    const usual = { dose: '1', moments: ['morning' as const, 'evening' as const], days: 5 }
    return { id: randomUUID(), encounterId, lines: lines.map((line) => ({ ...usual, ...line })), ...over }
  }

  /** Writes it, overruling every warning; answers what came back. */
  async issue(body: ReturnType<RxBed['body']>) {
    const check = await this.doctor.try(contract.checkPrescription, { body })
    const findings = check.status === 200 ? check.body.findings : []
    const reasons = Object.fromEntries(findings.map(({ key }) => [key, 'Đã cân nhắc']))
    return this.doctor.try(contract.issuePrescription, { body: { ...body, reasons } })
  }

  /** A prescription of one medicine in a fresh encounter. */
  async written(remoteMode: RemoteMode = 'IN_PERSON', code = 'I10'): Promise<contract.Rx> {
    const encounterId = await this.encounter(remoteMode, code)
    const line = await this.line('albendazole-400-mg-vien-nhai', { moments: ['morning'], days: 2 })
    const answer = await this.issue(this.body(encounterId, [line]))
    if (answer.problem) throw new Error(answer.problem.code)
    return answer.body
  }
}
