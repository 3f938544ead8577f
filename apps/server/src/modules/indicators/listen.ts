import type { Platform } from '../../platform/module.ts'
import { encounterFinished } from '../records/index.ts'
import { writeAct } from './store/ledger.ts'

const actOfMode = {
  HEALTH_ADVICE: 'health_advice',
  DIRECT_TO_PATIENT: 'remote_exam',
  VIA_RECEIVING_FACILITY: 'remote_exam',
} as const

/** Counts what other modules announce, inside their transaction: undone with it, never told twice. */
export function listen({ events }: Platform): void {
  events.on(encounterFinished, async (work, done) => {
    const kind = done.remoteMode in actOfMode ? actOfMode[done.remoteMode as keyof typeof actOfMode] : undefined
    if (!kind) return // in person, or counted by the consult itself
    await writeAct(work, {
      kind, at: done.finishedAt, facilityId: done.facilityId, practitionerId: done.practitionerId, patientId: done.patientId,
      selfPerformed: !done.referredUp, subjectKind: 'encounter', subjectId: done.encounterId,
    })
  })
}
