import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { toE164 } from '../../identity/index.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { identifierWarnings, isWellFormed, normaliseIdentifier } from '../domain/identifiers.ts'
import { recordsErrors } from '../errors.ts'
import { worksAt } from '../policy.ts'
import { possibleDuplicates } from '../store/patients.ts'
import { writeIdentifier } from './add-identifier.ts'
import { startCare } from './keep-care-relationship.ts'

type Registration = HandlerInput<typeof contract.registerPatient>['body']

/** A station registers somebody who came, with or without phone and account. */
export async function registerPatient(work: Work, body: Registration): Promise<{ id: string; warnings: string[] }> {
  if (!worksAt(work.actor, body.facilityId)) throw platformErrors.NOT_ALLOWED()
  const phone = body.phone === null ? null : toE164(body.phone)
  const identifiers = body.identifiers.map(({ system, value }) => ({ system, value: normaliseIdentifier(value) }))
  const malformed = identifiers.findIndex(({ system, value }) => !isWellFormed(system, value))
  if (malformed >= 0) throw recordsErrors.IDENTIFIER_INVALID(undefined, [{ path: `identifiers.${malformed}.value`, code: 'IDENTIFIER_INVALID' }])
  const warnings = identifiers.flatMap(({ system, value }) => identifierWarnings(system, value, body))
  if (await isSentAgain(work, { ...body, phone })) return { id: body.id, warnings }
  if (!body.force) await refuseLikelyDuplicate(work, { ...body, phone, identifiers })

  const { numInsertedOrUpdatedRows } = await work.tx.insertInto('records.patient')
    .values({ id: body.id, ...particulars({ ...body, phone }), home_facility_id: body.facilityId, created_by: work.actor.personId })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
  // the id was sent twice in the same moment: the other one is there by now
  if (numInsertedOrUpdatedRows !== 1n && (await isSentAgain(work, { ...body, phone }))) return { id: body.id, warnings }
  await startCare(work, { patientId: body.id, facilityId: body.facilityId, reason: 'registered' })
  for (const one of identifiers) await writeIdentifier(work, body.id, one)
  work.audit({ action: 'records.registerPatient', subject: 'patient', subjectId: body.id, patientId: body.id, facilityId: body.facilityId, detail: { forced: body.force } })
  return { id: body.id, warnings }
}

/** Columns of what a form says about a person. */
export function particulars(body: Pick<Registration, 'fullName' | 'sex' | 'birthDate' | 'phone' | 'address' | 'occupation' | 'ethnicity'>) {
  return {
    full_name: body.fullName, sex: body.sex, birth_date: body.birthDate, phone: body.phone, address: body.address || null, occupation: body.occupation || null,
    ethnicity_system: body.ethnicity?.system ?? null, ethnicity_code: body.ethnicity?.code ?? null,
  }
}

/**
 * The same person from the same station twice changes nothing; the id of anybody else is refused. Asked past the wall: an id may
 * belong to another station's patient, or to a person with an account and no record yet, whose record nobody may claim this way.
 */
async function isSentAgain(work: Work, body: Registration): Promise<boolean> {
  const { patient, person } = await asSystem(work, systemActor, async ({ tx }) => ({
    patient: await tx.selectFrom('records.patient').where('id', '=', body.id).select(['full_name', 'sex', 'birth_date', 'phone', 'home_facility_id']).executeTakeFirst(),
    person: await tx.selectFrom('identity.person').where('id', '=', body.id).select('id').executeTakeFirst(),
  }))
  if (!patient && !person) return false
  const same = patient && !person && patient.home_facility_id === body.facilityId && patient.full_name === body.fullName && patient.sex === body.sex
    && patient.birth_date === body.birthDate && patient.phone === body.phone
  if (!same) throw platformErrors.ID_TAKEN()
  return true
}

async function refuseLikelyDuplicate(work: Work, body: Registration): Promise<void> {
  const found = await possibleDuplicates(work.tx, body)
  if (found.length === 0) return
  const candidates = found.map(({ patientId, fullName, birthYear, commune, identifier, why }) => ({ patientId, fullName, birthYear, commune, identifier, why }))
  throw recordsErrors.PATIENT_MAY_EXIST({ candidates })
}
