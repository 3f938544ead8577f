import type { MeetingInput } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import { planOf } from '../domain/plan.ts'
import { daysOf } from '../domain/recurrence.ts'
import { countUnits, nameInvited, resolveInvitations } from '../store/invitation-rows.ts'
import { findSeries, lockSeries, meetingsOfSeries, seriesToPlan, type SeriesRow } from '../store/meeting-rows.ts'
import { horizonOf, plannedForGood, writeMeetings } from '../store/plan-rows.ts'
import { requirePlan } from './check-plan.ts'
import { notifyInvited } from './notify-invited.ts'
import { planReminders, textNamed } from './remind.ts'

type NewSeries = MeetingInput & { seriesId: string; organiserId: string }

/** Looks once a day which series want further meetings. */
export const planAhead = defineJob<Record<string, never>>('meetings.planAhead', {
  vi: 'Lên các buổi họp định kỳ sắp tới',
  en: 'Plan the coming meetings of series',
})
export const planSeries = defineJob<{ seriesId: string }>('meetings.planSeries', {
  vi: 'Lên các buổi họp tiếp theo của một loạt họp',
  en: 'Plan further meetings of a series',
})

/** Plans a meeting or a series; sent twice it is planned once. */
export async function createSeries(work: Work, input: NewSeries) {
  const earlier = await knownSeries(work, input.seriesId)
  if (earlier) return sentAgain(work, earlier, input)
  const unitsInvited = await requirePlan(work, input)
  const series = await asSystem(work, systemActor, (system) => insertSeries(system, input, work.actor.personId))
  if (!series) return besideAnother(work, input)
  const meetingId = await asSystem(work, systemActor, async (system) => {
    const [first] = await writeDays(system, series, { from: input.day, atLeast: 2 })
    if (first) await textNamed(system, first.id, input.invitees.personIds)
    return first?.id
  })
  if (meetingId === undefined) throw platformErrors.ID_TAKEN()
  work.audit({
    action: 'meetings.create',
    subject: 'meeting',
    subjectId: meetingId,
    facilityId: input.organiserId,
    detail: { seriesId: input.seriesId, units: unitsInvited },
  })
  return { seriesId: input.seriesId, meetingId, unitsInvited }
}

const knownSeries = (work: Work, seriesId: string): Promise<SeriesRow | undefined> =>
  asSystem(work, systemActor, ({ tx }) => findSeries(tx, seriesId))

/** Another sending of it came first, at the same moment: it was waited for, and is there now. */
async function besideAnother(work: Work, input: NewSeries) {
  const other = await knownSeries(work, input.seriesId)
  if (!other) throw platformErrors.ID_TAKEN()
  return sentAgain(work, other, input)
}

/** The answer of the first time, for whoever planned it. */
async function sentAgain(work: Work, known: SeriesRow, input: NewSeries) {
  if (known.created_by !== work.actor.personId || known.organiser_id !== input.organiserId)
    throw platformErrors.ID_TAKEN()
  return asSystem(work, systemActor, async ({ tx }) => {
    const [first] = await meetingsOfSeries(tx, known.id)
    if (!first) throw platformErrors.ID_TAKEN()
    return { seriesId: known.id, meetingId: first.id, unitsInvited: await countUnits(tx, input) }
  })
}

/** Undefined where another of this name is there. */
function insertSeries({ tx, now }: Work, input: NewSeries, by: string | null): Promise<SeriesRow | undefined> {
  return tx
    .insertInto('meetings.series')
    .values({
      id: input.seriesId,
      organiser_id: input.organiserId,
      first_day: input.day,
      first_time: input.time,
      rule: input.rule,
      planned_until: input.day,
      ends_before: null,
      template: JSON.stringify(planOf(input)),
      created_by: by,
      created_at: now,
      changed_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** Writes the meetings of a series from a day up to the horizon, invites, and has people reminded. */
export async function writeDays(system: Work, series: SeriesRow, window: { from: string; atLeast: number }) {
  const { tx, now } = system
  const until = horizonOf(localDateOf(now), window.from)
  const { days, complete } = daysOf({ firstDay: series.first_day, rule: series.rule }, { ...window, until })
  const left = days.filter((day) => series.ends_before === null || day < series.ends_before)
  const written = await writeMeetings(tx, series, left, now)
  const last = left.at(-1) ?? until
  await tx
    .updateTable('meetings.series')
    .set({ planned_until: complete || left.length < days.length ? plannedForGood : last > until ? last : until })
    .where('id', '=', series.id)
    .execute()
  const ids = written.map((meeting) => meeting.id)
  await nameInvited(tx, written, series.template.invitees.personIds)
  await resolveInvitations(tx, ids, now)
  await planReminders(system, written)
  await notifyInvited(system, ids, 'meeting.planned')
  return written
}

/** Hands each series that runs out of planned meetings to a job of its own. */
export async function handOutSeries(work: Work): Promise<void> {
  const today = localDateOf(work.now)
  for (const seriesId of await seriesToPlan(work.tx, horizonOf(today, today)))
    await work.enqueue(planSeries, { seriesId }, { key: `meetings.planSeries:${seriesId}` })
}

/** Goes on where the planned meetings of a series end. */
export async function planFurther(work: Work, seriesId: string): Promise<void> {
  const series = await lockSeries(work.tx, seriesId)
  if (!series?.rule || series.planned_until >= horizonOf(localDateOf(work.now), series.first_day)) return
  await writeDays(work, series, { from: addDays(series.planned_until, 1), atLeast: 1 })
}
