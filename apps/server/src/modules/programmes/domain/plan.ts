import type { ProgrammeDefinition } from '@moinha/contracts/programmes'
import { addDays } from '../../../platform/clock/vietnam-time.ts'

interface Names {
  vi: string
  en: string
}

/** A visit that was kept: a finished encounter that counts, or one at another facility. */
export interface KeptVisit {
  on: string
  encounterId: string | null
  /** Readings taken at it, by LOINC code. */
  readings: Readonly<Record<string, number>>
}

/** A visit of the plan. */
export interface PlannedVisit {
  code: string
  names: Names
  dueOn: string
  keptOn: string | null
  encounterId: string | null
  /** It was not kept, and is not waited for: a later one was kept, or it lay before the patient joined. */
  missed: boolean
}

export interface Plan {
  visits: PlannedVisit[]
  /** What is due next; null: nothing more. */
  next: { on: string; names: Names } | null
  /** The day after which the programme is over by itself; null: it goes on. */
  endsOn: string | null
}

/** What a plan is computed from. Nothing else: the same facts give the same plan on any day. */
export interface PlanFacts {
  /** The date visits are counted from; of a programme without one, the day of joining. */
  anchorOn: string
  /** What was due before somebody joined, and was kept nowhere, is not waited for. */
  joinedOn: string
  kept: readonly KeptVisit[]
}

export function planOf({ schedule }: ProgrammeDefinition, facts: PlanFacts): Plan {
  return schedule.kind === 'fixed' ? fixedPlan(schedule, facts) : recurringPlan(schedule, facts)
}

type Schedule = ProgrammeDefinition['schedule']
type Fixed = Extract<Schedule, { kind: 'fixed' }>
type Recurring = Extract<Schedule, { kind: 'recurring' }>

function fixedPlan(schedule: Fixed, { anchorOn, joinedOn, kept }: PlanFacts): Plan {
  const contacts = [...schedule.contacts].sort((a, b) => a.dueDay - b.dueDay)
  const keptAt = contacts.map(({ fromDay, untilDay }) => {
    const [from, until] = [addDays(anchorOn, fromDay), addDays(anchorOn, untilDay)]
    return kept.find(({ on }) => on >= from && on <= until)
  })
  const lastKept = keptAt.findLastIndex((visit) => visit !== undefined)
  const open = contacts.findIndex(({ untilDay }, at) => at > lastKept && addDays(anchorOn, untilDay) >= joinedOn)
  const nextAt = open < 0 ? contacts.length : open
  const visits = contacts.map(({ code, names, dueDay }, at): PlannedVisit => {
    const visit = keptAt[at]
    return {
      code,
      names,
      dueOn: addDays(anchorOn, dueDay),
      keptOn: visit?.on ?? null,
      encounterId: visit?.encounterId ?? null,
      missed: visit === undefined && at < nextAt,
    }
  })
  const next = visits[nextAt]
  return {
    visits,
    next: next ? { on: next.dueOn, names: next.names } : null,
    endsOn: addDays(anchorOn, schedule.endsOnDay),
  }
}

/** The last visits, and the one that is due: a station looks back over a few, not over ten years. */
const SHOWN_VISITS = 12

function recurringPlan(schedule: Recurring, { anchorOn, kept }: PlanFacts): Plan {
  const visits = [...kept].sort((a, b) => a.on.localeCompare(b.on))
  const last = visits.at(-1)
  const on = last === undefined ? anchorOn : addDays(last.on, intervalAfter(schedule, last))
  const shown = visits
    .slice(-SHOWN_VISITS)
    .map((visit): PlannedVisit => ({
      code: 'visit',
      names: schedule.names,
      dueOn: visit.on,
      keptOn: visit.on,
      encounterId: visit.encounterId,
      missed: false,
    }))
  const due = { code: 'visit', names: schedule.names, dueOn: on, keptOn: null, encounterId: null, missed: false }
  return { visits: [...shown, due], next: { on, names: schedule.names }, endsOn: null }
}

/** Days to the next visit: the shortest of those its readings ask for. */
function intervalAfter({ everyDays, sooner }: Recurring, { readings }: KeptVisit): number {
  const asked = sooner.filter(({ code, atLeast }) => (readings[code] ?? -Infinity) >= atLeast)
  return Math.min(everyDays, ...asked.map((rule) => rule.everyDays))
}

/** Why a definition cannot be used; null: it can. */
export function faultOf({ schedule }: ProgrammeDefinition): 'windows' | 'codes' | 'end' | null {
  if (schedule.kind === 'recurring') return null
  const contacts = [...schedule.contacts].sort((a, b) => a.dueDay - b.dueDay)
  if (new Set(contacts.map(({ code }) => code)).size < contacts.length) return 'codes'
  const wrong = contacts.some(({ fromDay, dueDay, untilDay }, at) => {
    const before = contacts[at - 1]
    return fromDay > dueDay || dueDay > untilDay || (before !== undefined && before.untilDay >= fromDay)
  })
  if (wrong) return 'windows'
  return contacts.some(({ dueDay }) => dueDay > schedule.endsOnDay) ? 'end' : null
}

/** Does a finished encounter count as a visit of the programme? */
export function countsAs(
  { counts }: ProgrammeDefinition,
  encounter: { diagnoses: readonly string[]; readings: Readonly<Record<string, number>> },
): boolean {
  return (
    encounter.diagnoses.some((code) => counts.diagnoses.some((prefix) => code.startsWith(prefix))) ||
    counts.readings.some((code) => code in encounter.readings)
  )
}
