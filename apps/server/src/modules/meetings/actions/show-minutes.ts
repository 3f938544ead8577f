import type { MinutesView } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import { personCards } from '../../identity/index.ts'
import { emptyMinutes } from '../domain/minutes-content.ts'
import { minutesOf, type MinutesRow } from '../store/minutes-rows.ts'
import { requireVisible } from './require-meeting.ts'

/** Minutes of a meeting: the draft for hosts, what was approved for all who are invited. */
export async function readMinutes(work: Work, id: string): Promise<MinutesView> {
  const { meeting, standing } = await requireVisible(work, id)
  const { host } = standing
  work.audit({ action: 'meetings.minutes', subject: 'meeting', subjectId: id, facilityId: meeting.organiser_id })
  return asSystem(work, systemActor, async ({ tx }) => {
    const all = await minutesOf(tx, id)
    const shown = host ? all : all.filter((row) => row.status === 'approved')
    const [newest, ...earlier] = shown
    const people = await personCards(
      tx,
      shown.flatMap((row) => [row.written_by, row.approved_by].flatMap((person) => person ?? [])),
    )
    const names = new Map(people.map((person) => [person.id, person.fullName]))
    const unitIds = (newest?.content.actions ?? []).flatMap((action) => action.unitId ?? [])
    const units = (await facilityCards(tx, unitIds)).map((card) => ({ id: card.id, name: card.name }))
    const may = {
      write: host && meeting.status !== 'cancelled' && newest?.status !== 'approved',
      approve: host && meeting.status === 'ended' && newest?.status === 'draft',
      correct: host && newest?.status === 'approved',
    }
    return { meetingId: id, ...newestOf(newest, names), units, earlier: earlier.flatMap(earlierOf(names)), may }
  })
}

type Names = ReadonlyMap<string, string>
const nameIn = (names: Names, id: string | null) => (id === null ? null : (names.get(id) ?? ''))

const unwritten = {
  version: 0,
  status: 'none' as const,
  revision: 0,
  content: emptyMinutes,
  attendance: null,
  writtenBy: null,
  writtenAt: null,
  approvedBy: null,
  approvedAt: null,
  reason: null,
}

function newestOf(row: MinutesRow | undefined, names: Names) {
  if (!row) return unwritten
  return {
    version: row.status === 'approved' ? row.version : row.version - 1,
    status: row.status,
    revision: row.revision,
    content: row.content,
    attendance: row.attendance,
    writtenBy: nameIn(names, row.written_by),
    writtenAt: row.written_at.toISOString(),
    approvedBy: nameIn(names, row.approved_by),
    approvedAt: row.approved_at?.toISOString() ?? null,
    reason: row.reason,
  }
}

const earlierOf = (names: Names) => (row: MinutesRow) =>
  row.approved_at === null
    ? []
    : [
        {
          version: row.version,
          content: row.content,
          approvedBy: nameIn(names, row.approved_by),
          approvedAt: row.approved_at.toISOString(),
          reason: row.reason,
        },
      ]
