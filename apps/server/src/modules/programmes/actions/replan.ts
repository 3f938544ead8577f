import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { finishedVisits, type FinishedVisit } from '../../records/index.ts'
import { countsAs, planOf, type KeptVisit, type Plan } from '../domain/plan.ts'
import { lockedActive, outsideVisits, type EnrolmentRow } from '../store/enrolments.ts'
import { notifyScreens } from './notify-screens.ts'

/** A recurring programme counts visits of the days before somebody joined: the reading that made them join is one. */
const DAYS_BEFORE_JOINING = 60

/** The first day whose visits count. */
function firstDayOf({ anchor_on, enrolled_at }: EnrolmentRow): string {
  return anchor_on ?? addDays(localDateOf(enrolled_at), -DAYS_BEFORE_JOINING)
}

const keptOf = ({ encounterId, startedAt, readings }: FinishedVisit): KeptVisit => ({
  on: localDateOf(startedAt),
  encounterId,
  readings,
})

/** The plans of one patient's enrolments, by the facts of now. */
export function plansOf(work: Work, rows: readonly EnrolmentRow[]): Promise<Map<string, Plan>> {
  const [first] = rows
  if (!first) return Promise.resolve(new Map())
  return asSystem(work, systemActor, async ({ tx }) => {
    const since = rows.map(firstDayOf).sort()[0] ?? firstDayOf(first)
    const finished = await finishedVisits(tx, first.patient_id, instantOf(since))
    const outside = await outsideVisits(
      tx,
      rows.map(({ id }) => id),
    )
    return new Map(
      rows.map((row) => {
        const from = firstDayOf(row)
        const here = finished.filter((visit) => countsAs(row.definition, visit)).map(keptOf)
        const elsewhere = outside
          .filter((visit) => visit.enrolment_id === row.id)
          .map((visit) => ({ on: visit.kept_on, encounterId: null, readings: {} }))
        const kept = [...here, ...elsewhere].filter(({ on }) => on >= from)
        const anchorOn = row.anchor_on ?? localDateOf(row.enrolled_at)
        const joinedOn = localDateOf(row.enrolled_at)
        return [row.id, planOf(row.definition, { anchorOn, joinedOn, kept })] as const
      }),
    )
  })
}

/** A fact of the patient changed: what is due follows, in the same transaction. */
export function replanPatient(work: Work, patientId: string): Promise<void> {
  return asSystem(work, systemActor, async (system) => {
    const rows = await lockedActive(system.tx, patientId)
    const plans = await plansOf(system, rows)
    for (const row of rows) {
      const plan = plans.get(row.id)
      if (plan !== undefined) await keepPlan(system, row, plan)
    }
  })
}

async function keepPlan(system: Work, row: EnrolmentRow, { next, endsOn }: Plan): Promise<void> {
  const { remindDays, lateDays } = row.definition
  await system.tx
    .updateTable('programmes.enrolment')
    .set({
      next_on: next?.on ?? null,
      next_names: next ? JSON.stringify(next.names) : null,
      late_on: next ? addDays(next.on, lateDays) : null,
      remind_on: next ? addDays(next.on, -remindDays) : null,
      ends_on: endsOn,
    })
    .where('id', '=', row.id)
    .execute()
  if (next?.on !== row.next_on) await notifyScreens(system, row)
}
