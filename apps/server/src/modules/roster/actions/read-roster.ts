import { sql } from 'kysely'
import { addDays, instantOf } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityCard, type FacilityCard } from '../../facilities/index.ts'
import { gapsByTeam } from '../domain/gaps.ts'
import { rosterErrors } from '../errors.ts'
import { mayPlanRoster, mayReadRoster } from '../policy.ts'
import { shiftsDuring, toShift, type ShiftRow } from '../store/shift-rows.ts'

/** The unit, if the actor may read its roster. */
async function readableUnit(work: Work, facilityId: string): Promise<FacilityCard> {
  const unit = await facilityCard(work.tx, facilityId)
  if (!unit) throw platformErrors.NOT_FOUND()
  if (!mayReadRoster(work.actor, unit)) throw rosterErrors.ROSTER_NOT_YOURS()
  return unit
}

/** The unit, if the actor may plan its roster. */
export async function plannableUnit(work: Work, facilityId: string): Promise<FacilityCard> {
  const unit = await facilityCard(work.tx, facilityId)
  if (!unit || !mayReadRoster(work.actor, unit)) throw platformErrors.NOT_FOUND()
  if (!mayPlanRoster(work.actor, unit)) throw rosterErrors.ROSTER_NOT_YOURS()
  return unit
}

/** One week of a unit. */
export async function readWeek(work: Work, { facilityId, from }: { facilityId: string; from: string }) {
  const unit = await readableUnit(work, facilityId)
  const to = addDays(from, 7)
  const window = { start: instantOf(from), end: instantOf(to) }
  const rows = await shiftsDuring(work.tx, { facilityId, from: window.start, to: window.end, now: work.now })
  const people = await dutyPeople(work.tx, facilityId)
  const teams = teamsOf(rows, people)
  const gaps = gapsByTeam(
    window,
    teams,
    rows.map((row) => ({ start: row.starts_at, end: row.ends_at, specialty: row.specialty, role: row.role })),
  )
  return {
    facility: { id: unit.id, name: unit.name },
    from,
    to,
    mayManage: mayPlanRoster(work.actor, unit),
    shifts: rows.map(toShift),
    teams,
    specialties: await specialties(work.tx),
    people,
    gaps: gaps.map(({ specialty, gap }) => ({
      specialty,
      startsAt: gap.start.toISOString(),
      endsAt: gap.end.toISOString(),
    })),
  }
}

type DutyPerson = { personId: string; fullName: string; title: string; specialties: string[] }

/**
 * A team is a specialty the unit has doctors of, or one that is on its roster; the duty lead's line is always there.
 */
function teamsOf(rows: readonly ShiftRow[], people: readonly DutyPerson[]): (string | null)[] {
  const codes = new Set([
    ...rows.flatMap((row) => row.specialty ?? []),
    ...people.flatMap((person) => person.specialties.slice(0, 1)),
  ])
  return [null, ...[...codes].sort()]
}

async function dutyPeople(tx: Tx, facilityId: string): Promise<DutyPerson[]> {
  const { rows } = await sql<DutyPerson>`
    select p.id as "personId", p.full_name as "fullName", s.title, s.specialties
    from identity.practitioner_card s join identity.person_card p on p.id = s.person_id
    where s.facility_id = ${facilityId} and s.valid_until is null and s.licence_no <> ''
      order by p.full_name, p.id`.execute(tx)
  return rows
}

async function specialties(tx: Tx) {
  return tx
    .selectFrom('facilities.specialty')
    .select(['code', 'name_vi as vi', 'name_en as en'])
    .orderBy('sort')
    .execute()
}

/** Who is on duty at this moment. */
export async function readNow(work: Work, facilityId: string) {
  await readableUnit(work, facilityId)
  const rows = await shiftsDuring(work.tx, {
    facilityId,
    from: work.now,
    to: new Date(work.now.getTime() + 1000),
    now: work.now,
  })
  return { items: rows.map(toShift) }
}

/** The actor's own coming shifts. */
export async function readMine(work: Work) {
  const { rows } = await sql<{
    id: string
    facilityName: string
    specialty: string | null
    role: 'on_duty' | 'backup' | 'lead'
    starts: Date
    ends: Date
  }>`
    select s.id, f.short_name as "facilityName", s.specialty, s.role, lower(s.during) as starts, upper(s.during) as ends
    from roster.shift s join facilities.unit f on f.id = s.facility_id
    where s.person_id = ${work.actor.personId} and s.removed_at is null
      and s.during && tstzrange(${work.now}, ${work.now}::timestamptz + interval '14 days')
    order by lower(s.during), s.id limit 60`.execute(work.tx)
  return {
    items: rows.map(({ starts, ends, ...row }) => ({
      ...row,
      startsAt: starts.toISOString(),
      endsAt: ends.toISOString(),
    })),
  }
}
