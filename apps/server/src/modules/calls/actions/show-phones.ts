import type { Phone } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { behindSubjects } from '../../../platform/audit/subjects.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { personCards, practitionerRolesOf } from '../../identity/index.ts'
import { isPatientSide, isStaffOf } from '../policy.ts'
import { unitPhones } from '../store/unit-phones.ts'
import type { MemberRow } from '../store/visit-rows.ts'
import { requireJoinable } from './require-joinable.ts'

/**
 * Numbers for an ordinary telephone when no medium works: those that units show to everybody, and the patient's own for
 * the staff of this visit. Never a health worker's own.
 */
export async function showPhones(work: Work, visitId: string): Promise<Phone[]> {
  const { members } = await requireJoinable(work, visitId)
  const units = await unitNumbers(work, visitId, members)
  const patients = isStaffOf(work.actor, members) ? await patientNumbers(work, members.filter(isPatientSide)) : []
  work.audit({
    action: 'calls.showPhones',
    subject: 'visit',
    subjectId: visitId,
    patientIds: patients.map(({ personId }) => personId),
    detail: { patients: patients.length, units: units.length },
  })
  return [...patients.map(({ name, phone }) => ({ kind: 'patient' as const, name, phone })), ...units]
}

/** The unit the visit belongs to and those the staff in it work at; one's own unit one need not call. */
async function unitNumbers(work: Work, visitId: string, members: readonly MemberRow[]): Promise<Phone[]> {
  const staff = members.filter((member) => !isPatientSide(member)).map((member) => member.person_id)
  const behind = await behindSubjects(work, 'visit', [visitId])
  const roles = await asSystem(work, systemActor, ({ tx }) => practitionerRolesOf(tx, staff))
  const ids = [...behind.flatMap(({ facilityId }) => facilityId ?? []), ...roles.map((role) => role.facilityId)]
  const others = [...new Set(ids)].filter((id) => !work.actor.clinicalFacilityIds.includes(id))
  return (await unitPhones(work.tx, others)).map((unit) => ({ kind: 'unit' as const, ...unit }))
}

async function patientNumbers(work: Work, members: readonly MemberRow[]) {
  const ids = members.map((member) => member.person_id)
  const cards = await asSystem(work, systemActor, ({ tx }) => personCards(tx, ids))
  return cards.flatMap(({ id, fullName, phone }) => (phone === null ? [] : [{ personId: id, name: fullName, phone }]))
}
