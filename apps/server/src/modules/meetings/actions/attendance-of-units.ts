import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, instantOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { requireOrganiser } from './check-plan.ts'

interface Asked {
  facilityId: string
  from: string
  to: string
}

interface Row {
  id: string
  name: string
  invited: number
  attended: number
  late: number
}

/** As many as a province has; the report is read on one page. */
const maxUnits = 300

/**
 * How often the units under a unit came to the meetings held on these days, as the ledger counts them, those who came
 * least first.
 */
export async function attendanceOfUnits(work: Work, { facilityId, from, to }: Asked) {
  await requireOrganiser(work, facilityId)
  const [begin, end] = [instantOf(from), instantOf(addDays(to, 1))]
  const { rows } = await asSystem(work, systemActor, ({ tx }) =>
    sql<Row>`select f.id, f.name, count(*)::int as invited,
      count(*) filter (where coalesce(i.hand_attended, i.attended))::int as attended,
      count(*) filter (where coalesce(i.hand_attended, i.attended) and i.late)::int as late
    from facilities.current_path root join facilities.current_path below on below.path <@ root.path
      join meetings.invitation i on i.facility_id = below.facility_id and i.removed_at is null
      join meetings.meeting m on m.id = i.meeting_id and m.held
      join facilities.unit f on f.id = below.facility_id
    where root.facility_id = ${facilityId} and m.starts_at >= ${begin} and m.starts_at < ${end}
      and i.facility_id <> m.organiser_id
    group by f.id, f.name order by attended, f.name, f.id limit ${maxUnits}`.execute(tx),
  )
  return { items: rows.map(({ id, name, ...counts }) => ({ unit: { id, name }, ...counts })) }
}
