import type { Work } from '../../../platform/db/work.ts'
import { facilityChanged } from '../events.ts'

/** Topic of everyone who looks at the tree or the network. */
export const treeTopic = 'facilities'

/** Audit, event and open screens in one: every change of a unit ends here. */
export async function announceChange(
  work: Work,
  action: string,
  facilityId: string,
  detail?: Record<string, unknown>,
): Promise<void> {
  work.audit({ action: `facilities.${action}`, subject: 'facility', subjectId: facilityId, facilityId, detail })
  await work.emit(facilityChanged, { facilityId })
  await work.live(`facility:${facilityId}`, 'facility.changed', { id: facilityId })
  await work.live(treeTopic, 'facility.changed', { id: facilityId })
}
