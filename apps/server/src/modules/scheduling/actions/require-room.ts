import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { boundReached, type Held } from '../domain/booking-bounds.ts'
import { schedulingErrors } from '../errors.ts'
import { countBookings, countWaits, openBookings, type Booker } from '../store/booking-bounds.ts'

/** Refuses one booking more than patient and account may hold open, and names those that could be called off. */
export async function requireRoomToBook(work: Work, booker: Booker): Promise<void> {
  await requireRoomAmong(work, booker, await countBookings(work.tx, booker, work.now))
}

/** The same where it was counted already. */
export async function requireRoomAmong(work: Work, booker: Omit<Booker, 'id'>, held: Held): Promise<void> {
  const reached = boundReached(held)
  if (!reached) return
  const { scope, count, bound } = reached
  const whose = scope === 'patient' ? { patientId: booker.patientId } : { accountId: booker.accountId }
  const open = await openBookings(work.tx, whose, work.now)
  const refuse = scope === 'patient' ? schedulingErrors.PATIENT_BOOKINGS_FULL : schedulingErrors.ACCOUNT_BOOKINGS_FULL
  throw refuse({ count, bound, open: open.map((one) => ({ ...one, start: one.start.toISOString() })) })
}

/** The same for a helper, who is told how many but not which: what the patient has else is not theirs to know. */
export function requireRoomToHelp(held: Held): void {
  const reached = boundReached(held)
  if (!reached) return
  const { scope, count, bound } = reached
  throw (scope === 'patient' ? schedulingErrors.PATIENT_BOOKINGS_FULL : schedulingErrors.ACCOUNT_BOOKINGS_FULL)({
    count,
    bound,
  })
}

/** The same for waiting; what one waits for stands on the page of one's appointments. */
export async function requireRoomToWait(work: Work, booker: Booker): Promise<void> {
  const reached = boundReached(await countWaits(work.tx, booker, localDateOf(work.now)))
  if (!reached) return
  const { scope, count, bound } = reached
  throw (scope === 'patient' ? schedulingErrors.PATIENT_WAITS_FULL : schedulingErrors.ACCOUNT_WAITS_FULL)({
    count,
    bound,
  })
}
