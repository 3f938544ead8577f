import { sql } from 'kysely'
import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { toE164 } from '../../identity/index.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { patientOr404 } from '../store/patients.ts'
import { mayCorrect, relationshipsOf } from '../store/relationships.ts'
import { particulars } from './register-patient.ts'

/** Corrects particulars; refuses when somebody else did meanwhile. */
export async function editPatient(work: Work, patientId: string, body: HandlerInput<typeof contract.editPatient>['body']): Promise<{ version: number }> {
  await patientOr404(work.tx, patientId)
  if (!mayCorrect(work, await relationshipsOf(work, patientId))) throw platformErrors.NOT_ALLOWED()
  const phone = body.phone === null ? null : toE164(body.phone)
  const row = await work.tx.updateTable('records.patient').set({ ...particulars({ ...body, phone }), version: sql<number>`version + 1` })
    .where('id', '=', patientId).where('version', '=', body.version).returning('version').executeTakeFirst()
  if (!row) throw platformErrors.CHANGED_MEANWHILE({ version: (await patientOr404(work.tx, patientId)).version })
  work.audit({ action: 'records.editPatient', subject: 'patient', subjectId: patientId, patientId })
  return row
}
