import { sql } from 'kysely'
import type { CareJudge, CareOver, OpenCare } from '../../records/index.ts'
import type { Work } from '../../../platform/db/work.ts'
import { takenStatuses } from '../domain/life-cycle.ts'
import type { ConsultRow } from './tables.ts'

interface StandingRow extends Pick<
  ConsultRow,
  'id' | 'status' | 'consultant_id' | 'started_at' | 'signed_at' | 'closed_at'
> {
  moved_at: Date
  /** The encounter it is about was taken back. */
  encounter_cancelled: boolean
  /** Who is rung at this moment. */
  ringing: string | null
}

/** How the consults behind relationships stand, and who in them still needs the record. */
export const judgeConsults: CareJudge = async ({ tx, now }, held, lapseDays) => {
  const { rows } = await sql<StandingRow>`
    select c.id, e.status = 'cancelled' as encounter_cancelled, c.status, c.consultant_id, c.started_at, c.signed_at,
      c.closed_at,
      (select r.person_id from consults.ring r where r.consult_id = c.id and r.ring_result = 'ringing'
      limit 1) as ringing,
      coalesce((select max(e.at) from consults.event e where e.consult_id = c.id), c.created_at) as moved_at
    from consults.consult c join records.encounter_card e on e.id = c.encounter_id
      where c.id = any(${held.map((one) => one.subjectId)}::uuid[])`.execute(tx)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const lapsed = new Date(now.getTime() - lapseDays * 86_400_000)
  return new Map(
    held.flatMap((one) => {
      const row = byId.get(one.subjectId)
      return row ? [[one.id, standingOf(row, one, lapsed)]] : []
    }),
  )
}

/** Pure: does this holder still need the record for this case? */
function standingOf(row: StandingRow, { personId }: Pick<OpenCare, 'personId'>, lapsed: Date): CareOver | 'open' {
  const at = row.closed_at ?? row.moved_at
  if (row.status === 'closed') return { cause: 'closed', at }
  if (row.status === 'cancelled') return { cause: row.started_at ? 'session_cancelled' : 'cancelled', at }
  if (row.encounter_cancelled && !row.signed_at) return { cause: 'cancelled', at }
  if (row.status === 'draft' || row.status === 'returned') return { cause: 'returned', at }
  if (row.consultant_id !== personId) return whileRung(row, personId)
  if (row.signed_at) return { cause: 'signed', at: row.signed_at }
  return row.moved_at < lapsed ? { cause: 'lapsed', at: row.moved_at } : 'open'
}

/** Who was rung and does not have the case needs the record only while it rings for them. */
function whileRung(row: StandingRow, personId: string | null): CareOver | 'open' {
  if (row.consultant_id !== null) return { cause: 'taken', at: row.moved_at }
  return row.status === 'submitted' && row.ringing === personId ? 'open' : { cause: 'not_answered', at: row.moved_at }
}

/** Does this person have one of these cases now? Who is only rung does not. */
export async function hasCase({ tx }: Work, consultIds: readonly string[], personId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('consults.consult')
    .where(sql<boolean>`id = any (${[...consultIds]}::uuid[])`)
    .where('consultant_id', '=', personId)
    .where('status', 'in', [...takenStatuses])
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
