import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { endAccess } from '../../records/index.ts'
import { tellPresence } from '../../roster/index.ts'
import { isPossible } from '../domain/life-cycle.ts'
import { consultsErrors } from '../errors.ts'
import { mayRequest } from '../policy.ts'
import { moveConsult } from '../store/consult-rows.ts'
import { hasStandingSignature } from '../store/minutes-rows.ts'
import type { ConsultRow } from '../store/tables.ts'
import { endSession } from './open-session.ts'
import { lockConsult } from './part-in-case.ts'
import { rungPeople, stopEscalation } from './ring-next.ts'
import { tellRecord } from './signed-consult.ts'
import { notifyConsult } from './notify-consult.ts'

/** Takes the request back; whoever was rung is told. Minutes nobody signed stay in the case as they were. */
export async function cancelConsult(work: Work, id: string, reason: string): Promise<void> {
  const { row } = await lockConsult(work, id)
  if (!mayRequest(work.actor, row)) throw consultsErrors.CONSULT_NOT_YOURS()
  if (row.status === 'cancelled') return
  if (row.status === 'minutes') await refuseSigned(work, id)
  await withdraw(work, row, reason)
}

async function refuseSigned(work: Work, id: string): Promise<void> {
  const signed = await asSystem(work, systemActor, ({ tx }) => hasStandingSignature(tx, id))
  if (signed) throw consultsErrors.CONSULT_MINUTES_SIGNED()
}

/**
 * An encounter taken back takes its requests with it, in the same transaction. Where minutes lie before both ends or
 * are signed, there was a consult: the encounter cannot be taken back as opened by mistake.
 */
export async function withdrawWithEncounter(
  work: Work,
  { encounterId, reason }: { encounterId: string; reason: string },
): Promise<void> {
  const rows = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('consults.consult')
      .where('encounter_id', '=', encounterId)
      .where('status', '<>', 'cancelled')
      .orderBy('id')
      .selectAll()
      .forUpdate()
      .execute(),
  )
  const written = rows.find((row) => row.status === 'minutes' || !isPossible('cancel', row))
  if (written) throw consultsErrors.CONSULT_HAS_MINUTES({ consultId: written.id, status: written.status })
  for (const row of rows) await withdraw(work, row, `Đã hủy lượt khám: ${reason}`)
}

/** Ends the case for everybody in it: the clock, the ways into the record, the room, the screens. */
async function withdraw(work: Work, row: ConsultRow, reason: string): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    const after = await moveConsult(system, row, 'cancel', {
      cancel_reason: reason,
      closed_at: work.now,
      event: { name: 'cancelled', actorId: work.actor.personId, note: reason },
    })
    await stopEscalation(system, row, 'stopped')
    const care = { patientId: row.patient_id, subjectId: row.id }
    await endAccess(system, { ...care, cause: 'cancelled', exceptPersonId: row.consultant_id })
    await endAccess(system, { ...care, cause: row.started_at ? 'session_cancelled' : 'cancelled' })
    await endSession(system, row)
    await notifyConsult(system, after, await rungPeople(system, row))
    await tellRecord(system, row.encounter_id)
    if (row.consultant_id) await tellPresence(system, [row.consultant_id])
  })
  work.audit({ action: 'consults.cancel', subject: 'consult', subjectId: row.id, patientId: row.patient_id })
}
