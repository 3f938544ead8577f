import type { Slip } from '@moinha/contracts/referrals'
import type * as contract from '@moinha/contracts/referrals'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { facilityCards } from '../../facilities/index.ts'
import { patientCards } from '../../records/index.ts'
import { stateOf } from '../domain/slip-states.ts'
import { offersOf } from '../policy.ts'
import { pageOfSlips, slipOr404 } from '../store/slips.ts'
import type { SlipRow } from '../store/tables.ts'

/** Slips as screens show them, with what this actor may do. */
async function slipLines(work: Work, rows: readonly SlipRow[]): Promise<Slip[]> {
  const today = localDateOf(work.now)
  const patients = new Map(
    (
      await patientCards(
        work,
        rows.map((row) => row.patient_id),
      )
    ).map((card) => [card.id, card]),
  )
  const units = new Map(
    (await facilityCards(work.tx, [...new Set(rows.flatMap((row) => [row.facility_id, row.to_facility_id]))])).map(
      (card) => [card.id, card.shortName],
    ),
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    number: `${row.number}/${row.number_year}`,
    state: stateOf(row, today),
    patientId: row.patient_id,
    patientName: patients.get(row.patient_id)?.fullName ?? '',
    birthDate: patients.get(row.patient_id)?.birthDate ?? null,
    encounterId: row.encounter_id,
    facilityName: units.get(row.facility_id) ?? '',
    toFacilityName: units.get(row.to_facility_id) ?? '',
    diagnosis: row.diagnosis,
    issuedAt: row.issued_at.toISOString(),
    issuerName: row.issuer_name,
    validUntil: row.valid_until,
    revisitOn: row.revisit_on,
    arrivedAt: row.arrived_at?.toISOString() ?? null,
    outcome: row.outcome,
    note: row.note,
    may: offersOf(work.actor, row, today),
  }))
}

export async function slipLine(work: Work, row: SlipRow): Promise<Slip> {
  const [line] = await slipLines(work, [row])
  if (!line) throw new Error('a slip without a line')
  return line
}

export async function listSlips(
  work: Work,
  { after, limit, ...query }: HandlerInput<typeof contract.listSlips>['query'],
): Promise<HandlerReply<typeof contract.listSlips>> {
  const rows = await pageOfSlips(work.tx, {
    box: query.box,
    state: query.state,
    encounterId: query.encounterId,
    facilityIds: work.actor.clinicalFacilityIds,
    today: localDateOf(work.now),
    after: readInstantCursor(after, '~'),
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  work.audit({
    action: 'referrals.list',
    subject: 'referral',
    patientIds: [...new Set(page.map((row) => row.patient_id))],
  })
  const last = rows.length > limit ? page.at(-1) : undefined
  return { items: await slipLines(work, page), next: last ? `${last.issued_at.toISOString()}~${last.id}` : null }
}

export async function readSlip(work: Work, id: string): Promise<Slip> {
  const row = await slipOr404(work.tx, id)
  work.audit({ action: 'referrals.read', subject: 'referral', subjectId: id, patientId: row.patient_id })
  return slipLine(work, row)
}
