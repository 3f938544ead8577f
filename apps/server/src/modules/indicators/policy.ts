import { sql, type Expression, type SqlBool } from 'kysely'
import type { Actor } from '../../platform/access/actor.ts'

/** May the actor read the reports of a unit with this path? */
export function mayReadReport(actor: Actor, path: string): boolean {
  return actor.canAt('report.read', path)
}

/** The same rule over rows that have a path column: which units' reports may the actor read? */
export function visibleReports(actor: Actor, path: Expression<unknown>): Expression<SqlBool> {
  if (actor.kind === 'system') return sql<SqlBool>`true`
  return sql<SqlBool>`${path} <@ any (${actor.scopes('report.read')}::ltree[])`
}

/** May the actor register the year's values of a unit with this path? */
export function mayRegister(actor: Actor, path: string): boolean {
  return actor.canAt('target.register', path)
}
