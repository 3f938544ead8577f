import type { MinutesContent } from '@moinha/contracts/consults'
import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

export interface MinutesRow {
  id: string
  consult_id: string
  version: number
  state: 'draft' | 'proposed' | 'locked' | 'superseded'
  drafted_by: string
  content: MinutesContent
  content_hash: string
  decision: 'accepts' | 'partly' | 'not' | null
  decision_reason: string
  proposed_at: Date | null
  locked_at: Date | null
}

export async function findMinutes(tx: Tx, id: string): Promise<MinutesRow | undefined> {
  return tx.selectFrom('consults.minutes').where('id', '=', id).selectAll().executeTakeFirst()
}

/** The minutes to show: a text before both ends or one's own newer draft first, else the locked one. */
export async function currentMinutes(tx: Tx, consultId: string): Promise<MinutesRow | undefined> {
  return tx
    .selectFrom('consults.minutes')
    .where('consult_id', '=', consultId)
    .where('state', '<>', 'superseded')
    .selectAll()
    .orderBy((eb) => eb.case().when('state', '=', 'proposed').then(0).when('state', '=', 'draft').then(1).else(2).end())
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export interface SignatureLine {
  personId: string
  role: 'chair' | 'secretary' | 'requester'
  signedAt: Date
  method: string
  contentHash: string
}

export async function signaturesOf(tx: Tx, minutesId: string): Promise<SignatureLine[]> {
  return tx
    .selectFrom('consults.signature')
    .where('minutes_id', '=', minutesId)
    .select(['person_id as personId', 'role', 'signed_at as signedAt', 'method', 'content_hash as contentHash'])
    .orderBy('signed_at')
    .orderBy('role')
    .execute()
}

/** Has somebody signed the text that stands? A signature under a text that gave way to another has no force. */
export async function hasStandingSignature(tx: Tx, consultId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('consults.signature as s')
    .innerJoin('consults.minutes as m', 'm.id', 's.minutes_id')
    .where('m.consult_id', '=', consultId)
    .where('m.state', 'in', ['proposed', 'locked'])
    .select('m.id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
