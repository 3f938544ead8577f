import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { currentGuardians } from '../../identity/index.ts'
import { documentLines } from '../store/documents.ts'
import { encounterLines } from '../store/encounters.ts'
import { identifiersOf, particularsOf, patientOr404, type PatientRow } from '../store/patients.ts'
import { unitNames } from '../store/people.ts'
import { mayCorrect, relationshipsOf } from '../store/relationships.ts'
import { mayEndProxy } from './link-guardian.ts'
import { mayOpenEncounters } from './open-encounter.ts'

/** Encounters on a patient's page before one asks for more. */
const firstEncounters = 30

/** A patient's page. */
export async function readPatient(work: Work, patientId: string): Promise<HandlerReply<typeof contract.readPatient>> {
  const page = await pageOf(work, patientId)
  const { row, identifiers, relationships, encounters, documents, guardians } = page
  const { home_facility_id: home } = row
  const elsewhere = home !== null && !page.ownUnits.has(home) ? await unitNames(work, [home]) : []
  const units = new Map([...page.ownUnits, ...elsewhere])
  work.audit({
    action: 'records.readPatient',
    subject: 'patient',
    subjectId: patientId,
    patientId,
    detail: { through: relationships.filter((one) => one.mine).map((one) => one.reason) },
  })
  const edit = mayCorrect(work, relationships)
  const writes = page.opens ? work.actor.clinicalFacilityIds : []
  return {
    patient: patientView(row, units),
    identifiers,
    relationships,
    documents,
    encounters: encounters.map(({ line }) => line),
    guardians,
    may: {
      edit,
      endProxy: mayEndProxy(work, row, edit),
      openAt: writes.map((facilityId) => ({ facilityId, name: units.get(facilityId) ?? '' })),
    },
  }
}

/**
 * All that the page shows, asked at once: whoever may not see the patient is answered nothing of it. What the actor
 * asks stands before what the system does, so that the database is told twice who acts.
 */
async function pageOf(work: Work, patientId: string) {
  const [row, ownUnits, identifiers, encounters, documents, relationships, guardians, opens] = await Promise.all([
    patientOr404(work.tx, patientId),
    unitNames(work, work.actor.clinicalFacilityIds),
    identifiersOf(work.tx, patientId),
    encounterLines(work.tx, { patientId, limit: firstEncounters }),
    documentLines(work.tx, { patientId }),
    relationshipsOf(work, patientId),
    asSystem(work, systemActor, ({ tx }) => currentGuardians(tx, patientId)),
    work.actor.can('encounter.write') ? mayOpenEncounters(work, patientId) : false,
  ])
  return { row, ownUnits, identifiers, relationships, encounters, documents, guardians, opens }
}

function patientView(row: PatientRow, units: Map<string, string>) {
  return {
    id: row.id,
    ...particularsOf(row),
    homeFacilityId: row.home_facility_id,
    homeFacilityName: row.home_facility_id ? (units.get(row.home_facility_id) ?? null) : null,
  }
}
