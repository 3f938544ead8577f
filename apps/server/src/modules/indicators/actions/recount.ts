import { systemActor } from '../../../platform/access/actor.ts'
import { countedSubjects } from '../../../platform/activities/activities.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { ledgerDifference } from '../domain/ledger-difference.ts'
import { holdSubject, recordedActivities, reverseActivities, writeAct } from '../store/ledger.ts'

/**
 * Brings the rows of one thing to what its facts say now, in the transaction that changed the facts. Told twice it writes
 * nothing the second time; the facts are read after the thing is held, so that of two who change it the later sees both.
 */
export async function recount(work: Work, kind: string, id: string, cause: string): Promise<void> {
  const { activitiesOf } = work.registries.require(countedSubjects, kind)
  await asSystem(work, systemActor, async (system) => {
    await holdSubject(system.tx, id)
    const standing = await recordedActivities(system.tx, id)
    const { takeBack, add } = ledgerDifference(standing, await activitiesOf(system, id))
    const writing = { subjectKind: kind, subjectId: id, cause, now: system.now }
    await reverseActivities(
      system.tx,
      takeBack.map((act) => act.id),
      writing,
    )
    for (const act of add) await writeAct(system.tx, act, writing)
  })
}
