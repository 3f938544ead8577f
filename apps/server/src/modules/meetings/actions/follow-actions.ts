import type { ActionItem } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { LocalDate } from '@moinha/contracts/common'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { checkInstantPlace } from '../../../platform/paging/instant-cursor.ts'
import { meetingErrors } from '../errors.ts'
import { attendingUnits, mayOrganise } from '../policy.ts'
import { findAction, listActions, type ActionRow } from '../store/action-rows.ts'
import { requireVisible } from './require-meeting.ts'

/** One thing to do, as its reader sees it. */
export function actionOf(work: Work, row: ActionRow): ActionItem {
  return {
    id: row.id,
    meetingId: row.meeting_id,
    meetingTitle: row.meeting_title,
    meetingAt: row.meeting_at.toISOString(),
    what: row.what,
    unit: row.unit_id === null ? null : { id: row.unit_id, name: row.unit_name ?? '' },
    who: row.who,
    dueOn: row.due_on,
    status: row.status,
    note: row.note,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledBy: row.settled_at === null ? null : (row.settler ?? ''),
    overdue: row.status === 'open' && row.due_on !== null && row.due_on < localDateOf(work.now),
    version: row.version,
    maySettle: maySettle(work, row),
  }
}

/** Whoever is to do it, and whoever leads the meetings of its organiser. */
const maySettle = ({ actor }: Work, row: ActionRow): boolean =>
  mayOrganise(actor, row.organiser_path) || (row.unit_id !== null && attendingUnits(actor).includes(row.unit_id))

interface Asked {
  whose: 'ours' | 'organised'
  status: 'open' | 'settled'
  after?: string | undefined
  limit: number
}

/** What meetings left to do. */
export async function listToDo(work: Work, { after, ...asked }: Asked) {
  const rows = await listActions(work, { ...asked, after: placeOf(after) })
  const items = rows.slice(0, asked.limit)
  const last = rows.length > asked.limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => actionOf(work, row)),
    next: last ? `${last.due_on ?? '2200-01-01'}_${last.id}` : null,
  }
}

function placeOf(after: string | undefined): { due: string; id: string } | undefined {
  if (after === undefined) return undefined
  const [due = '', ...rest] = after.split('_')
  if (!LocalDate.safeParse(due).success)
    throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'CURSOR' }])
  return { due, id: checkInstantPlace({ at: `${due}T00:00:00Z`, id: rest.join('_') }).id }
}

interface Settling {
  status: 'open' | 'done' | 'dropped'
  note: string
  version: number
}

/** Says what became of it; only the organiser drops what was decided. */
export async function settleAction(work: Work, id: string, { status, note, version }: Settling): Promise<ActionItem> {
  const row = await findAction(work.tx, id)
  if (!row) throw meetingErrors.MEETING_ACTION_UNKNOWN()
  await requireVisible(work, row.meeting_id)
  if (!maySettle(work, row)) throw meetingErrors.MEETING_ACTION_NOT_YOURS()
  if (status === 'dropped' && !mayOrganise(work.actor, row.organiser_path))
    throw meetingErrors.MEETING_ACTION_NOT_YOURS()
  const settled = status === 'open' ? null : { at: work.now, by: work.actor.personId }
  const { numUpdatedRows } = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .updateTable('meetings.action_item')
      .set({ status, note, settled_at: settled?.at ?? null, settled_by: settled?.by ?? null, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst(),
  )
  if (numUpdatedRows === 0n) throw platformErrors.CHANGED_MEANWHILE({ current: actionOf(work, row) })
  await work.live(`facility:${row.organiser_id}`, 'meeting.changed', { meetingId: row.meeting_id })
  work.audit({
    action: 'meetings.settleAction',
    subject: 'action_item',
    subjectId: id,
    facilityId: row.unit_id ?? row.organiser_id,
    detail: { status },
  })
  const now = await findAction(work.tx, id)
  return actionOf(work, now ?? row)
}
