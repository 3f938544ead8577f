import { systemActor } from '../../platform/access/actor.ts'
import { asSystem } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { encounterCancelled, encounterFinished } from '../records/index.ts'
import { requireTreatment } from './actions/judge-finished.ts'
import { sendDue } from './actions/send-prescriptions.ts'
import { prescriptionsErrors } from './errors.ts'
import { sendPrescriptionsJob } from './job-types.ts'
import { nationalSystem } from './service.ts'
import { hasStanding } from './store/prescriptions.ts'

/** How often what waits for its next try is looked for. */
const sweepSeconds = 30

export function prescriptionsJobs(platform: Platform): void {
  const { jobs, events, config, health } = platform
  const national = nationalSystem(config)
  // a system that hangs must hold one slot of the queue at most: texts and rings wait in the same one
  let sending = false
  const send = async () => {
    if (!national || sending) return
    sending = true
    await sendDue(platform, national).finally(() => (sending = false))
  }
  jobs.onOutside(sendPrescriptionsJob, send)
  jobs.sweep('prescriptions.due', sweepSeconds, send)
  health.push(() => ({ name: 'prescriptions', embedded: national?.name === 'demo', detail: national?.name ?? 'none' }))
  events.on(encounterFinished, (work, { encounterId }) => requireTreatment(work, encounterId))
  // who prescribed in an encounter did not open it by mistake
  events.on(encounterCancelled, async (work, { encounterId }) => {
    const standing = await asSystem(work, systemActor, ({ tx }) => hasStanding(tx, encounterId))
    if (standing) throw prescriptionsErrors.RX_ENCOUNTER_PRESCRIBED()
  })
}
