import { systemActor } from '../../../platform/access/actor.ts'
import { countedSubjects, type ExpectedActivity } from '../../../platform/activities/activities.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { ledgerDifference } from '../domain/ledger-difference.ts'
import {
  holdSubject,
  recordedActivities,
  reverseActivities,
  writeActivity,
  writeFirst,
  type Writing,
} from '../store/ledger.ts'

/**
 * Brings the rows of one thing to what its facts say now, in the transaction that changed the facts. Told twice it
 * writes nothing the second time; the facts are read after the thing is held, so that of two who change it the later
 * sees both.
 */
export async function recount(work: Work, kind: string, id: string, cause: string): Promise<void> {
  const { activitiesOf } = work.registries.require(countedSubjects, kind)
  await asSystem(work, systemActor, async (system) => {
    await holdSubject(system.tx, id)
    const standing = await recordedActivities(system.tx, { subjectKind: kind, subjectId: id })
    const { takeBack, add } = ledgerDifference(standing, await activitiesOf(system, id))
    const writing = { subjectKind: kind, subjectId: id, cause, now: system.now }
    await reverseActivities(
      system.tx,
      takeBack.map((activity) => activity.id),
      writing,
    )
    for (const activity of add) await writeActivity(system.tx, activity, writing)
  })
}

/**
 * Counts a thing that this very transaction made, as its event tells it: nobody else knows of it yet, so that nothing
 * need be held or read before. Where it was counted already it is counted anew from its facts.
 */
export async function countNew(
  work: Work,
  { subjectKind, subjectId, cause }: Omit<Writing, 'now'>,
  activity: ExpectedActivity,
): Promise<void> {
  const first = await asSystem(work, systemActor, ({ tx, now }) =>
    writeFirst(tx, activity, { subjectKind, subjectId, cause, now }),
  )
  if (!first) await recount(work, subjectKind, subjectId, cause)
}
