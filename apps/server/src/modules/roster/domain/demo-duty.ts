/** A doctor of the demo who may be put on duty. */
export interface DutyDoctor {
  readonly personId: string
  readonly facilityId: string
  /** The main one first. */
  readonly specialties: readonly string[]
  readonly username: string
  readonly isLead: boolean
}

export interface DemoDuty {
  readonly facility_id: string
  readonly specialty: string | null
  readonly person_id: string
  readonly role: 'on_duty' | 'backup' | 'lead'
  readonly rank: number
}

/** Two doctors share a duty, a third stands by. */
const onDutyCount = 2
const backupCount = 1

/**
 * The demo's duty of one day (days since 1970): doctors of a team take turns, the story's own people keep their place.
 */
export function planDuty(doctors: readonly DutyDoctor[], day: number): DemoDuty[] {
  const units = Map.groupBy(doctors, (doctor) => doctor.facilityId)
  return [...units].flatMap(([facilityId, staff]) => [
    ...planTeams(facilityId, staff, day),
    ...planLead(facilityId, staff, day),
  ])
}

function planTeams(facilityId: string, staff: readonly DutyDoctor[], day: number): DemoDuty[] {
  const codes = [
    ...new Set(staff.filter((doctor) => !doctor.isLead).map((doctor) => doctor.specialties[0] ?? '')),
  ].filter(Boolean)
  return codes.flatMap((specialty) => {
    const team = staff.filter((doctor) => !doctor.isLead && doctor.specialties[0] === specialty)
    return inTurn(team, day)
      .slice(0, onDutyCount + backupCount)
      .map((doctor, index) => ({
        facility_id: facilityId,
        specialty,
        person_id: doctor.personId,
        role: index < onDutyCount ? ('on_duty' as const) : ('backup' as const),
        rank: index + 1,
      }))
  })
}

/**
 * The order of a team on a day. The district internist of the story is rung first; the provincial cardiologist second,
 * so that a request nobody answers is seen to go on to her.
 */
function inTurn(team: readonly DutyDoctor[], day: number): DutyDoctor[] {
  const first = team.filter((doctor) => doctor.username === 'internal.ngochoi')
  const second = team.filter((doctor) => doctor.username === 'cardio.kontum')
  const others = team.filter((doctor) => !first.includes(doctor) && !second.includes(doctor))
  const turned = others
    .map((_, index) => others[(index + day) % others.length])
    .filter((doctor) => doctor !== undefined)
  return [...first, ...turned.slice(0, 1), ...second, ...turned.slice(1)]
}

function planLead(facilityId: string, staff: readonly DutyDoctor[], day: number): DemoDuty[] {
  const leads = staff.filter((doctor) => doctor.isLead)
  // a unit without a named lead lets its emergency or internal doctors lead in turn
  const pool =
    leads.length > 0
      ? leads
      : staff.filter((doctor) =>
          ['emergency', 'internal', 'psychiatry', 'traditional_medicine'].includes(doctor.specialties[0] ?? ''),
        )
  const lead = pool[day % Math.max(pool.length, 1)]
  return lead ? [{ facility_id: facilityId, specialty: null, person_id: lead.personId, role: 'lead', rank: 1 }] : []
}
