import type { MeetingInput } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards, pathOf } from '../../facilities/index.ts'
import { practitionerRolesOf } from '../../identity/index.ts'
import { beginsByRule, faultOf } from '../domain/recurrence.ts'
import { meetingErrors } from '../errors.ts'
import { mayOrganise } from '../policy.ts'
import { countUnits } from '../store/invitation-rows.ts'
import { settingsAt } from '../store/setting-rows.ts'

/** A meeting is planned for this year and the next. */
const maxDaysAhead = 400

type Wish = Pick<MeetingInput, 'day' | 'time' | 'rule' | 'invitees'> & { organiserId: string }

/** Refuses what cannot be planned; answers how many units it comes to on the first day. */
export async function requirePlan(work: Work, wish: Wish): Promise<number> {
  await requireOrganiser(work, wish.organiserId)
  requireTimes(wish, work.now)
  const { maxUnits: max } = await asSystem(work, systemActor, ({ tx }) => settingsAt(tx, wish.organiserId))
  // before a list of thousands is looked up
  const listed = new Set(wish.invitees.unitIds).size
  if (listed > max) throw meetingErrors.MEETING_TOO_MANY_UNITS({ units: listed, max })
  await requireInvitees(work, wish.invitees)
  return asSystem(work, systemActor, async ({ tx }) => {
    const units = await countUnits(tx, wish)
    if (units > max) throw meetingErrors.MEETING_TOO_MANY_UNITS({ units, max })
    if (units === 0 && wish.invitees.personIds.length === 0) throw meetingErrors.MEETING_INVITES_NOBODY()
    return units
  })
}

/** In whose name: a unit at or beneath which the actor organises. */
export async function requireOrganiser(work: Work, organiserId: string): Promise<void> {
  if (!mayOrganise(work.actor, await pathOf(work.tx, organiserId))) throw meetingErrors.MEETING_ORGANISER_FOREIGN()
}

/** Refuses a rule without end or sense, and a first day it does not name. */
export function requireTimes({ day, time, rule }: Pick<Wish, 'day' | 'time' | 'rule'>, now: Date): void {
  const fault = rule === null ? undefined : faultOf(rule)
  if (fault) throw meetingErrors.MEETING_RULE_WRONG({ part: fault }, [{ path: 'rule', code: 'MEETING_RULE_WRONG' }])
  if (instantOf(day, time) < now)
    throw meetingErrors.MEETING_IN_THE_PAST(undefined, [{ path: 'day', code: 'MEETING_IN_THE_PAST' }])
  if (day > addDays(localDateOf(now), maxDaysAhead))
    throw meetingErrors.MEETING_TOO_FAR_AHEAD(undefined, [{ path: 'day', code: 'MEETING_TOO_FAR_AHEAD' }])
  if (!beginsByRule({ firstDay: day, rule }))
    throw meetingErrors.MEETING_RULE_SKIPS_START(undefined, [{ path: 'rule', code: 'MEETING_RULE_SKIPS_START' }])
}

async function requireInvitees(work: Work, { areaIds, unitIds, personIds }: Wish['invitees']): Promise<void> {
  const wanted = new Set([...areaIds, ...unitIds])
  const units = new Map((await facilityCards(work.tx, [...wanted])).map((card) => [card.id, card]))
  if (units.size < wanted.size) throw meetingErrors.MEETING_UNIT_UNKNOWN()
  // a list names units one by one; a whole area is for whoever organises above it
  if (areaIds.some((id) => !mayOrganise(work.actor, units.get(id)?.path))) throw meetingErrors.MEETING_AREA_FOREIGN()
  const people = await asSystem(work, systemActor, ({ tx }) => practitionerRolesOf(tx, personIds))
  const staff = new Set(people.map((person) => person.personId))
  if (personIds.some((id) => !staff.has(id))) throw meetingErrors.MEETING_PERSON_UNKNOWN()
}
