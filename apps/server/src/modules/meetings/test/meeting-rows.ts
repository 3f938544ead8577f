import { randomUUID } from 'node:crypto'
import { systemActor } from '../../../platform/access/actor.ts'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { keepDocument } from '../actions/meeting-documents.ts'

export const ngocHoi = facilityIdOf('kt-bvdkkv-ngoc-hoi')
export const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')

/** Who calls a meeting, and the station it invites. */
export interface World {
  organiser: string
  station: string
}
export const ownWorld: World = { organiser: ngocHoi, station: poY }
export const foreignWorld: World = { organiser: facilityIdOf('gl-syt'), station: hoaiHai }

export type RowStatus = 'planned' | 'running' | 'ended'

/** A meeting written past every rule, beginning now. */
export async function meetingRow(bed: TestBed, world: World, status: RowStatus = 'planned'): Promise<string> {
  const id = randomUUID()
  const begun = status === 'planned' ? null : new Date()
  const over = status === 'ended' ? new Date() : null
  const template = JSON.stringify({ title: 'Giao ban', durationMinutes: 60, invitees: {}, agenda: [] })
  await bed.owner.query(
    `insert into meetings.series (id, organiser_id, first_day, first_time, planned_until, template, created_at,
        changed_at)
      values ($1, $2, current_date, '08:00', '2200-01-01', $3, now(), now())`,
    [id, world.organiser, template],
  )
  await bed.owner.query(
    `insert into meetings.meeting (id, series_id, organiser_id, rule_day, kind, title, description, starts_at, ends_at,
        agenda, area_ids, area_types, unit_ids, enter_as, lobby, created_at, status, started_at, ended_at, held,
        visit_id)
      values ($1, $1, $2, current_date, 'briefing', 'Giao ban', '', now() + interval '1 minute',
        now() + interval '1 hour',
        '[]', '{}', '{}', $3, 'speaker', false, now(), $4, $5, $6, $7, $8)`,
    [id, world.organiser, [world.station], status, begun, over, over && true, begun && id],
  )
  for (const unit of [world.organiser, world.station])
    await bed.owner.query(
      'insert into meetings.invitation (meeting_id, facility_id, organiser_id, attended) values ($1, $2, $3, $4)',
      [id, unit, world.organiser, over && true],
    )
  if (begun)
    await bed.owner.query(
      `insert into calls.visit (id, kind, opened_at, finished_at)
        values ($1, 'meeting', now() - interval '1 hour', $2)`,
      [id, over],
    )
  return id
}

/** Minutes of a meeting that ended, with an action for its station. */
export async function minutesRow(
  bed: TestBed,
  world: World,
  status: 'draft' | 'approved',
): Promise<{ id: string; actionId: string }> {
  const id = await meetingRow(bed, world, 'ended')
  const actionId = randomUUID()
  const content = {
    items: [],
    decisions: [{ id: randomUUID(), text: 'Tiêm chủng đúng lịch' }],
    actions: [{ id: actionId, what: 'Gửi danh sách', unitId: world.station, who: '', dueOn: null }],
    note: '',
  }
  await bed.owner.query(
    `insert into meetings.minutes (meeting_id, version, status, revision, content, written_at, approved_at)
      values ($1, 1, $2, 1, $3, now(), $4)`,
    [id, status, JSON.stringify(content), status === 'approved' ? new Date() : null],
  )
  if (status === 'approved')
    await bed.owner.query(
      `insert into meetings.action_item (id, meeting_id, series_id, organiser_id, what, unit_id, who, created_at)
        values ($1, $2, $2, $3, 'Gửi danh sách', $4, '', now())`,
      [actionId, id, world.organiser, world.station],
    )
  return { id, actionId }
}

/** A paper of a planned meeting, its file in the store. */
export async function documentRow(bed: TestBed, world: World): Promise<{ id: string; documentId: string }> {
  const id = await meetingRow(bed, world)
  const documentId = randomUUID()
  const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100)])
  const made = { id: documentId, purpose: 'meeting_document', subjectId: id, name: 'so-lieu.png' }
  const keep = await bed.platform.files.write(
    made,
    (async function* () {
      yield bytes
    })(),
  )
  await bed.platform.transact(systemActor, async (work) => keepDocument(work, await keep(work)))
  return { id, documentId }
}
