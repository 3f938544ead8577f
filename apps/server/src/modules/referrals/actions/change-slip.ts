import type { Slip, TransferOutcome } from '@moinha/contracts/referrals'
import type { Updateable } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import { endAccess } from '../../records/index.ts'
import { refusalOf, type SlipAction } from '../domain/slip-states.ts'
import { referralsErrors } from '../errors.ts'
import { slipChanged } from '../events.ts'
import { requireSide } from '../policy.ts'
import { changeSlip, lockSlip, slipOr404 } from '../store/slips.ts'
import type { SlipRow, SlipTable } from '../store/tables.ts'
import { slipLine } from './show-slips.ts'

/** The patient is here. The slip is used once: of two arrivals one wins, the other is told when and where it was. */
export async function confirmArrival(work: Work, id: string, arrivalId: string): Promise<Slip> {
  const row = await heldSlip(work, id, 'arrive')
  // sent again by the same page
  if (row.arrival_id === arrivalId) return slipLine(work, row)
  await requirePossible(work, row, 'arrive')
  const arrived = {
    state: 'arrived' as const,
    arrival_id: arrivalId,
    arrived_at: work.now,
    arrived_by: work.actor.personId,
  }
  return applied(work, row, { ...arrived, note: '' })
}

/** The patient did not come so far. */
export async function noteNotArrived(work: Work, id: string, note: string): Promise<Slip> {
  const row = await heldSlip(work, id, 'notArrived')
  await requirePossible(work, row, 'notArrived')
  return applied(work, row, { state: 'not_arrived', note })
}

/** What became of the patient. From then on the record is open for a week of questions, as after a consult. */
export async function tellOutcome(work: Work, id: string, outcome: TransferOutcome, note: string): Promise<Slip> {
  const row = await heldSlip(work, id, 'tellOutcome')
  await requirePossible(work, row, 'tellOutcome')
  const line = await applied(work, row, { state: 'completed', outcome, note })
  await endAccess(work, { patientId: row.patient_id, subjectId: id, cause: 'done' })
  return line
}

/** Taken back by the unit that issued it; the other side sees the record no longer. */
export async function cancelSlip(work: Work, id: string, reason: string): Promise<Slip> {
  const row = await heldSlip(work, id, 'cancel')
  await requirePossible(work, row, 'cancel')
  const line = await applied(work, row, { state: 'cancelled', note: reason })
  await endAccess(work, { patientId: row.patient_id, subjectId: id, cause: 'cancelled' })
  return line
}

/** Seen by the actor, theirs to change, and held until the transaction ends. */
async function heldSlip(work: Work, id: string, action: SlipAction): Promise<SlipRow> {
  const seen = await slipOr404(work.tx, id)
  requireSide(work.actor, seen, action)
  return asSystem(work, systemActor, ({ tx }) => lockSlip(tx, id))
}

async function requirePossible(work: Work, row: SlipRow, action: SlipAction): Promise<void> {
  switch (refusalOf(row, action, localDateOf(work.now))) {
    case 'used': {
      const [unit] = await facilityCards(work.tx, [row.to_facility_id])
      throw referralsErrors.SLIP_USED({ at: row.arrived_at?.toISOString(), unit: unit?.shortName })
    }
    case 'expired':
      throw referralsErrors.SLIP_EXPIRED({ validUntil: row.valid_until })
    case 'cancelled':
      throw referralsErrors.SLIP_CANCELLED()
    case 'notArrived':
      throw referralsErrors.SLIP_NOT_ARRIVED()
    case 'completed':
      throw referralsErrors.SLIP_COMPLETED()
    case undefined:
      return
  }
}

async function applied(work: Work, row: SlipRow, change: Updateable<SlipTable>): Promise<Slip> {
  const by = { changed_at: work.now, changed_by: work.actor.personId ?? row.changed_by }
  const changed = await asSystem(work, systemActor, ({ tx }) => changeSlip(tx, row.id, { ...change, ...by }))
  work.audit({
    action: 'referrals.change',
    subject: 'referral',
    subjectId: row.id,
    patientId: row.patient_id,
    detail: { state: changed.state },
  })
  await notifySides(work, changed)
  return slipLine(work, changed)
}

/** Both units' open screens, and whoever counts. */
export async function notifySides(
  work: Work,
  row: Pick<SlipRow, 'id' | 'facility_id' | 'to_facility_id'>,
): Promise<void> {
  for (const unit of new Set([row.facility_id, row.to_facility_id]))
    await work.live(`facility:${unit}`, 'referrals.changed', { slipId: row.id })
  await work.emit(slipChanged, { slipId: row.id })
}
