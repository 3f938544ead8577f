import type { Work } from '../../../platform/db/work.ts'
import { writeVouch } from '../store/owner-functions.ts'

/**
 * Says that the person behind a new or reset account works here; from then on the roles open. Never by the
 * person, never by the one who gave the password, never by somebody who still waits to be vouched for. Said twice, it
 * changes nothing.
 */
export async function vouch(work: Work, personId: string) {
  await writeVouch(work, personId)
  await work.live(`person:${personId}`, 'identity.vouched')
  return { done: true as const }
}

/** The same for several, all or none: in one order, so that two who vouch for the same people wait for each other. */
export async function vouchForMany(work: Work, personIds: readonly string[]) {
  for (const personId of [...new Set(personIds)].sort()) await vouch(work, personId)
  return { done: true as const }
}
