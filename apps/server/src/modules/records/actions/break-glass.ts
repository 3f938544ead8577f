import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { glassBroken } from '../domain/events.ts'
import { normaliseIdentifier } from '../domain/identifiers.ts'
import { emergencyHits, patientOr404 } from '../store/patients.ts'
import { makeHandle, takeHandle } from './emergency-handle.ts'
import { emergencyHours, grantAccess } from './grant-access.ts'

/**
 * Somebody's record in an emergency: only by a whole number or full name with birth date, masked, and each look is
 * written down. It answers a handle of this very search; the id comes with the broken glass.
 */
export async function breakGlassFind(
  work: Work,
  body: HandlerInput<typeof contract.breakGlassFind>['body'],
): Promise<HandlerReply<typeof contract.breakGlassFind>> {
  const found = await emergencyHits(
    work.tx,
    'identifier' in body
      ? { identifiers: [{ system: body.identifier.system, value: normaliseIdentifier(body.identifier.value) }] }
      : { fullName: body.fullName, birthDate: body.birthDate, identifiers: [] },
  )
  const items = []
  for (const { id, shown } of found) items.push({ handle: await makeHandle(work, id), ...shown })
  // also a search without a hit is written down: who tries names and numbers tries to look past the wall
  work.audit({
    action: 'records.breakGlassFind',
    subject: 'patient',
    patientIds: found.map(({ id }) => id),
    detail: { found: found.length },
  })
  return { items }
}

/**
 * Breaks the glass of somebody found by the actor a moment ago. The same sent again answers the same and opens nothing
 * anew.
 */
export async function breakGlassOf(
  work: Work,
  handle: string,
  reason: string,
): Promise<{ patientId: string; until: string }> {
  const { patientId, openUntil } = await takeHandle(work, handle)
  if (openUntil) return { patientId, until: openUntil.toISOString() }
  return { patientId, ...(await breakGlass(work, patientId, reason)) }
}

/**
 * Opens a record to one person for a day. The reason stays readable to the patient's units and in the log; the patient
 * and the heads of both units are told in the same transaction (`tell-of-broken-glass.ts`).
 */
async function breakGlass(work: Work, patientId: string, reason: string): Promise<{ until: string }> {
  const personId = work.actor.personId
  if (personId === null) throw platformErrors.NOT_ALLOWED()
  const patient = await asSystem(work, systemActor, (system) => patientOr404(system.tx, patientId))
  const until = new Date(work.now.getTime() + emergencyHours * 3_600_000)
  await grantAccess(work, { patientId, personId, reason: 'break_glass', note: reason, until })
  work.audit({
    action: 'records.breakGlass',
    subject: 'patient',
    subjectId: patientId,
    patientId,
    detail: { until: until.toISOString(), loud: true },
  })
  await work.emit(glassBroken, {
    patientId,
    personId,
    facilityIds: work.actor.clinicalFacilityIds,
    homeFacilityId: patient.home_facility_id,
    reason,
    at: work.now,
    until,
  })
  return { until: until.toISOString() }
}
