import { systemActor } from '../../platform/access/actor.ts'
import { asSystem } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { encounterCancelled } from '../records/index.ts'
import { referralsErrors } from './errors.ts'
import { hasLiveSlip } from './store/slips.ts'

export function referralsJobs({ events }: Platform): void {
  // who sent the patient on did not open the encounter by mistake: the slip is taken back first
  events.on(encounterCancelled, async (work, { encounterId }) => {
    const sent = await asSystem(work, systemActor, ({ tx }) => hasLiveSlip(tx, encounterId))
    if (sent) throw referralsErrors.REFERRAL_ENCOUNTER_SENT()
  })
}
