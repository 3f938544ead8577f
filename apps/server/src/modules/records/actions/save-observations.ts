import { sql } from 'kysely'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { isImplausible, loinc, vitalSignOf } from '@moinha/contracts/vital-signs'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { observationsOf, type EncounterRow } from '../store/encounters.ts'
import { notifyScreens, writableEncounter } from './save-encounter.ts'

type Items = HandlerInput<typeof contract.saveObservations>['body']['items']

/**
 * Writes measurements, one row each. An improbable value is kept and named in `warnings`: the clinician looked, the
 * program did not.
 */
export async function saveObservations(
  work: Work,
  encounterId: string,
  items: Items,
): Promise<HandlerReply<typeof contract.saveObservations>> {
  const encounter = await writableEncounter(work, encounterId)
  const measured = items.flatMap((item) => (item.value === null ? [] : [{ ...item, value: item.value }]))
  const takenBack = items.filter((item) => item.value === null).map((item) => item.id)
  if (measured.length > 0) await upsert(work, encounter, measured)
  if (takenBack.length > 0) {
    await work.tx
      .updateTable('records.observation')
      .set({ taken_back: true })
      .where('encounter_id', '=', encounterId)
      .where(sql<boolean>`id = any (${takenBack}::uuid[])`)
      .execute()
  }
  work.audit({
    action: 'records.saveObservations',
    subject: 'encounter',
    subjectId: encounterId,
    patientId: encounter.patient_id,
    facilityId: encounter.facility_id,
    detail: { codes: items.map((item) => item.code) },
  })
  await notifyScreens(work, encounter)
  return {
    items: await observationsOf(work, encounterId),
    warnings: measured.filter((item) => isImplausible(item.code, item.value)).map((item) => item.code),
  }
}

type Measured = Items[number] & { value: number }

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

async function upsert(work: Work, encounter: EncounterRow, items: Measured[]): Promise<void> {
  const rows = items.map((item) => rowOf(item, encounter, work.actor.personId))
  const written = await work.tx
    .insertInto('records.observation')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((excluded) => ({
          value: excluded.ref('excluded.value'),
          taken_at: excluded.ref('excluded.taken_at'),
          device: excluded.ref('excluded.device'),
          author_id: excluded.ref('excluded.author_id'),
          recorded_at: sql<Date>`now()`,
          taken_back: false,
        }))
        .where('records.observation.encounter_id', '=', encounter.id)
        .whereRef('records.observation.code', '=', sql.ref('excluded.code')),
    )
    .returning('id')
    .execute()
  if (written.length !== rows.length) throw platformErrors.ID_TAKEN()
}
