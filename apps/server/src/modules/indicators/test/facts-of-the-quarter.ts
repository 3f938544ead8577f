import type pg from 'pg'

interface Fact {
  kind: string
  facility: string
  type: string
  counterpartType: string | null
  person: string | null
  qualification: string
  alone: boolean
}

/** Care given from afar, and whether it stayed with the unit: whoever asked the upper level did not act alone. */
const careGiven = `
  select case e.remote_mode when 'HEALTH_ADVICE' then 'health_advice' else 'remote_exam' end as kind,
    e.finished_at as at,
    e.facility_id, null::uuid as counterpart_id, e.practitioner_id as person,
    not (e.referred_up or e.id in (select encounter_id from consulted)) as alone
  from records.encounter e
  where e.status = 'finished' and e.remote_mode in ('HEALTH_ADVICE', 'DIRECT_TO_PATIENT', 'VIA_RECEIVING_FACILITY')`

/** A signed consult counts once on each side. */
const consultsHeld = `
  select 'consult', signed_at, requesting_facility_id, supporting_facility_id, requester_id, false
  from consults.consult where status in ('signed', 'outcome', 'closed')
  union all
  select 'consult_answer', signed_at, supporting_facility_id, requesting_facility_id, consultant_id, true
  from consults.consult where status in ('signed', 'outcome', 'closed')`

/** What citizens were helped with, and what they booked themselves or by somebody, but for who just walked in. */
const helpAndBookings = `
  select 'install_help', at, facility_id, null, helper_id, true from news.help_given where taken_back_at is null
  union all
  select 'appointment_booked', booked_at, facility_id, null, practitioner_id, true from scheduling.appointment
  where origin <> 'walk_in' and state not in ('cancelled', 'offered', 'released')`

// Every countable fact of the units in the days, straight from the tables of those who own them: the ledger is not
// asked.
const everyFact = `
  with consulted as (
    select distinct encounter_id from consults.consult
    where status in ('accepted', 'scheduled', 'in_session', 'minutes', 'signed', 'outcome', 'closed')
  ), fact as (${careGiven} union all ${consultsHeld} union all ${helpAndBookings})
  select fact.kind, fact.facility_id as facility, f.type, c.type as "counterpartType", fact.person, fact.alone,
    coalesce((select qualification_code from identity.practitioner_role p where p.person_id = fact.person
    and p.facility_id = fact.facility_id limit 1), '') as qualification
  from fact join facilities.facility f on f.id = fact.facility_id
    left join facilities.facility c on c.id = fact.counterpart_id
  where fact.facility_id in (
      select below.facility_id from facilities.current_path top
        join facilities.current_path below on below.path <@ top.path
      where top.facility_id = $1)
    and fact.at >= $2::timestamptz and fact.at < $3::timestamptz`

const stations = ['commune_station', 'regional_clinic']
const hospitals = ['provincial_hospital', 'regional_hospital', 'specialty_hospital']
const remoteCare = ['health_advice', 'remote_exam', 'consult', 'consult_answer']

export interface Counted {
  annex: Record<string, number>
  byKind: Record<string, number>
}

/** The annex of a unit counted by brute force from the facts, and how many facts of each kind there are. */
export async function countFacts(owner: pg.Pool, unitId: string, from: string, until: string): Promise<Counted> {
  const { rows } = await owner.query<Fact>(everyFact, [unitId, from, until])
  const count = (...tests: ((fact: Fact) => boolean)[]) => rows.filter((fact) => tests.every((test) => test(fact)))
  const kind =
    (...kinds: string[]) =>
    (fact: Fact) =>
      kinds.includes(fact.kind)
  const atStation = (fact: Fact) => stations.includes(fact.type)
  const apart = (facts: Fact[], of: (fact: Fact) => string | null) => new Set(facts.map(of).filter(Boolean)).size
  const doctor = (fact: Fact) => fact.qualification === 'doctor'
  const turns = (of: string, alone: boolean) => count(kind(of), atStation, (fact) => fact.alone === alone).length
  const stationsActive = count(
    kind('health_advice', 'remote_exam', 'consult'),
    (fact) => fact.type === 'commune_station',
  )
  return {
    annex: {
      1: apart(stationsActive, (fact) => fact.facility),
      2: apart(count(kind(...remoteCare), doctor), (fact) => fact.person),
      3: apart(
        count(kind(...remoteCare), (fact) => !doctor(fact)),
        (fact) => fact.person,
      ),
      4: turns('health_advice', true) + turns('health_advice', false),
      '4.1': turns('health_advice', true),
      '4.2': turns('health_advice', false),
      5: turns('remote_exam', true) + turns('remote_exam', false),
      '5.1': turns('remote_exam', true),
      '5.2': turns('remote_exam', false),
      9: count(kind('install_help')).length,
      10: count(kind('consult'), (fact) => hospitals.includes(fact.counterpartType ?? '')).length,
      11: count(kind('consult_answer'), (fact) => stations.includes(fact.counterpartType ?? '')).length,
    },
    byKind: rows.reduce<Record<string, number>>(
      (all, fact) => ({ ...all, [fact.kind]: (all[fact.kind] ?? 0) + 1 }),
      {},
    ),
  }
}
