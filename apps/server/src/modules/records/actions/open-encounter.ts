import type { Disposition } from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { recordsErrors } from '../errors.ts'
import { treatsInPerson } from '../domain/gate.ts'
import { upperLevelChanged } from '../domain/events.ts'
import { diagnosesOf, encounterOr404, wasSentUp, type EncounterRow } from '../store/encounters.ts'
import { practitionerAt } from '../store/people.ts'
import type { RemoteMode } from '../store/tables.ts'
import { careReasons } from '../care-reasons.ts'
import { lentAccess, grantAccess, type LentBy } from './grant-access.ts'

export interface EncounterStart {
  id: string
  patientId: string
  facilityId: string
  practitionerId: string
  remoteMode: RemoteMode
  appointmentId?: string | null | undefined
  /** The room of a remote visit. */
  visitId?: string | null | undefined
  /** The patient of a remote visit is before the practitioner after all, and why. */
  presentReason?: string | undefined
  reason?: string | undefined
}

/** An encounter as other modules see it. */
export interface EncounterForModules {
  id: string
  patientId: string
  facilityId: string
  practitionerId: string
  remoteMode: RemoteMode
  status: 'in_progress' | 'finished' | 'cancelled'
  /** How it ended or is to end; null: not said yet. */
  disposition: Disposition | null
  appointmentId: string | null
  visitId: string | null
  complaint: string
  findings: string
  conclusion: string
  referredUp: boolean
  startedAt: Date
  version: number
  /** The first is the primary one. */
  diagnoses: { code: string; display: string }[]
}

async function factsOf(work: Work, row: EncounterRow): Promise<EncounterForModules> {
  return {
    id: row.id,
    patientId: row.patient_id,
    facilityId: row.facility_id,
    practitionerId: row.practitioner_id,
    remoteMode: row.remote_mode,
    status: row.status,
    disposition: row.disposition,
    appointmentId: row.appointment_id,
    visitId: row.visit_id,
    complaint: row.complaint,
    findings: row.findings,
    conclusion: row.conclusion,
    referredUp: wasSentUp(row),
    startedAt: row.started_at,
    version: row.version,
    diagnoses: await diagnosesOf(work.tx, row.id),
  }
}

/**
 * Begins an encounter; the caller's policy said yes. Twice is once: the same id, or the same appointment, answers the
 * encounter that is there. The unit may see the patient from now on because of it; for a
 * day only, where the actor sees the patient by an emergency (`grantAccess`); nobody new, where for a case they have.
 */
export async function openEncounter(work: Work, start: EncounterStart): Promise<EncounterForModules> {
  const letsUnitIn = await mayLetUnitIn(work, start.patientId)
  const inPerson = treatsInPerson(start.remoteMode)
  if (start.visitId && inPerson && !start.presentReason) throw recordsErrors.ENCOUNTER_PATIENT_NOT_PRESENT()
  const { fresh, facts } = await asSystem(work, systemActor, async (system) => {
    const fresh = await insertEncounter(system, start, work.actor.personId)
    return { fresh, facts: await factsOf(system, await startedEncounter(system, start)) }
  })
  // sent again: what it opened may have ended since
  if (!fresh && facts.id === start.id) return facts
  if (letsUnitIn) {
    const { patientId, facilityId } = start
    await grantAccess(work, { patientId, facilityId, reason: 'encounter', subjectId: facts.id })
  }
  work.audit({
    action: 'records.openEncounter',
    subject: 'encounter',
    subjectId: facts.id,
    patientId: start.patientId,
    facilityId: start.facilityId,
  })
  return facts
}

