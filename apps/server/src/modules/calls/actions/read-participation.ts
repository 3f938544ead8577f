import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { participationsIn } from '../store/participation-rows.ts'

/** One stay of a page in a room; `leftAt` is null while it is in. */
export interface Participation {
  personId: string
  joinedAt: Date
  leftAt: Date | null
}

/** Who was in the room of a visit from when until when, for whoever opened the visit. */
export function participationsOf(work: Work, visitId: string): Promise<Participation[]> {
  return asSystem(work, systemActor, ({ tx }) => participationsIn(tx, visitId))
}
