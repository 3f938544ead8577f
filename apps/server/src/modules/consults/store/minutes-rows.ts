import type { MinutesContent } from '@moinha/contracts/consults'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Signer } from '../domain/minutes-check.ts'
import type { ConsultRow } from './tables.ts'

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

/** Texts before both ends in which a person has a part; the actor of this transaction sees their cases. */
export async function proposedMinutes(tx: Tx, personId: string): Promise<{ minutes: MinutesRow; row: ConsultRow }[]> {
  const minutes = await tx
    .selectFrom('consults.minutes as m')
    .innerJoin('consults.consult as c', 'c.id', 'm.consult_id')
    .where('m.state', '=', 'proposed')
    .where((eb) =>
      eb.or([
        eb('c.requester_id', '=', personId),
        sql<boolean>`m.content -> 'members' @> ${JSON.stringify([{ personId }])}::jsonb`,
      ]),
    )
    .selectAll('m')
    .orderBy('m.proposed_at')
    .limit(200)
    .execute()
  const ids = minutes.map((one) => one.consult_id)
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('consults.consult')
    .where(sql<boolean>`id = any (${ids}::uuid[])`)
    .selectAll()
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return minutes.flatMap((one) => {
    const row = byId.get(one.consult_id)
    return row ? [{ minutes: one, row }] : []
  })
}

/** Signatures of several texts, by text. */
export async function signaturesOfAll(tx: Tx, ids: readonly string[]): Promise<Map<string, Signer[]>> {
  const found = new Map<string, Signer[]>()
  if (ids.length === 0) return found
  const lines = await tx
    .selectFrom('consults.signature')
    .where(sql<boolean>`minutes_id = any (${[...ids]}::uuid[])`)
    .select(['minutes_id', 'person_id as personId', 'role'])
    .execute()
  for (const { minutes_id: id, ...signer } of lines) found.set(id, [...(found.get(id) ?? []), signer])
  return found
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
