import { sql, type Expression, type SqlBool } from 'kysely'
import { isWithin, type Actor } from '../../platform/access/actor.ts'

/** May the actor send to an area with this path? */
export function mayPublishTo(actor: Actor, areaPath: string): boolean {
  return areaPath !== '' && actor.canAt('news.publish', areaPath)
}

/** The same rule over rows that have a path column. */
export function publishableAreas(actor: Actor, path: Expression<unknown>): Expression<SqlBool> {
  if (actor.kind === 'system') return sql<SqlBool>`true`
  return sql<SqlBool>`${path} <@ any (${actor.scopes('news.publish')}::ltree[])`
}

/** A message belongs to the unit in whose name it was sent: whoever publishes for that unit looks after it. */
export function mayManage(actor: Actor, message: { sender_path: string | null }): boolean {
  return message.sender_path !== null && mayPublishTo(actor, message.sender_path)
}

/** The same rule over rows with the sender's path. */
export function manageable(actor: Actor, senderPath: Expression<unknown>): Expression<SqlBool> {
  return publishableAreas(actor, senderPath)
}

/** In whose name the actor sends to an area: the nearest of the actor's units above it. */
export function senderFor(actor: Actor, areaPath: string): string | undefined {
  const above = actor.grants.filter(
    (grant) => grant.permissions.includes('news.publish') && isWithin(areaPath, grant.path),
  )
  return above.sort((a, b) => b.path.length - a.path.length)[0]?.facilityId
}

/** What was shown is public. Drafts, and what is to come, are not. */
export function mayRead(message: { status: string; shown_from: Date | null }, now: Date): boolean {
  return message.status !== 'draft' && message.shown_from !== null && message.shown_from <= now
}

/** What a feed shows now; the table is `m`. */
export function shownNow(now: Date): Expression<SqlBool> {
  return sql<SqlBool>`m.status = 'published' and m.shown_from <= ${now}
    and (m.shown_until is null or m.shown_until > ${now})`
}

/** Those who run the desk of a unit note whom the unit helped. */
export function mayHelpAt(actor: Actor, facilityId: string): boolean {
  return actor.kind === 'system' || (actor.can('appointment.desk') && actor.clinicalFacilityIds.includes(facilityId))
}
