import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityCard } from '../../facilities/index.ts'
import { rosterErrors } from '../errors.ts'
import { mayHandOver } from '../policy.ts'

interface HandoverRow {
  id: string
  specialty: string | null
  note: string
  writtenBy: string
  writtenAt: Date
  readBy: string[]
}

async function notes(work: Work, facilityId: string, id: string | null) {
  const { rows } = await sql<HandoverRow>`
    select h.id, h.specialty, h.note, p.full_name as "writtenBy", h.written_at as "writtenAt",
      array(select r.full_name from roster.handover_read d join identity.person_card r on r.id = d.person_id
      where d.handover_id = h.id order by d.read_at) as "readBy"
    from roster.handover h join identity.person_card p on p.id = h.written_by
    where h.facility_id = ${facilityId} and (${id}::uuid is null or h.id = ${id})
      and (${id}::uuid is not null or h.written_at > ${work.now}::timestamptz - interval '3 days')
    order by h.written_at desc, h.id limit 60`.execute(work.tx)
  return rows.map((row) => ({ ...row, writtenAt: row.writtenAt.toISOString() }))
}

async function ownUnit(work: Work, facilityId: string): Promise<void> {
  const unit = await facilityCard(work.tx, facilityId)
  if (!unit || !mayHandOver(work.actor, unit)) throw rosterErrors.ROSTER_NOT_YOURS()
}

export async function listHandovers(work: Work, facilityId: string) {
  await ownUnit(work, facilityId)
  const items = await notes(work, facilityId, null)
  work.audit({
    action: 'roster.readHandovers',
    subject: 'facility',
    subjectId: facilityId,
    facilityId,
    detail: { count: items.length },
  })
  return { items }
}

/** A note for those who come next. */
export async function writeHandover(
  work: Work,
  note: { id: string; facilityId: string; specialty: string | null; note: string },
) {
  await ownUnit(work, note.facilityId)
  await work.tx
    .insertInto('roster.handover')
    .values({
      id: note.id,
      facility_id: note.facilityId,
      specialty: note.specialty,
      note: note.note,
      written_by: work.actor.personId ?? '',
      written_at: work.now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  const [written] = await notes(work, note.facilityId, note.id)
  if (!written || written.note !== note.note) throw platformErrors.ID_TAKEN()
  await work.live(`facility:${note.facilityId}`, 'roster.changed', { facilityId: note.facilityId })
  return written
}

export async function readHandover(work: Work, id: string): Promise<void> {
  const note = await work.tx.selectFrom('roster.handover').where('id', '=', id).select('facility_id').executeTakeFirst()
  if (!note || !work.actor.personId) throw rosterErrors.HANDOVER_UNKNOWN()
  await work.tx
    .insertInto('roster.handover_read')
    .values({ handover_id: id, person_id: work.actor.personId, read_at: work.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
