import type { ActivityCause } from '@moinha/contracts/indicators'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { ledgerDifference } from '../domain/ledger-difference.ts'
import { holdSubject, recordedActivities, reverseActivities, writeActivity } from '../store/ledger.ts'
import { expectedActivities, type SubjectKind } from './expected-activities.ts'

/**
 * Brings the rows of one thing to what its facts say now, in the transaction that changed the facts. Told twice it writes
 * nothing the second time; the facts are read after the thing is held, so that of two who change it the later sees both.
 */
export async function recount(work: Work, kind: SubjectKind, id: string, cause: ActivityCause): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    await holdSubject(system.tx, id)
    const standing = await recordedActivities(system.tx, id)
    const { takeBack, add } = ledgerDifference(standing, await expectedActivities[kind](system, id))
    const writing = { subjectKind: kind, subjectId: id, cause, now: system.now }
    await reverseActivities(
      system.tx,
      takeBack.map((activity) => activity.id),
      writing,
    )
    for (const activity of add) await writeActivity(system.tx, activity, writing)
  })
}