/** Nothing (false), where the id or the appointment has an encounter already. */
async function insertEncounter(system: Work, start: EncounterStart, openedBy: string | null): Promise<boolean> {
  const practitioner = await practitionerAt(system, start.practitionerId, start.facilityId)
  const { numInsertedOrUpdatedRows } = await system.tx
    .insertInto('records.encounter')
    .values({
      id: start.id,
      patient_id: start.patientId,
      facility_id: start.facilityId,
      practitioner_id: start.practitionerId,
      practitioner_name: practitioner.name,
      licence_no: practitioner.licenceNo,
      remote_mode: start.remoteMode,
      channel: treatsInPerson(start.remoteMode) ? 'in_person' : 'video',
      present_reason: start.presentReason ?? null,
      complaint: (start.reason ?? '').normalize('NFC'),
      appointment_id: start.appointmentId ?? null,
      visit_id: start.visitId ?? null,
      started_at: system.now,
      created_by: openedBy,
      updated_by: openedBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** The encounter that stands under this id or appointment; one of another patient or unit is not ours. */
async function startedEncounter({ tx }: Work, start: EncounterStart): Promise<EncounterRow> {
  const { id, appointmentId } = start
  const row = await tx
    .selectFrom('records.encounter')
    .selectAll()
    .where((is) => is.or([is('id', '=', id), ...(appointmentId ? [is('appointment_id', '=', appointmentId)] : [])]))
    // one begun at the desk and taken back is answered as it stands; an appointment begins no cancelled one
    .$if(Boolean(appointmentId), (query) => query.where('status', '<>', 'cancelled'))
    .executeTakeFirst()
  if (!row || row.patient_id !== start.patientId || row.facility_id !== start.facilityId)
    throw platformErrors.ID_TAKEN()
  return row
}

/**
 * Does an encounter of the actor open the record to their unit? Not where it was lent to them: who has the case writes
 * an encounter of their own and sees it as long as the case lets them; who is only asked opens none.
 */
async function mayLetUnitIn(work: Work, patientId: string): Promise<boolean> {
  const lent = await lentAccess(work, patientId)
  if (lent?.by !== 'case') return true
  if (await takesPartIn(work, lent.cases)) return false
  throw recordsErrors.CARE_BY_CONSULT_ONLY()
}

/** Each module is asked about its own cases. */
async function takesPartIn(work: Work, cases: readonly LentBy[]): Promise<boolean> {
  const { personId } = work.actor
  if (personId === null) return false
  return asSystem(work, systemActor, async (system) => {
    for (const { code, lentTo } of work.registries.of(careReasons)) {
      const ids = cases.filter((one) => one.reason === code).map((one) => one.subjectId)
      if (lentTo && ids.length > 0 && (await lentTo(system, ids, personId))) return true
    }
    return false
  })
}

/** May the actor open encounters of this patient at all? `openEncounter` asks the same. */
export async function mayOpenEncounters(work: Work, patientId: string): Promise<boolean> {
  const lent = await lentAccess(work, patientId)
  return lent?.by !== 'case' || takesPartIn(work, lent.cases)
}

/** The encounter, where the actor may see it; otherwise 404. */
export async function encounterFor(work: Work, id: string): Promise<EncounterForModules> {
  return factsOf(work, await encounterOr404(work.tx, id))
}

/** Ties an encounter to the visit whose calls belong to it. */
export async function linkVisit(work: Work, encounterId: string, visitId: string): Promise<void> {
  await asSystem(work, systemActor, ({ tx }) =>
    tx.updateTable('records.encounter').set({ visit_id: visitId }).where('id', '=', encounterId).execute(),
  )
}

/**
 * Whether a doctor of the upper level has a case of this encounter: the annex counts it apart from what the unit did by
 * itself.
 */
export async function noteUpperLevel(work: Work, encounterId: string, tookPart: boolean): Promise<void> {
  const changed = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .updateTable('records.encounter')
      .set({ upper_level_took_part: tookPart })
      .where('id', '=', encounterId)
      .where('upper_level_took_part', '<>', tookPart)
      .returning('id')
      .executeTakeFirst(),
  )
  if (changed) await work.emit(upperLevelChanged, { encounterId, tookPart })
}
