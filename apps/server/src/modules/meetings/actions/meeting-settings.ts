import type { MeetingSettings } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { keepSettings, settingsAt } from '../store/setting-rows.ts'
import { requireOrganiser } from './check-plan.ts'

/** How meetings of a unit are run. */
export async function readSettings(work: Work, facilityId: string) {
  await requireOrganiser(work, facilityId)
  const settings = await asSystem(work, systemActor, ({ tx }) => settingsAt(tx, facilityId))
  return { ...settings, inherited: settings.version === 0 }
}

/** Changes how meetings of a unit are run, over what was read. */
export async function saveSettings(
  work: Work,
  facilityId: string,
  { version, ...settings }: MeetingSettings & { version: number },
) {
  await requireOrganiser(work, facilityId)
  const change = { facilityId, settings, version, by: work.actor.personId, at: work.now }
  const kept = await asSystem(work, systemActor, ({ tx }) => keepSettings(tx, change))
  if (!kept) throw platformErrors.CHANGED_MEANWHILE({ current: await readSettings(work, facilityId) })
  work.audit({ action: 'meetings.saveSettings', subject: 'facility', subjectId: facilityId, facilityId })
  return { ...settings, version: version + 1, inherited: false }
}
