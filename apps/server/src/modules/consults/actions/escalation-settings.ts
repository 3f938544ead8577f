import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { pathOf } from '../../facilities/index.ts'
import { keepWait, waitsOf } from '../store/escalation-rows.ts'

/** How long each doctor of a hospital is rung. */
export async function readEscalation(work: Work, facilityId: string) {
  return {
    items: (await waitsOf(work.tx, [facilityId])).map(({ urgency, waitSeconds, own }) => ({
      urgency,
      waitSeconds,
      own,
    })),
  }
}

/** Set by whoever coordinates the consults of that hospital. */
export async function setEscalation(
  work: Work,
  wait: { facilityId: string; urgency: 'urgent' | 'scheduled'; waitSeconds: number },
): Promise<void> {
  const path = await pathOf(work.tx, wait.facilityId)
  if (!path || !work.actor.canAt('consult.lead', path)) throw platformErrors.NOT_ALLOWED({ permission: 'consult.lead' })
  await keepWait(work.tx, { ...wait, by: work.actor.personId, at: work.now })
  work.audit({
    action: 'consults.setEscalation',
    subject: 'facility',
    subjectId: wait.facilityId,
    detail: { urgency: wait.urgency, waitSeconds: wait.waitSeconds },
  })
}
