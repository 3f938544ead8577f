import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { recordsErrors } from '../errors.ts'

/** Time to read who was found and to write the reason. No source prescribes it. */
const handleMinutes = 10
const handleBytes = 24

const hashOf = (handle: string): string => createHash('sha256').update(handle).digest('base64url')

/** A handle of somebody found, for the actor alone. Old ones of the actor are forgotten. */
export async function makeHandle(work: Work, patientId: string): Promise<string> {
  const actorId = work.actor.personId
  if (actorId === null) throw platformErrors.NOT_ALLOWED()
  const handle = randomBytes(handleBytes).toString('base64url')
  const expiresAt = new Date(work.now.getTime() + handleMinutes * 60_000)
  await asSystem(work, systemActor, async ({ tx }) => {
    await tx
      .deleteFrom('records.emergency_handle')
      .where('actor_id', '=', actorId)
      .where('expires_at', '<', work.now)
      .execute()
    await tx
      .insertInto('records.emergency_handle')
      .values({ handle_hash: hashOf(handle), actor_id: actorId, patient_id: patientId, expires_at: expiresAt })
      .execute()
  })
  return handle
}

/**
 * Whom a handle stands for; it is spent by it. Spent before by the same person while the glass is still broken, it says
 * until when. Somebody else's, an old or an invented one is refused alike.
 */
export async function takeHandle(
  work: Work,
  handle: string,
): Promise<{ patientId: string; openUntil: Date | undefined }> {
  const actorId = work.actor.personId
  if (actorId === null) throw platformErrors.NOT_ALLOWED()
  const found = await asSystem(work, systemActor, async ({ tx }) => {
    const row = await tx
      .selectFrom('records.emergency_handle')
      .where('handle_hash', '=', hashOf(handle))
      .where('actor_id', '=', actorId)
      .where('expires_at', '>', work.now)
      .select(['patient_id', 'used_at'])
      .forUpdate()
      .executeTakeFirst()
    if (!row) return undefined
    if (row.used_at) return { patientId: row.patient_id, openUntil: await glassOf(work, row.patient_id), spent: true }
    await tx
      .updateTable('records.emergency_handle')
      .set({ used_at: work.now })
      .where('handle_hash', '=', hashOf(handle))
      .execute()
    return { patientId: row.patient_id, openUntil: undefined, spent: false }
  })
  if (!found || (found.spent && !found.openUntil)) throw recordsErrors.EMERGENCY_SEARCH_ENDED()
  return found
}

/** Asked by its end alone: the twin of this request may have begun a moment later and broken the glass first. */
async function glassOf({ tx, actor }: Work, patientId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ until: Date | null }>`select max(upper(valid)) as until from records.care_relationship
    where patient_id = ${patientId} and person_id = ${actor.personId} and reason = 'break_glass'
      and upper(valid) > now()`.execute(tx)
  return rows[0]?.until ?? undefined
}
