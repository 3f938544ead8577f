import type * as contract from '@moinha/contracts/prescriptions'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { decimal } from '../../../platform/decimal/decimal.ts'
import { plainLines } from '../domain/plain-lines.ts'
import { prescriptionsErrors } from '../errors.ts'
import { worksAt } from '../policy.ts'
import { addGiven, findDispensing, insertDispensing, type GivenItem } from '../store/dispensing.ts'
import {
  byCodeAndYear,
  linesOf,
  lockPrescription,
  prescriptionOr404,
  type PrescriptionRow,
} from '../store/prescriptions.ts'

type GivenReply = HandlerReply<typeof contract.dispense>

interface HandingOut {
  id: string
  items: readonly GivenItem[]
  by: { facilityId: string } | { pharmacy: string }
}

/** The station hands out its own medicines; also what the national system did not acknowledge yet. */
export async function dispenseAtStation(
  work: Work,
  prescriptionId: string,
  body: HandlerInput<typeof contract.dispense>['body'],
): Promise<GivenReply> {
  const row = await prescriptionOr404(work.tx, prescriptionId)
  if (!worksAt(work.actor, row.facility_id)) throw platformErrors.NOT_ALLOWED()
  return handOut(work, row, { ...body, by: { facilityId: row.facility_id } })
}

/** A pharmacy writes back what it handed out; only of what counts as issued. */
export async function dispenseAtPharmacy(
  work: Work,
  { code, birthYear, id, pharmacy, items }: HandlerInput<typeof contract.dispenseAtPharmacy>['body'],
): Promise<GivenReply> {
  return handOut(work, await provenOr404(work, code, birthYear), { id, items, by: { pharmacy } })
}

/** A prescription by its code and the patient's year of birth: its medicines and nothing else. */
export async function openAtPharmacy(
  work: Work,
  { code, birthYear }: HandlerInput<typeof contract.openAtPharmacy>['body'],
): Promise<HandlerReply<typeof contract.openAtPharmacy>> {
  const row = await provenOr404(work, code, birthYear)
  const { patient_id: patientId, facility_id: facilityId, content } = row
  const lines = await asSystem(work, systemActor, ({ tx }) => linesOf(tx, [row.id]))
  work.audit({
    action: 'prescriptions.openAtPharmacy',
    subject: 'prescription',
    subjectId: row.id,
    patientId,
    facilityId,
  })
  return {
    code: row.code,
    kind: row.kind,
    facilityName: content.facility.name,
    prescriberName: content.prescriber.name,
    writtenAt: row.written_at.toISOString(),
    collectUntil: row.collect_until,
    open: opennessOf(row, localDateOf(work.now)),
    lines: plainLines(content, lines.get(row.id) ?? []),
  }
}

async function provenOr404(work: Work, code: string, birthYear: number): Promise<PrescriptionRow> {
  const row = await asSystem(work, systemActor, ({ tx }) => byCodeAndYear(tx, code.trim(), birthYear))
  if (!row) throw prescriptionsErrors.RX_UNKNOWN()
  return row
}

function opennessOf(row: PrescriptionRow, today: string) {
  if (row.replaced_at !== null) return 'replaced' as const
  if (row.withdrawn_at !== null) return 'withdrawn' as const
  if (row.state !== 'issued') return 'not_issued' as const
  return today > row.collect_until ? ('expired' as const) : ('open' as const)
}

/** Never more than was prescribed, whoever else hands out at the same moment; the same id twice is once. */
async function handOut(work: Work, { id: prescriptionId }: PrescriptionRow, out: HandingOut): Promise<GivenReply> {
  return asSystem(work, systemActor, async (system) => {
    const row = await lockPrescription(system.tx, prescriptionId)
    if (!row) throw platformErrors.NOT_FOUND()
    const known = await findDispensing(system.tx, out.id)
    if (known && known.prescription_id !== row.id) throw platformErrors.ID_TAKEN()
    if (!known) await keepGiven(work, system.tx, row, out)
    return { given: await givenOf(system.tx, row.id) }
  })
}

async function keepGiven(work: Work, tx: Tx, row: PrescriptionRow, { id, items, by }: HandingOut): Promise<void> {
  requireOpen(row, by, localDateOf(work.now))
  const own = 'facilityId' in by
  if (!areLines(items) || (await addGiven(tx, row.id, items)) < items.length)
    throw prescriptionsErrors.RX_TOO_MUCH({ left: await leftOf(tx, row.id) })
  const { patient_id: patientId, facility_id: facilityId } = row
  await insertDispensing(tx, {
    id,
    prescriptionId: row.id,
    patientId,
    facilityId: own ? by.facilityId : null,
    pharmacy: own ? null : by.pharmacy,
    givenBy: own ? work.actor.personId : null,
    items,
    at: work.now,
  })
  work.audit({ action: 'prescriptions.dispense', subject: 'prescription', subjectId: row.id, patientId, facilityId })
  await work.live(`facility:${facilityId}`, 'prescriptions.changed', { encounterId: row.encounter_id })
}

/** The station may give what nobody answered yet, within the days the paper holds; never what was refused. */
function requireOpen(row: PrescriptionRow, by: HandingOut['by'], today: string): void {
  const why = opennessOf(row, today)
  const early =
    why === 'not_issued' &&
    'facilityId' in by &&
    row.state === 'waiting' &&
    row.reply === null &&
    today <= row.collect_until
  if (why !== 'open' && !early) throw prescriptionsErrors.RX_NOT_OPEN({ why })
}

/** Each line once, each more than nothing. */
function areLines(items: readonly GivenItem[]): boolean {
  const positive = items.every((item) => decimal(item.quantity).gt(decimal('0')))
  return positive && new Set(items.map((item) => item.no)).size === items.length
}

async function givenOf(tx: Tx, id: string): Promise<GivenItem[]> {
  const lines = (await linesOf(tx, [id])).get(id) ?? []
  return lines.map(({ no, dispensed }) => ({ no, quantity: dispensed }))
}

async function leftOf(tx: Tx, id: string): Promise<GivenItem[]> {
  const lines = (await linesOf(tx, [id])).get(id) ?? []
  return lines.map(({ no, quantity, dispensed }) => ({
    no,
    quantity: decimal(quantity).minus(decimal(dispensed)).toFixed(),
  }))
}
