import { sql } from 'kysely'
import type { CareJudge } from '../../records/index.ts'

/** How the enrolments behind relationships stand. */
export const judgeEnrolments: CareJudge = async ({ tx }, held) => {
  const { rows } = await sql<{ id: string; ended_at: Date | null }>`
    select id, ended_at from programmes.enrolment
    where id = any(${held.map((one) => one.subjectId)}::uuid[])`.execute(tx)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    held.flatMap((one) => {
      const row = byId.get(one.subjectId)
      if (!row) return []
      return [[one.id, row.ended_at === null ? ('open' as const) : { cause: 'finished' as const, at: row.ended_at }]]
    }),
  )
}
