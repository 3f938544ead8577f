import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { createPerson, toE164 } from '../../identity/index.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { identifierWarnings, isWellFormed, normaliseIdentifier } from '../domain/identifiers.ts'
import { recordsErrors } from '../errors.ts'
import { worksAt } from '../policy.ts'
import { possibleDuplicates } from '../store/patients.ts'
import { writeIdentifier } from './add-identifier.ts'
import { grantAccess } from './grant-access.ts'

type Registration = HandlerInput<typeof contract.registerPatient>['body']

/** A station registers somebody who came, with or without phone and account. */
export async function registerPatient(work: Work, body: Registration): Promise<{ id: string; warnings: string[] }> {
  if (!worksAt(work.actor, body.facilityId)) throw platformErrors.NOT_ALLOWED()
  const phone = body.phone === null ? null : toE164(body.phone)
  const identifiers = body.identifiers.map(({ system, value }) => ({ system, value: normaliseIdentifier(value) }))
  const malformed = identifiers.findIndex(({ system, value }) => !isWellFormed(system, value))
  if (malformed >= 0)
    throw recordsErrors.IDENTIFIER_INVALID(undefined, [
      { path: `identifiers.${malformed}.value`, code: 'IDENTIFIER_INVALID' },
    ])
  const warnings = identifiers.flatMap(({ system, value }) => identifierWarnings(system, value, body))
  const registration = { ...body, phone, identifiers }
  if (await isSentAgain(work, registration)) return { id: body.id, warnings }
  if (!body.force) await refuseLikelyDuplicate(work, registration)
  // the id was taken in the same moment: by the same sent twice, or by somebody else
  if (!(await insertPatient(work, registration))) {
    if (await isSentAgain(work, registration)) return { id: body.id, warnings }
    throw platformErrors.ID_TAKEN()
  }
  await grantAccess(work, { patientId: body.id, facilityId: body.facilityId, reason: 'registered' })
  for (const one of identifiers) await writeIdentifier(work, body.id, one)
  work.audit({
    action: 'records.registerPatient',
    subject: 'patient',
    subjectId: body.id,
    patientId: body.id,
    facilityId: body.facilityId,
    detail: { forced: body.force },
  })
  return { id: body.id, warnings }
}

/**
 * The person and their record, both or neither. False where the id is somebody's already: an id makes a new person or
 * nobody.
 */
async function insertPatient(work: Work, body: Registration): Promise<boolean> {
  return asSystem(work, systemActor, async (system) => {
    if (!(await createPerson(system, { ...body, confirmed: true }))) return false
    await system.tx
      .insertInto('records.patient')
      .values({
        id: body.id,
        full_name: body.fullName,
        sex: body.sex,
        ...recordParticulars(body),
        home_facility_id: body.facilityId,
        created_by: work.actor.personId,
      })
      .execute()
    return true
  })
}

/** What a form says that only the record keeps; the rest belongs to the person. */
export function recordParticulars({ address, occupation }: Pick<Registration, 'address' | 'occupation'>) {
  return { address: address || null, occupation: occupation || null }
}

/**
 * The same person sent again by who registered them, from the same station, changes nothing; the id of anybody else is
 * refused. Asked past the wall: an id may belong to another station's patient, or to a person with an account and no
 * record yet, whose record nobody may claim this way.
 */
async function isSentAgain(work: Work, body: Registration): Promise<boolean> {
  const { patient, person } = await asSystem(work, systemActor, async ({ tx }) => ({
    // the person first: both commit together, so whoever sees the person sees the record a moment later too
    person: await tx.selectFrom('identity.person_card').where('id', '=', body.id).select('id').executeTakeFirst(),
    patient: await tx
      .selectFrom('records.patient')
      .where('id', '=', body.id)
      .select(['full_name', 'sex', 'birth_date', 'phone', 'home_facility_id', 'created_by', 'version'])
      .executeTakeFirst(),
  }))
  if (!person) return false
  // a station may send late what it kept without a network: particulars corrected since are no longer what it sends
  const same =
    patient?.created_by === work.actor.personId &&
    patient.home_facility_id === body.facilityId &&
    (patient.version > 1 ||
      (patient.full_name === body.fullName &&
        patient.sex === body.sex &&
        patient.birth_date === body.birthDate &&
        patient.phone === body.phone))
  if (!same) throw platformErrors.ID_TAKEN()
  return true
}

/**
 * Whom it may be already: those within reach by name, the others only as "somebody with this number, or this name and
 * birth date".
 */
async function refuseLikelyDuplicate(work: Work, body: Registration): Promise<void> {
  const { candidates, elsewhere } = await possibleDuplicates(work.tx, body)
  if (candidates.length + elsewhere.length > 0) throw recordsErrors.PATIENT_MAY_EXIST({ candidates, elsewhere })
}
