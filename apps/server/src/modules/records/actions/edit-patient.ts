import { isDeepStrictEqual } from 'node:util'
import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { correctPerson, toE164 } from '../../identity/index.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { lockVersion, particularsOf, patientOr404 } from '../store/patients.ts'
import { mayCorrect, relationshipsOf } from '../store/relationships.ts'
import { recordParticulars } from './register-patient.ts'

type Edit = HandlerInput<typeof contract.editPatient>['body']

/**
 * Corrects particulars, of the person and of the record; refuses when somebody else did meanwhile. A repeat of what is
 * already stored answers the version that stands.
 */
export async function editPatient(work: Work, patientId: string, body: Edit): Promise<{ version: number }> {
  await patientOr404(work.tx, patientId)
  if (!mayCorrect(work, await relationshipsOf(work, patientId))) throw platformErrors.NOT_ALLOWED()
  const { fullName, sex, birthDate, ethnicity } = body
  const phone = body.phone === null ? null : toE164(body.phone)
  if (!(await lockVersion(work.tx, patientId, body.version))) {
    const current = particularsOf(await patientOr404(work.tx, patientId))
    const sent = { fullName, sex, birthDate, phone, ethnicity, ...recordParticulars(body), version: current.version }
    if (isDeepStrictEqual(sent, current)) return { version: current.version }
    throw platformErrors.CHANGED_MEANWHILE({ current })
  }
  await asSystem(work, systemActor, (system) =>
    correctPerson(system, { id: patientId, fullName, sex, birthDate, phone, ethnicity }),
  )
  // the copy of the person's particulars counted a version of its own
  const row = await work.tx
    .updateTable('records.patient')
    .set({ ...recordParticulars(body), version: body.version + 1 })
    .where('id', '=', patientId)
    .returning('version')
    .executeTakeFirstOrThrow()
  work.audit({ action: 'records.editPatient', subject: 'patient', subjectId: patientId, patientId })
  return row
}
