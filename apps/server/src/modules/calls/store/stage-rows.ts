import type { MediaRole } from '@moinha/contracts/calls'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { MemberRow } from './visit-rows.ts'

export interface Knock {
  readonly visitId: string
  readonly personId: string
  readonly at: Date
  /** A knock from before this counts no more. */
  readonly validFrom: Date
}

/** Raises or lowers a hand; one that is up keeps its place in the queue. Answers since when it is up. */
export async function setHand(tx: Tx, visitId: string, personId: string, at: Date | null): Promise<Date | null> {
  const row = await tx
    .updateTable('calls.member')
    .set({ hand_raised_at: at === null ? null : sql<Date>`coalesce(hand_raised_at, ${at}::timestamptz)` })
    .where('visit_id', '=', visitId)
    .where('person_id', '=', personId)
    .returning('hand_raised_at')
    .executeTakeFirst()
  return row?.hand_raised_at ?? null
}

/** Lowers the hand of one member or all; answers whose. */
export async function lowerHandRows(tx: Tx, visitId: string, personId: string | null): Promise<string[]> {
  let query = tx
    .updateTable('calls.member')
    .set({ hand_raised_at: null })
    .where('visit_id', '=', visitId)
    .where('hand_raised_at', 'is not', null)
  if (personId !== null) query = query.where('person_id', '=', personId)
  return (await query.returning('person_id').execute()).map((row) => row.person_id)
}

/** Notes that a member stands at the door; true when nobody knew of it. */
export async function noteKnock(tx: Tx, knock: Knock): Promise<boolean> {
  const { visitId, personId, at, validFrom } = knock
  // a knock within the time goes on with the same wait
  const stillWaits = sql<boolean>`knocked_at >= ${validFrom}::timestamptz`
  const row = await tx
    .updateTable('calls.member')
    .set({
      knocked_at: at,
      waits_since: sql<Date>`case when ${stillWaits} then waits_since else ${at}::timestamptz end`,
    })
    .where('visit_id', '=', visitId)
    .where('person_id', '=', personId)
    .returning('waits_since')
    .executeTakeFirst()
  return row?.waits_since?.getTime() === at.getTime()
}

/** Who stands at the door, in the order they came. */
export function waitingMembers(tx: Tx, visitId: string, validFrom: Date): Promise<MemberRow[]> {
  return tx
    .selectFrom('calls.member')
    .selectAll()
    .where('visit_id', '=', visitId)
    .where('removed_at', 'is', null)
    .where('admitted_at', 'is', null)
    .where('knocked_at', '>=', validFrom)
    .orderBy('waits_since')
    .orderBy('person_id')
    .execute()
}

/** Lets one member in, whether they knocked or not, or all who knocked since; answers who was not let in before. */
export async function admitRows(
  tx: Tx,
  visitId: string,
  who: { personId: string } | { knockedSince: Date },
  at: Date,
): Promise<string[]> {
  let query = tx
    .updateTable('calls.member')
    .set({ admitted_at: at })
    .where('visit_id', '=', visitId)
    .where('removed_at', 'is', null)
    .where('admitted_at', 'is', null)
  query =
    'personId' in who ? query.where('person_id', '=', who.personId) : query.where('knocked_at', '>=', who.knockedSince)
  return (await query.returning('person_id').execute()).map((row) => row.person_id)
}

/** The page that shows something to all, if it is in the room. */
export function presenterOf(tx: Tx, visitId: string): Promise<{ personId: string; peer: string } | undefined> {
  return tx
    .selectFrom('calls.visit as v')
    .innerJoin('calls.participant as p', (join) =>
      join.onRef('p.visit_id', '=', 'v.id').onRef('p.peer', '=', 'v.presenter_peer'),
    )
    .where('v.id', '=', visitId)
    .select(['p.person_id as personId', 'p.peer'])
    .executeTakeFirst()
}

export async function setPresenter(tx: Tx, visitId: string, peer: string | null): Promise<void> {
  await tx.updateTable('calls.visit').set({ presenter_peer: peer }).where('id', '=', visitId).execute()
}

export async function setFloor(tx: Tx, visitId: string, closed: boolean): Promise<void> {
  await tx.updateTable('calls.visit').set({ floor_closed: closed }).where('id', '=', visitId).execute()
}

/** Turns all members of one part who do not lead into the other; answers who. */
export async function turnMembers(tx: Tx, visitId: string, from: MediaRole, to: MediaRole): Promise<string[]> {
  const rows = await tx
    .updateTable('calls.member')
    .set({ media_role: to })
    .where('visit_id', '=', visitId)
    .where('media_role', '=', from)
    .where('may_finish', '=', false)
    .where('removed_at', 'is', null)
    .returning('person_id')
    .execute()
  return rows.map((row) => row.person_id)
}
