import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import { attendingUnits, briefingPlans } from '../../meetings/index.ts'
import { netByKind } from '../store/net-by-kind.ts'

/** A person works at one or two units; an account that oversees more sees the first. */
const mostUnits = 20
const meetingKinds = ['briefing', 'professional', 'training'] as const
const activityOf = { briefing: 'briefing', professional: 'professional_session', training: 'training' } as const

/** Meetings of the actor's own units since the year began. */
export async function countMeetings(work: Work) {
  const year = Number(localDateOf(work.now).slice(0, 4))
  const unitIds = attendingUnits(work.actor).slice(0, mostUnits)
  const units = await facilityCards(work.tx, unitIds)
  return asSystem(work, systemActor, async ({ tx }) => {
    const kinds = meetingKinds.flatMap((kind) => [`${activityOf[kind]}_held`, `${activityOf[kind]}_attended`])
    const counts = await netByKind(tx, { unitIds, kinds, span: { from: `${year}-01-01`, to: `${year}-12-31` } })
    const plans = await briefingPlans(tx, unitIds)
    const countsOf = (unitId: string, how: 'held' | 'attended') => {
      const [briefing, professional, training] = meetingKinds.map(
        (kind) => counts.get(`${unitId} ${activityOf[kind]}_${how}`) ?? 0,
      )
      return { briefing: briefing ?? 0, professional: professional ?? 0, training: training ?? 0 }
    }
    const items = units.map(({ id, name }) => ({
      unit: { id, name },
      held: countsOf(id, 'held'),
      attended: countsOf(id, 'attended'),
      plan: plans.get(id) ?? null,
    }))
    return { year, items }
  })
}
