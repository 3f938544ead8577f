import { countedSubjects } from '../../platform/activities/activities.ts'
import type { Platform } from '../../platform/module.ts'
import { countNew, recount } from './actions/recount.ts'

/** Whatever may change a counted thing has it counted anew, inside the announcer's transaction: undone with it. */
export function listen({ events, registries }: Platform): void {
  for (const { code, recountOn } of registries.of(countedSubjects)) {
    for (const { event, subjectIdOf, firstActivity } of recountOn) {
      events.on(event, (work, payload) => {
        const [subjectId, cause] = [subjectIdOf(payload), event.name]
        return firstActivity
          ? countNew(work, { subjectKind: code, subjectId, cause }, firstActivity(payload))
          : recount(work, code, subjectId, cause)
      })
    }
  }
}
