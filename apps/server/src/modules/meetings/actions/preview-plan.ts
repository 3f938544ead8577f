import type { MeetingInput } from '@moinha/contracts/meetings'
import { addDays, instantOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { daysOf } from '../domain/recurrence.ts'
import { requirePlan } from './check-plan.ts'

/** A quarter of weekly meetings. */
const shown = 12
/** So far a rule is looked along for them: twelve months that have a fifth Monday take three years. */
const yearsAhead = 5

type Wish = Pick<MeetingInput, 'day' | 'time' | 'rule' | 'invitees'> & { organiserId: string }

/** What a plan comes to, before it is sent. */
export async function previewPlan(work: Work, wish: Wish) {
  const unitsInvited = await requirePlan(work, wish)
  const window = { from: wish.day, until: addDays(wish.day, 366 * yearsAhead), atMost: shown }
  const { days, complete } = daysOf({ firstDay: wish.day, rule: wish.rule }, window)
  return { unitsInvited, dates: days.map((day) => instantOf(day, wish.time).toISOString()), complete }
}
