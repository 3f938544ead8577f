import { sql } from 'kysely'
import type { CareJudge, CareOver } from '../../records/index.ts'

interface StandingRow {
  id: string
  state: string
  over_at: Date
  ends: Date
}

const causeOf = { cancelled: 'cancelled', released: 'cancelled', no_show: 'no_show', done: 'done' } as const

/**
 * How the appointments behind relationships stand; one in progress needs nothing of its own for long, its encounter
 * opens the record.
 */
export const judgeAppointments: CareJudge = async ({ tx, now }, held, lapseDays) => {
  const { rows } = await sql<StandingRow>`
    select id, state, coalesce(ended_at, updated_at) as over_at, upper(during) as ends
    from scheduling.appointment where id = any(${held.map((one) => one.subjectId)}::uuid[])`.execute(tx)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const lapsed = new Date(now.getTime() - lapseDays * 86_400_000)
  return new Map(
    held.flatMap((one) => {
      const row = byId.get(one.subjectId)
      return row ? [[one.id, standingOf(row, lapsed, now)]] : []
    }),
  )
}

function standingOf({ state, over_at, ends }: StandingRow, lapsed: Date, now: Date): CareOver | 'open' {
  if (state in causeOf) return { cause: causeOf[state as keyof typeof causeOf], at: over_at }
  return ends < lapsed ? { cause: 'lapsed', at: now } : 'open'
}
