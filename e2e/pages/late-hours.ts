import type { Fleet } from '../../apps/server/src/platform/testing/server-fleet.ts'
import { facilityIdOf } from '../../apps/server/src/modules/facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../apps/server/src/modules/identity/index.ts'

/** A visit begins on the day it is for: the nurse of the story is there until midnight, as in the demo. */
export async function openLateHours({ owner }: Fleet): Promise<void> {
  await owner.query(
    `insert into scheduling.schedule_exception (id, practitioner_id, facility_id, effect, days, from_minute, to_minute,
      slot_minutes, kinds, reason)
    select gen_random_uuid(), $1, $2, 'extra', daterange(day, day, '[]'), 21 * 60, 24 * 60, 5, '{remote_advice}', 'Trực'
    from (select (now() at time zone 'Asia/Ho_Chi_Minh')::date as day) today`,
    [demoPersonId(castStaffMember('nurse').key), facilityIdOf('kt-tyt-po-y')],
  )
}
