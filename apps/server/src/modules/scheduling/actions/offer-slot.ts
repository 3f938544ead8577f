import { randomUUID } from 'node:crypto'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { slotAt } from '../domain/openings.ts'
import { endOffer, offerFreedSlot } from '../job-types.ts'
import { changeState } from '../store/appointment-changes.ts'
import { insertAppointment } from '../store/appointment-rows.ts'
import { readPlans, readServices, readSettings } from '../store/plan-rows.ts'
import {
  candidatesFor,
  heldSlot,
  keepRefusal,
  leaveOffer,
  markOffered,
  type Candidate,
  type FreedSlot,
} from '../store/waitlist-rows.ts'
import { kindsAllowed } from '../domain/booking-rules.ts'
import { accountsFor } from './notify-screens.ts'

export interface Freed {
  facilityId: string
  practitionerId: string
  start: Date
}

/**
 * Holds a freed time for the first who waits for it. Runs as the system, in a job; twice does no harm: the slot can be
 * held once.
 */
export async function offerSlot(work: Work, freed: Freed): Promise<void> {
  const slot = await readFreed(work, freed)
  if (!slot) return
  const { offerMinutes } = await readSettings(work.tx, freed.facilityId)
  // an offer ends early enough that the next person could still come
  const until = new Date(Math.min(work.now.getTime() + offerMinutes * 60_000, slot.start.getTime()))
  for (const candidate of await candidatesFor(work.tx, slot)) {
    if (await hold(work, slot, candidate, until)) return
  }
}

/** The freed time as the schedule has it today: it may have gone with the worker's hours. */
async function readFreed(work: Work, { facilityId, practitionerId, start }: Freed): Promise<FreedSlot | undefined> {
  if (start <= work.now) return undefined
  const day = localDateOf(start)
  const [plan] = await readPlans(work.tx, facilityId, { from: day, until: addDays(day, 1) }, practitionerId)
  const slot = plan && slotAt(plan, start)
  if (!slot) return undefined
  const allowed = kindsAllowed(await readServices(work.tx, facilityId, day))
  return {
    facilityId,
    practitionerId,
    start,
    end: slot.end,
    day,
    kinds: slot.kinds.filter((kind) => allowed.includes(kind)),
  }
}

/** False where the slot is taken meanwhile or this patient is elsewhere at that time. */
async function hold(work: Work, slot: FreedSlot, candidate: Candidate, until: Date): Promise<boolean> {
  const appointmentId = randomUUID()
  const { facilityId, practitionerId, start, end } = slot
  const { patientId, kind, programme, reason, createdBy } = candidate
  const held = await insertAppointment(work.tx, {
    id: appointmentId,
    patientId,
    facilityId,
    practitionerId,
    start,
    end,
    kind,
    programme,
    reason,
    state: 'offered',
    origin: 'waitlist',
    bookedBy: createdBy,
    bookedAt: null,
  })
  if (!held) return false
  await markOffered(work.tx, candidate.id, { appointmentId, until })
  await work.enqueue(
    endOffer,
    { entryId: candidate.id, appointmentId },
    { runAt: until, key: `scheduling.endOffer ${appointmentId}` },
  )
  for (const person of await accountsFor(work, patientId))
    await work.live(`person:${person}`, 'waitlist.offered', { entryId: candidate.id })
  work.audit({ action: 'scheduling.offer', subject: 'waitlist', subjectId: candidate.id, patientId })
  return true
}

/** Lets a held time go and offers it to the next; the one who let it go keeps waiting for other times. */
export async function releaseOffer(work: Work, entryId: string, appointmentId: string): Promise<boolean> {
  if (!(await leaveOffer(work.tx, entryId, appointmentId, 'waiting'))) return false
  await keepRefusal(work.tx, entryId, appointmentId)
  await changeState(work.tx, appointmentId, { state: 'released', from: ['offered'] })
  const slot = await heldSlot(work.tx, appointmentId)
  if (slot) await work.enqueue(offerFreedSlot, { ...slot, start: slot.start.toISOString() })
  return true
}
