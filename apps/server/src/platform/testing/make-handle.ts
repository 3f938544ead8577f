import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'

/**
 * What an emergency search would have answered somebody for this patient, straight into the database. The pool must be
 * the owner's.
 */
export async function makeHandle(owner: pg.Pool, actorId: string, patientId: string): Promise<string> {
  const handle = randomUUID()
  const hash = createHash('sha256').update(handle).digest('base64url')
  const text = `insert into records.emergency_handle (handle_hash, actor_id, patient_id, expires_at)
    values ($1, $2, $3, now() + interval '10 minutes')`
  await owner.query(text, [hash, actorId, patientId])
  return handle
}
