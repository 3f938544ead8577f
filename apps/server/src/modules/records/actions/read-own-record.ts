import { sql } from 'kysely'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { isOwnRecord } from '../policy.ts'
import { documentLines, documentOr404 } from '../store/documents.ts'
import { encounterLines, observationsOf } from '../store/encounters.ts'
import { namesOf, unitNames } from '../store/people.ts'
import { relationshipsOf } from '../store/relationships.ts'
import { ensurePatient } from './ensure-patient.ts'

/** Visits on one's own record; the web shows no more at once. */
const mostVisits = 100

function requireOwn(work: Work, patientId: string): void {
  if (!isOwnRecord(work.actor, patientId)) throw platformErrors.NOT_FOUND()
}

/** My record, or a family member's. Only what a clinician finished. */
export async function readOwnRecord(work: Work, patientId: string): Promise<HandlerReply<typeof contract.ownRecord>> {
  requireOwn(work, patientId)
  await ensurePatient(work, patientId)
  const patient = await work.tx
    .selectFrom('records.patient')
    .where('id', '=', patientId)
    .select(['full_name', 'birth_date'])
    .executeTakeFirstOrThrow()
  const found = await encounterLines(work.tx, { patientId, finishedOnly: true, limit: mostVisits })
  const diagnoses = await work.tx
    .selectFrom('records.encounter_diagnosis')
    .where('patient_id', '=', patientId)
    .orderBy('position')
    .selectAll()
    .execute()
  const visits = []
  for (const { row, line } of found) {
    visits.push({
      ...line,
      visitId: row.visit_id,
      advice: row.advice,
      licenceNo: row.licence_no,
      nextAppointmentOn: row.next_appointment_on,
      diagnoses: diagnoses
        .filter((one) => one.encounter_id === row.id)
        .map(({ system, code, display }) => ({ system, code, display })),
      observations: (await observationsOf(work, row.id)).map(({ code, value, unit }) => ({ code, value, unit })),
    })
  }
  work.audit({ action: 'records.ownRecord', subject: 'patient', subjectId: patientId, patientId })
  return {
    fullName: patient.full_name,
    birthDate: patient.birth_date,
    visits,
    documents: await documentLines(work.tx, { patientId }),
    relationships: await relationshipsOf(work, patientId),
  }
}

export async function readOwnDocument(
  work: Work,
  patientId: string,
  id: string,
): Promise<HandlerReply<typeof contract.ownDocument>> {
  requireOwn(work, patientId)
  const document = await documentOr404(work, id)
  if (document.patientId !== patientId) throw platformErrors.NOT_FOUND()
  work.audit({ action: 'records.ownDocument', subject: 'document', subjectId: id, patientId })
  return document
}

const written =
  /^records\.(register|edit|add|open|save|finish|cancel|correct|file|ensure|link|end|proxy)|^consults\.(?!read|list)/

function kindOf(action: string, outcome: string): 'read' | 'write' | 'emergency' | 'refused' {
  if (outcome === 'refused') return 'refused'
  if (action.startsWith('records.breakGlass')) return 'emergency'
  return written.test(action) && action !== 'records.openEncounters' ? 'write' : 'read'
}

type AccessQuery = HandlerInput<typeof contract.ownAccess>['query']

interface AccessRow {
  id: number
  at: Date
  actor_id: string
  facility_id: string | null
  action: string
  outcome: string
}

/** What staff did with the record, latest first; one row more than asked for says that there are more. */
async function staffEntries(work: Work, patientId: string, query: AccessQuery): Promise<AccessRow[]> {
  const before = query.after === undefined ? null : Number(query.after)
  if (before !== null && !Number.isSafeInteger(before)) throw platformErrors.INVALID_INPUT()
  const { rows } = await sql<AccessRow>`
    select id, at, actor_id, coalesce(actor_facility_id, facility_id) as facility_id, action, outcome from audit.entry
    where (patient_id = ${patientId} or patient_ids @> array[${patientId}]::uuid[]) and actor_kind = 'staff'
      and actor_id is not null
      and action not in ('records.startCare', 'records.endCare')
      and (${before}::bigint is null or id < ${before}::bigint)
    order by id desc limit ${query.limit + 1}`.execute(work.tx)
  return rows
}

/** Who opened or changed this record, from the access log: people and units, one line per person, kind and day-hour. */
export async function readOwnAccess(
  work: Work,
  patientId: string,
  query: AccessQuery,
): Promise<HandlerReply<typeof contract.ownAccess>> {
  requireOwn(work, patientId)
  const rows = await staffEntries(work, patientId, query)
  const page = rows.slice(0, query.limit)
  const names = await namesOf(
    work,
    page.map((row) => row.actor_id),
  )
  const units = await unitNames(
    work,
    page.map((row) => row.facility_id),
  )
  work.audit({ action: 'records.ownAccess', subject: 'patient', subjectId: patientId, patientId })
  return {
    items: page.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      personName: names.get(row.actor_id) ?? '',
      kind: kindOf(row.action, row.outcome),
      facilityName: row.facility_id ? (units.get(row.facility_id) ?? null) : null,
    })),
    next: rows.length > query.limit ? String(page.at(-1)?.id) : null,
  }
}
