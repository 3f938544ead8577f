import { sql } from 'kysely'
import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { identifierWarnings, isWellFormed, normaliseIdentifier } from '../domain/identifiers.ts'
import { recordsErrors } from '../errors.ts'
import { identifiersOf, patientOr404 } from '../store/patients.ts'
import { mayCorrect, relationshipsOf } from '../store/relationships.ts'
import type { IdentifierSystem } from '../store/tables.ts'

interface NewIdentifier {
  id?: string
  system: IdentifierSystem
  value: string
  /** First day; without one it holds as long as anyone remembers. */
  from?: string | undefined
}

/** Gives a patient a number; the one of the same system until now ends where this begins and stays in the history. */
export async function addIdentifier(
  work: Work,
  patientId: string,
  body: HandlerInput<typeof contract.addIdentifier>['body'],
) {
  const patient = await patientOr404(work.tx, patientId)
  if (!mayCorrect(work, await relationshipsOf(work, patientId))) throw platformErrors.NOT_ALLOWED()
  const value = normaliseIdentifier(body.value)
  if (!isWellFormed(body.system, value))
    throw recordsErrors.IDENTIFIER_INVALID(undefined, [{ path: 'value', code: 'IDENTIFIER_INVALID' }])
  const before = await work.tx
    .selectFrom('records.patient_identifier')
    .where('id', '=', body.id)
    .select('id')
    .executeTakeFirst()
  if (!before) {
    await writeIdentifier(work, patientId, { ...body, value, from: body.from ?? localDateOf(work.now) })
    work.audit({
      action: 'records.addIdentifier',
      subject: 'patient_identifier',
      subjectId: body.id,
      patientId,
      detail: { system: body.system },
    })
  }
  const warnings = identifierWarnings(body.system, value, { sex: patient.sex, birthDate: patient.birth_date })
  return { identifiers: await identifiersOf(work.tx, patientId), warnings }
}

/** Ends the current number of the system and writes the new one. */
export async function writeIdentifier(
  work: Work,
  patientId: string,
  { id, system, value, from }: NewIdentifier,
): Promise<void> {
  const current = await sql<{ id: string; value: string }>`select id, value from records.patient_identifier
    where patient_id = ${patientId} and system = ${system} and upper_inf(valid) for update`.execute(work.tx)
  if (current.rows.some((row) => row.value === value)) return
  await sql`update records.patient_identifier set valid = daterange(lower(valid),
    greatest(coalesce(${from ?? null}::date, current_date), lower(valid)))
    where patient_id = ${patientId} and system = ${system} and upper_inf(valid)`.execute(work.tx)
  await sql`insert into records.patient_identifier (id, patient_id, system, value, valid, recorded_by)
    values (coalesce(${id ?? null}::uuid, uuidv7()), ${patientId}, ${system}, ${value},
      daterange(coalesce(${from ?? null}::date, '1900-01-01'), null), ${work.actor.personId}::uuid)`
    .execute(work.tx)
    .catch(refuseTaken)
}

/** The exclusion constraint: a number belongs to one patient at a time. */
function refuseTaken(error: unknown): never {
  if ((error as { code?: string }).code === '23P01') throw recordsErrors.IDENTIFIER_TAKEN()
  throw error
}
