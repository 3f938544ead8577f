import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import { assistTopic, helpersTopic } from '../room.ts'
import { endAssistRows, type AssistRow } from '../store/assist-rows.ts'

/** Ends requests for help: one, all of a visit, or those of one member of it; figures stop at once. */
export async function endAssists(
  work: Work,
  which: { id: string } | { visit_id: string; person_id?: string },
): Promise<void> {
  const { actor, now } = work
  const ended = await asSystem(work, systemActor, ({ tx }) => endAssistRows(tx, which, actor.personId, now))
  for (const row of ended) {
    await work.live(assistTopic(row.id), 'call:assist-over', { assistId: row.id })
    await tellAssist(work, row)
    work.audit({
      action: 'calls.endAssist',
      subject: 'assist',
      subjectId: row.id,
      detail: { visitId: row.visit_id, taken: row.taken_by !== null },
    })
  }
}

/** Asker and helpers read again. Helpers are told neither who nor which visit. */
export async function tellAssist(work: Work, row: AssistRow): Promise<void> {
  await work.live(`person:${row.asked_by}`, 'call:assist', { visitId: row.visit_id })
  for (const path of placesAbove((await facilityCards(work.tx, row.unit_ids)).map((unit) => unit.path)))
    await work.live(helpersTopic(path), 'call:assists', {})
}

/** A grant covers all beneath it: whoever helps at a place above a unit helps the unit. */
function placesAbove(paths: readonly string[]): Set<string> {
  const above = paths.flatMap((path) => {
    const labels = path === '' ? [] : path.split('.')
    return labels.map((_, at) => labels.slice(0, at + 1).join('.'))
  })
  return new Set(above)
}
