import { sql } from 'kysely'
import type { CareJudge, CareOver } from '../care-reasons.ts'
import type { EncounterStatus } from './tables.ts'

interface StandingRow {
  id: string
  status: EncounterStatus
  over_at: Date
  touched: Date
}

/** How the encounters behind relationships stand. */
export const judgeEncounters: CareJudge = async ({ tx, now }, held, lapseDays) => {
  const { rows } = await sql<StandingRow>`
    select id, status, coalesce(finished_at, updated_at) as over_at, updated_at as touched
    from records.encounter where id = any(${held.map((one) => one.subjectId)}::uuid[])`.execute(tx)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const lapsed = new Date(now.getTime() - lapseDays * 86_400_000)
  return new Map(
    held.flatMap((one) => {
      const row = byId.get(one.subjectId)
      return row ? [[one.id, standingOf(row, lapsed, now)]] : []
    }),
  )
}

function standingOf({ status, over_at, touched }: StandingRow, lapsed: Date, now: Date): CareOver | 'open' {
  if (status !== 'in_progress') return { cause: status, at: over_at }
  return touched < lapsed ? { cause: 'lapsed', at: now } : 'open'
}
