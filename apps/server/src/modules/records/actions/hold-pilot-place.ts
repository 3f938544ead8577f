import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { recordsErrors } from '../errors.ts'
import { diagnosesOf, encounterOr404, type EncounterRow } from '../store/encounters.ts'
import { approvalsFor, givePlaceBack, takePlace } from '../store/pilots.ts'
import { gateFor } from './judge-ending.ts'

/**
 * A remote treatment outside the list takes a place of the unit's pilot approval; one that no longer rests on it gives
 * its place back. Called with the encounter as it was finished or corrected.
 */
export async function holdPilotPlace(work: Work, row: EncounterRow, primaryCode: string | undefined): Promise<void> {
  await asSystem(work, systemActor, (system) =>
    restsOnPilot(row) && primaryCode !== undefined
      ? hold(system, row, primaryCode)
      : givePlaceBack(system.tx, row.id, system.now),
  )
}

/**
 * The same for a prescription, which treats before the encounter has ended; ended otherwise, the place is given back.
 */
export async function holdPlaceForPrescription(work: Work, encounterId: string): Promise<void> {
  const row = await encounterOr404(work.tx, encounterId)
  const [primary] = await diagnosesOf(work.tx, encounterId)
  if (row.status !== 'in_progress' || primary === undefined) return
  const { reason } = await gateFor(work, row)
  if (reason === 'pilot') await asSystem(work, systemActor, (system) => hold(system, row, primary.code))
}

/** Advice and referral are open to everybody; examination counts where the list binds it. */
function restsOnPilot({ judged_as, disposition, gate_setting }: EncounterRow): boolean {
  const counts = disposition === 'treatment' || (disposition === 'examination' && gate_setting === 'examination')
  return judged_as === 'pilot' && counts
}

async function hold({ tx, now }: Work, row: EncounterRow, code: string): Promise<void> {
  const day = localDateOf(row.finished_at ?? now)
  const approvals = await approvalsFor(tx, { facilityId: row.facility_id, code, day, encounterId: row.id })
  const [first] = approvals
  if (first?.holds) return
  await givePlaceBack(tx, row.id, now)
  for (const { id: pilotId } of approvals) {
    if (!(await takePlace(tx, pilotId))) continue
    await tx
      .insertInto('records.pilot_use')
      .values({
        pilot_id: pilotId,
        encounter_id: row.id,
        patient_id: row.patient_id,
        taken_at: now,
        given_back_at: null,
      })
      .execute()
    return
  }
  throw recordsErrors.PILOT_QUOTA_FULL()
}
