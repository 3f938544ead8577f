import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { factOr404, factRows, factViews } from '../store/facts.ts'
import { patientOr404 } from '../store/patients.ts'
import { mayWriteFacts } from './keep-fact.ts'

/** What is known of a patient beyond one encounter. */
export async function listFacts(work: Work, patientId: string): Promise<HandlerReply<typeof contract.listFacts>> {
  await patientOr404(work.tx, patientId)
  work.audit({ action: 'records.listFacts', subject: 'patient', subjectId: patientId, patientId })
  return {
    items: await factViews(work, await factRows(work.tx, patientId)),
    may: { write: await mayWriteFacts(work, patientId) },
  }
}

/** Every state of a fact, newest first. */
export async function factVersions(work: Work, id: string): Promise<HandlerReply<typeof contract.factVersions>> {
  const fact = await factOr404(work.tx, id)
  const rows = await work.tx
    .selectFrom('records.patient_fact_version')
    .where('fact_id', '=', id)
    .orderBy('no', 'desc')
    .select(['no', 'at', 'author_name', 'reason', 'status', 'display'])
    .execute()
  work.audit({ action: 'records.factVersions', subject: 'fact', subjectId: id, patientId: fact.patient_id })
  return {
    items: rows.map(({ author_name: authorName, at, ...row }) => ({ ...row, authorName, at: at.toISOString() })),
  }
}
