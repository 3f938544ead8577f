import { sql } from 'kysely'
import type { GateBinding, TeleGate } from '@moinha/contracts/records'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { standingOf } from '../domain/tele-list.ts'
import { gateSettings, writeGateSetting, type BoundCondition } from '../store/gate-settings.ts'
import { findIcd10, teleListDays, teleRows } from '../store/reference-lists.ts'

/** Codes on one answer; four times as many are ranked. */
const mostCodes = 20

export async function searchDiagnoses(
  work: Work,
  { q: typed, on }: HandlerInput<typeof contract.searchDiagnoses>['query'],
): Promise<HandlerReply<typeof contract.searchDiagnoses>> {
  const day = on ?? localDateOf(work.now)
  const list = await teleRows(work.tx, day)
  const rows = await findIcd10(work.tx, typed, { day, atMost: 4 * mostCodes })
  const items = rows.map((row) => ({
    code: row.code,
    vi: row.name_vi,
    en: row.name_en,
    remote: standingOf(row.code, list),
    usable: row.usable,
    usableAsPrimary: row.usable_as_primary,
  }))
  const isCode = /^[a-z]\d/i.test(typed)
  // words: everyday diseases of the list before their rarer namesakes; a code keeps the order of codes
  return {
    items: (isCode
      ? items
      : items.sort((one, other) => Number(other.remote === 'listed') - Number(one.remote === 'listed'))
    ).slice(0, mostCodes),
  }
}

/** The list with what is verified of each row (REQ-TELE-11). */
export async function teleList(work: Work, asked?: string): Promise<HandlerReply<typeof contract.teleList>> {
  const on = asked ?? localDateOf(work.now)
  const rows = await work.tx
    .selectFrom('records.tele_allowed_icd')
    .where(sql<boolean>`valid @> ${on}::date`)
    .selectAll()
    .orderBy('position')
    .execute()
  return {
    on,
    days: await teleListDays(work.tx),
    ...(await gateSettings(work.tx)),
    items: rows.map((row) => ({
      id: row.id,
      position: row.position,
      no: row.no,
      nameVi: row.name_vi,
      icd10: row.patterns.join('; '),
      specialty: row.specialty,
      status: row.status,
      certainty: row.certainty,
      enabledAt: row.enabled_at?.toISOString() ?? null,
      note: row.note,
    })),
  }
}

/** An administrator who holds the circular vouches for a row, or takes that back. */
export async function enableTeleRow(work: Work, id: string, enabled: boolean): Promise<{ done: true }> {
  const row = await work.tx
    .updateTable('records.tele_allowed_icd')
    .set(enabled ? { enabled_by: work.actor.personId, enabled_at: work.now } : { enabled_by: null, enabled_at: null })
    .where('id', '=', id)
    .returning('position')
    .executeTakeFirst()
  if (!row) throw platformErrors.NOT_FOUND()
  work.audit({
    action: 'records.enableTeleRow',
    subject: 'tele_allowed_icd',
    subjectId: id,
    detail: { position: row.position, enabled },
  })
  return { done: true }
}

export async function setTeleGate(work: Work, gate: TeleGate): Promise<{ done: true }> {
  await work.tx.updateTable('records.setting').set({ value: gate }).where('key', '=', 'tele_gate').execute()
  work.audit({ action: 'records.setTeleGate', subject: 'setting', detail: { gate } })
  return { done: true }
}

/** What a missing announcement, registration or contract does from now on. */
export async function setGateBinding(
  work: Work,
  condition: BoundCondition,
  binding: GateBinding,
): Promise<{ done: true }> {
  await writeGateSetting(work.tx, condition, binding)
  work.audit({ action: 'records.setGateBinding', subject: 'setting', detail: { condition, binding } })
  return { done: true }
}
