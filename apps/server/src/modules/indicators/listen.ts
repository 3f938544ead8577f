import { countedSubjects } from '../../platform/activities/activities.ts'
import type { Platform } from '../../platform/module.ts'
import { recount } from './actions/recount.ts'

/** Whatever may change a counted thing has it counted anew, inside the announcer's transaction: undone with it. */
export function listen({ events, registries }: Platform): void {
  for (const { code, recountOn } of registries.of(countedSubjects)) {
    for (const { event, subjectIdOf } of recountOn)
      events.on(event, (work, payload) => recount(work, code, subjectIdOf(payload), event.name))
  }
}
