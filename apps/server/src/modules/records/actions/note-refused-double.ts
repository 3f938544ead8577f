import type * as contract from '@moinha/contracts/records'
import type { HandlerInput } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import type { AuditNote } from '../../../platform/audit/audit.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { CodedError } from '../../../platform/errors/coded-error.ts'
import { normaliseIdentifier } from '../domain/identifiers.ts'
import { toldOf, type DuplicateQuery, type Told } from '../store/patients.ts'

type Registration = HandlerInput<typeof contract.registerPatient>['body']
type NewNumber = HandlerInput<typeof contract.addIdentifier>['body']

/** Refusals that say somebody is a patient already. */
export const doubles = ['PATIENT_MAY_EXIST', 'IDENTIFIER_TAKEN']

/**
 * What the log says of a registration refused for a double: those it named, and, each at their own home unit, those of
 * whom it only told that they exist. Whoever tries out numbers and names is seen by the person behind them.
 */
export async function notesOfRefusedRegistration(
  work: Work,
  body: Registration,
  { code, params }: CodedError,
): Promise<AuditNote[]> {
  const { facilityId, fullName, birthDate } = body
  const named = namedIn(params)
  const own = { action: 'records.registerPatient', subject: 'patient', facilityId, patientIds: named }
  const identifiers = body.identifiers.map(({ system, value }) => ({ system, value: normaliseIdentifier(value) }))
  const told = await whomItTold(
    work,
    code === 'IDENTIFIER_TAKEN' ? { identifiers } : { fullName, birthDate, identifiers },
  )
  return [own, ...told.filter(({ id }) => !named.includes(id)).map((one) => noteOf(own.action, one))]
}

/** What the log says of a number refused because it is somebody else's: the patient at hand, and whose it is. */
export async function notesOfRefusedNumber(work: Work, patientId: string, body: NewNumber): Promise<AuditNote[]> {
  const own = { action: 'records.addIdentifier', subject: 'patient_identifier', patientId }
  const told = await whomItTold(work, {
    identifiers: [{ system: body.system, value: normaliseIdentifier(body.value) }],
  })
  return [own, ...told.filter(({ id }) => id !== patientId).map((one) => noteOf(own.action, one))]
}

function whomItTold(work: Work, query: DuplicateQuery): Promise<Told[]> {
  return asSystem(work, systemActor, ({ tx }) => toldOf(tx, query))
}

function noteOf(action: string, { id, homeFacilityId }: Told): AuditNote {
  return { action, subject: 'patient', subjectId: id, patientId: id, facilityId: homeFacilityId ?? undefined }
}

/** Patients whom the list of possible doubles named with their id. */
function namedIn(params: Record<string, unknown> | undefined): string[] {
  const candidates = (params?.['candidates'] ?? []) as { patientId?: string | null }[]
  return candidates.flatMap(({ patientId }) => (patientId ? [patientId] : []))
}
