import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Db } from '../../../platform/db/database.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { endFamilyLink, findGuardian, findLink, linkFamily, takeGuardianCode } from '../../identity/index.ts'
import { recordsErrors } from '../errors.ts'
import { worksAt } from '../policy.ts'
import { patientOr404, type PatientRow } from '../store/patients.ts'
import { mayCorrect, relationshipsOf } from '../store/relationships.ts'

type Guardian = HandlerReply<typeof contract.linkGuardian>

/** Version of the sentence a station says before it links somebody: `records.guardian.say` of the screen. */
const deskConsentVersion = 'desk-2026-11-25'

/** The patient, for a unit that cares for them. */
async function ownPatient(work: Work, patientId: string): Promise<PatientRow> {
  const patient = await patientOr404(work.tx, patientId)
  if (!mayCorrect(work, await relationshipsOf(work, patientId))) throw platformErrors.NOT_ALLOWED()
  return patient
}

/** At a station's desk: the guardian is here (phone and code), a paper was looked at, and who had to agree did. */
export async function linkGuardian(
  work: Work,
  appDb: Db,
  patientId: string,
  body: HandlerInput<typeof contract.linkGuardian>['body'],
): Promise<Guardian> {
  const patient = await ownPatient(work, patientId)
  const { id, relation, paper, paperNote, dependantAgrees } = body
  const before = await asSystem(work, systemActor, ({ tx }) => findLink(tx, id))
  if (before) {
    if (before.dependant_id !== patientId || before.created_by !== work.actor.personId) throw platformErrors.ID_TAKEN()
    return guardianOf(work, patientId, id)
  }
  if (paper === 'other' && paperNote === '')
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'paperNote', code: 'INVALID_INPUT' }])
  const facilityId = unitOf(work, patient)
  const guardianId = await takeGuardianCode(work, appDb, body)
  await linkFamily(work, {
    id,
    guardianId,
    dependantId: patientId,
    relation,
    proof: 'paper',
    paper,
    paperNote,
    dependantAgrees,
    facilityId,
    consentVersion: deskConsentVersion,
  })
  work.audit({
    action: 'records.linkGuardian',
    subject: 'family_member',
    subjectId: id,
    patientId,
    facilityId,
    detail: { relation, paper },
  })
  return guardianOf(work, patientId, id)
}

/** The unit at whose desk it happens: the patient's own where one works there. */
function unitOf({ actor }: Work, { home_facility_id: home }: PatientRow): string | undefined {
  return home !== null && actor.clinicalFacilityIds.includes(home) ? home : actor.clinicalFacilityIds[0]
}

async function guardianOf(work: Work, patientId: string, linkId: string): Promise<Guardian> {
  const found = await asSystem(work, systemActor, ({ tx }) => findGuardian(tx, patientId, linkId))
  if (!found) throw platformErrors.NOT_FOUND()
  return found
}

/**
 * May the actor end that somebody acts for this patient? The home unit; where there is none, whoever may correct the
 * record.
 */
export function mayEndProxy(work: Work, patient: Pick<PatientRow, 'home_facility_id'>, mayEdit: boolean): boolean {
  return mayEdit && (patient.home_facility_id === null || worksAt(work.actor, patient.home_facility_id))
}

/** The home unit ends that somebody acts for its patient, and says why. */
export async function endProxy(work: Work, patientId: string, linkId: string, reason: string): Promise<void> {
  const patient = await ownPatient(work, patientId)
  if (!mayEndProxy(work, patient, true)) throw recordsErrors.GUARDIAN_OF_OTHER_UNIT()
  const link = await asSystem(work, systemActor, ({ tx }) => findLink(tx, linkId))
  if (link?.dependant_id !== patientId) throw platformErrors.NOT_FOUND()
  if (!(await endFamilyLink(work, linkId, reason))) return
  const facilityId = unitOf(work, patient)
  work.audit({ action: 'records.endProxy', subject: 'family_member', subjectId: linkId, patientId, facilityId })
}
