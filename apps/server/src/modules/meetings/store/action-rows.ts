import type { MinutesContent } from '@moinha/contracts/meetings'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { attendingUnits, organisedBy } from '../policy.ts'
import { lateStart } from './meeting-lines.ts'
import type { MeetingRow } from './meeting-rows.ts'
import type { ActionItemTable } from './tables.ts'

export interface ActionRow extends Selectable<ActionItemTable> {
  meeting_title: string
  meeting_at: Date
  organiser_path: string | null
  unit_name: string | null
  settler: string | null
}

const actions = sql`select a.*, m.title as meeting_title, m.starts_at as meeting_at, op.path::text as organiser_path,
    u.name as unit_name, p.full_name as settler
  from meetings.action_item a join meetings.meeting m on m.id = a.meeting_id
    left join facilities.current_path op on op.facility_id = a.organiser_id
    left join facilities.unit u on u.id = a.unit_id
    left join identity.person_card p on p.id = a.settled_by`

/**
 * What earlier meetings of a series left open, and what was done since the one before, so that it is reported once:
 * open ones first, soonest due, as far as the actor may know of them.
 */
export async function carriedActions({ tx, now }: Work, meeting: MeetingRow): Promise<ActionRow[]> {
  // one that nobody came to reported nothing
  const before = sql`(select max(b.starts_at) from meetings.meeting b where b.series_id = ${meeting.series_id}
    and b.starts_at < ${meeting.starts_at}
    and (b.status in ('running', 'ended')
      or (b.status = 'planned' and b.ends_at > ${now}::timestamptz - ${lateStart})))`
  const { rows } = await sql<ActionRow>`${actions} where a.series_id = ${meeting.series_id}
    and (a.status = 'open' or (a.status = 'done' and a.settled_at >= ${before}))
    and m.starts_at < ${meeting.starts_at}
    order by a.status <> 'open', a.due_on nulls last, a.id limit 100`.execute(tx)
  return rows
}

/** One, if the actor of this transaction may know of its meeting. */
export async function findAction(tx: Tx, id: string): Promise<ActionRow | undefined> {
  const { rows } = await sql<ActionRow>`${actions} where a.id = ${id}`.execute(tx)
  return rows[0]
}

/** Without a due day: after all that have one. */
const dueKey = sql`coalesce(a.due_on, date '2200-01-01')`

export interface ActionQuery {
  whose: 'ours' | 'organised'
  status: 'open' | 'settled'
  after: { due: string; id: string } | undefined
  limit: number
}

/** A page of what is to do, soonest due first. */
export async function listActions(work: Work, { whose, status, after, limit }: ActionQuery): Promise<ActionRow[]> {
  const { actor } = work
  const mine: RawBuilder<unknown> =
    whose === 'ours'
      ? sql`a.unit_id = any (${attendingUnits(actor)}::uuid[])`
      : sql`${organisedBy(actor, sql.ref('op.path'))}`
  const place = after ? sql`and (${dueKey}, a.id) > (${after.due}::date, ${after.id}::uuid)` : sql``
  const { rows } = await sql<ActionRow>`${actions} where ${mine}
    and ${status === 'open' ? sql`a.status = 'open'` : sql`a.status <> 'open'`} ${place}
    order by ${dueKey}, a.id limit ${limit + 1}`.execute(work.tx)
  return rows
}

/**
 * Writes what approved minutes give out. An action of an earlier version keeps what became of it; one that the
 * correction no longer names is dropped. Asked as the system.
 */
export async function giveOutActions(
  tx: Tx,
  meeting: MeetingRow,
  given: MinutesContent['actions'],
  { by, now }: { by: string | null; now: Date },
): Promise<void> {
  for (const action of given)
    await tx
      .insertInto('meetings.action_item')
      .values({
        id: action.id,
        meeting_id: meeting.id,
        series_id: meeting.series_id,
        organiser_id: meeting.organiser_id,
        what: action.what,
        unit_id: action.unitId,
        who: action.who,
        due_on: action.dueOn,
        settled_by: null,
        settled_at: null,
        created_at: now,
      })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ what: action.what, unit_id: action.unitId, who: action.who, due_on: action.dueOn })
          // an id of another meeting is nobody's to write over
          .where(sql<boolean>`action_item.meeting_id = ${meeting.id}`),
      )
      .execute()
  await tx
    .updateTable('meetings.action_item')
    .set({ status: 'dropped', settled_by: by, settled_at: now, version: sql<number>`version + 1` })
    .where('meeting_id', '=', meeting.id)
    .where('status', '=', 'open')
    .where(sql<boolean>`id <> all (${given.map((action) => action.id)}::uuid[])`)
    .execute()
}
