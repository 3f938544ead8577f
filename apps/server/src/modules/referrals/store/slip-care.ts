import { sql } from 'kysely'
import { instantOf, addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { CareJudge, CareOver } from '../../records/index.ts'
import { stateOf } from '../domain/slip-states.ts'
import type { SlipRow } from './tables.ts'

/** How the slips behind relationships stand: the receiving unit sees the record until it told what became of them. */
export const judgeSlips: CareJudge = async ({ tx, now }, held, lapseDays) => {
  const rows = await tx
    .selectFrom('referrals.slip')
    .where(sql<boolean>`id = any (${held.map((one) => one.subjectId)}::uuid[])`)
    .selectAll()
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const lapsed = new Date(now.getTime() - lapseDays * 86_400_000)
  return new Map(
    held.flatMap((one) => {
      const row = byId.get(one.subjectId)
      return row ? [[one.id, standingOf(row, now, lapsed)]] : []
    }),
  )
}

function standingOf(row: SlipRow, now: Date, lapsed: Date): CareOver | 'open' {
  switch (stateOf(row, localDateOf(now))) {
    case 'cancelled':
      return { cause: 'cancelled', at: row.changed_at }
    case 'completed':
      return { cause: 'done', at: row.changed_at }
    case 'expired':
      return { cause: 'lapsed', at: instantOf(addDays(row.valid_until, 1)) }
    case 'arrived':
      return row.changed_at < lapsed ? { cause: 'lapsed', at: now } : 'open'
    default:
      return 'open'
  }
}
