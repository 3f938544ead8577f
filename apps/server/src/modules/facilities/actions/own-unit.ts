import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { mayManage } from '../policy.ts'
import { unitPlace, type UnitPlace } from '../store/unit-place.ts'

/** The unit, if the actor administers it: 404 when there is none, 403 when it is another's. */
export async function ownUnit(work: Work, id: string): Promise<UnitPlace> {
  const unit = await unitPlace(work.tx, id, localDateOf(work.now))
  if (!unit) throw platformErrors.NOT_FOUND()
  if (!mayManage(work.actor, unit.path)) throw platformErrors.NOT_ALLOWED({ permission: 'facility.manage' })
  return unit
}
