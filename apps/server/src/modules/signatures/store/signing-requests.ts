import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { SigningRequestTable, SigningState } from './tables.ts'

export type SigningRequest = Selectable<SigningRequestTable>

export async function findRequest(tx: Tx, id: string): Promise<SigningRequest | undefined> {
  return tx.selectFrom('signatures.request').where('id', '=', id).selectAll().executeTakeFirst()
}

/** The request under way for one signature; not held, since whoever completes it locks it ahead of its document. */
export async function findOpenRequest(
  tx: Tx,
  of: { subjectKind: string; subjectId: string; signerId: string; role: string },
): Promise<SigningRequest | undefined> {
  return tx
    .selectFrom('signatures.request')
    .where('subject_kind', '=', of.subjectKind)
    .where('subject_id', '=', of.subjectId)
    .where('signer_id', '=', of.signerId)
    .where('role', '=', of.role)
    .where('state', 'in', ['prepared', 'signed'])
    .selectAll()
    .executeTakeFirst()
}

interface Turn {
  from: SigningState
  to: SigningState
  set?: { method?: string; proof?: string; signed_at?: Date; completed_at?: Date; ended_at?: Date; reason?: string }
}

/** Compare-and-set of the state; false where somebody was faster. */
export async function turnRequest(tx: Tx, id: string, { from, to, set = {} }: Turn): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('signatures.request')
    .where('id', '=', id)
    .where('state', '=', from)
    .set({ state: to, ...set })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Ends a request whose signer wants another; false where its signature is being completed at this moment. It does not
 * wait: whoever completes holds the request and comes for the document, which the caller holds.
 */
export async function replaceRequest(tx: Tx, { id, state }: SigningRequest, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('signatures.request')
    .where('id', '=', (eb) =>
      eb
        .selectFrom('signatures.request')
        .where('id', '=', id)
        .where('state', '=', state)
        .select('id')
        .forUpdate()
        .skipLocked(),
    )
    .set({ state: 'void', ended_at: now, reason: 'REPLACED' })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** A request that is still to be signed, noted as asked for; undefined where it is not. */
export async function takeToService(tx: Tx, id: string): Promise<SigningRequest | undefined> {
  return tx
    .updateTable('signatures.request')
    .where('id', '=', id)
    .where('state', '=', 'prepared')
    .set({ asked_at: sql<Date>`now()` })
    .returningAll()
    .executeTakeFirst()
}

const lastAsked = sql<Date>`coalesce(asked_at, prepared_at)`

/**
 * Requests nobody asked for lately, e.g. after a crash between the steps or while their signer waits; longest first.
 */
export async function leftRequests(tx: Tx, seconds: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('signatures.request')
    .where('state', '=', 'prepared')
    .where(lastAsked, '<', sql<Date>`now() - make_interval(secs => ${seconds})`)
    .select('id')
    .orderBy(lastAsked)
    .limit(20)
    .execute()
  return rows.map((row) => row.id)
}

/** Whatever waits for this signer is over. */
export async function endRequestsOf(tx: Tx, signerId: string, { reason, now }: { reason: string; now: Date }) {
  return tx
    .updateTable('signatures.request')
    .where('state', '=', 'prepared')
    .where('signer_id', '=', signerId)
    .set({ state: 'void', reason, ended_at: now })
    .returning(['subject_kind', 'subject_id', 'signer_id', 'prepared_at'])
    .execute()
}

/** What nobody signed in this time is over; whoever still wants to sign asks anew. */
export async function endOldRequests(tx: Tx, hours: number) {
  return tx
    .updateTable('signatures.request')
    .where('state', '=', 'prepared')
    .where('prepared_at', '<', sql<Date>`now() - make_interval(hours => ${hours})`)
    .set({ state: 'void', reason: 'EXPIRED', ended_at: sql<Date>`now()` })
    .returning(['subject_kind', 'subject_id', 'signer_id', 'prepared_at'])
    .execute()
}
