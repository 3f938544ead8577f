import { sql, type Selectable } from 'kysely'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { isImplausible, loinc, vitalSignOf } from '@moinha/contracts/vital-signs'
import { exactNumber } from '../../../platform/decimal/decimal.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { mayWriteEncounter } from '../policy.ts'
import { holdForWriting } from '../store/encounter-reads.ts'
import { encounterOr404, observationsOf, type EncounterRow } from '../store/encounters.ts'
import type { ObservationTable } from '../store/tables.ts'
import { notifyScreens, requireOpen } from './save-encounter.ts'

type Items = HandlerInput<typeof contract.saveObservations>['body']['items']
type Item = Items[number]
type Measured = Item & { value: number }
type ObservationRow = Selectable<ObservationTable>

/**
 * Writes measurements, one row each. What stands already is not written again, and a value that others wrote meanwhile
 * is not overwritten: whoever comes second is told what stands. An improbable value is kept and named in `warnings`:
 * the clinician looked, the program did not.
 */
export async function saveObservations(
  work: Work,
  encounterId: string,
  items: Items,
): Promise<HandlerReply<typeof contract.saveObservations>> {
  // held: whoever writes into it in the same moment comes before or after, not between
  await holdForWriting(work.tx, encounterId)
  const encounter = await encounterOr404(work.tx, encounterId)
  if (!mayWriteEncounter(work.actor, encounter)) throw platformErrors.NOT_ALLOWED()
  const held = await writtenBefore(work, encounterId, items)
  const changes = items.filter((item) => !stands(item, held.get(item.id)))
  if (changes.length > 0) requireOpen(encounter)
  if (changes.some((item) => !isBasedOn(item, held.get(item.id))))
    throw platformErrors.CHANGED_MEANWHILE({ current: await observationsOf(work, encounterId) })
  await insertNew(
    work,
    encounter,
    changes.filter(isMeasured).filter((item) => !held.has(item.id)),
  )
  for (const item of changes.filter(({ id }) => held.has(id))) await correct(work, item)
  if (changes.length > 0) await tell(work, encounter, changes)
  return {
    items: await observationsOf(work, encounterId),
    warnings: items.filter(isMeasured).flatMap(({ code, value }) => (isImplausible(code, value) ? [code] : [])),
  }
}

const isMeasured = (item: Item): item is Measured => item.value !== null

/** What of it was written into this encounter before. */
async function writtenBefore(work: Work, encounterId: string, items: Items): Promise<Map<string, ObservationRow>> {
  const rows = await work.tx
    .selectFrom('records.observation')
    .where('encounter_id', '=', encounterId)
    .where(sql<boolean>`id = any (${items.map((item) => item.id)}::uuid[])`)
    .selectAll()
    .execute()
  const held = new Map(rows.map((row) => [row.id, row]))
  if (items.some((item) => (held.get(item.id)?.code ?? item.code) !== item.code)) throw platformErrors.ID_TAKEN()
  return held
}

/** Is it so already? Taking back what was never written changes nothing either. */
function stands(item: Item, row: ObservationRow | undefined): boolean {
  if (item.value === null) return !row || row.taken_back
  return (
    row !== undefined &&
    !row.taken_back &&
    exactNumber(row.value) === item.value &&
    row.taken_at.getTime() === Date.parse(item.takenAt) &&
    row.device === (item.device || null)
  )
}

const isBasedOn = (item: Item, row: ObservationRow | undefined): boolean =>
  row === undefined || (item.basedOn !== null && row.recorded_at.getTime() === Date.parse(item.basedOn))

async function tell(work: Work, encounter: EncounterRow, changes: Items): Promise<void> {
  work.audit({
    action: 'records.saveObservations',
    subject: 'encounter',
    subjectId: encounter.id,
    patientId: encounter.patient_id,
    facilityId: encounter.facility_id,
    detail: { codes: changes.map((item) => item.code) },
  })
  await notifyScreens(work, encounter)
}

/** Display and unit are ours, not the sender's. */
function rowOf(item: Measured, encounter: EncounterRow, authorId: string | null) {
  const sign = vitalSignOf(item.code)
  if (!sign) throw platformErrors.INVALID_INPUT()
  return {
    id: item.id,
    encounter_id: encounter.id,
    patient_id: encounter.patient_id,
    system: loinc,
    code: sign.code,
    display: sign.display,
    value: item.value,
    unit: sign.unit,
    taken_at: new Date(item.takenAt),
    device: item.device || null,
    author_id: authorId,
  }
}

async function insertNew(work: Work, encounter: EncounterRow, items: Measured[]): Promise<void> {
  if (items.length === 0) return
  const rows = items.map((item) => rowOf(item, encounter, work.actor.personId))
  const written = await work.tx
    .insertInto('records.observation')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute()
  if (written.length !== rows.length) throw platformErrors.ID_TAKEN()
}

/** Each writing has a moment of its own, by which the next correction names it. */
const nextMoment = sql<Date>`greatest(now(), recorded_at + interval '1 millisecond')`

async function correct(work: Work, item: Item): Promise<void> {
  const change = isMeasured(item)
    ? { value: item.value, taken_at: new Date(item.takenAt), device: item.device || null, taken_back: false }
    : { taken_back: true }
  await work.tx
    .updateTable('records.observation')
    .set({ ...change, author_id: work.actor.personId, recorded_at: nextMoment })
    .where('id', '=', item.id)
    .execute()
}
