import type { CallReply } from '@moinha/contracts/route'
import type { listHours as listHoursRoute } from '@moinha/contracts/scheduling'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { facilityCard } from '../../facilities/index.ts'
import { schedulingErrors } from '../errors.ts'
import { listSchedules, toException, toHours } from '../store/hours-rows.ts'
import { requireSchedule } from './edit-hours.ts'

/** The hours of every worker of a unit, for those who edit them. */
export async function listHours(work: Work, facilityId: string): Promise<CallReply<typeof listHoursRoute>> {
  await requireSchedule(work, facilityId)
  const facility = await facilityCard(work.tx, facilityId)
  if (!facility) throw schedulingErrors.STATION_UNKNOWN()
  const today = localDateOf(work.now)
  const workers = await listSchedules(work.tx, facilityId, today)
  return {
    facility: { id: facility.id, name: facility.name },
    today,
    workers: workers.map(({ hours, exceptions, ...worker }) => ({
      ...worker,
      hours: hours.map(toHours),
      exceptions: exceptions.map(toException),
    })),
  }
}
