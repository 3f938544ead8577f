import type { AppointmentKind } from '@moinha/contracts/scheduling'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { slotAt, type Slot, type WorkerPlan } from './openings.ts'

/**
 * Codes of facilities' announced services per kind; seeing each other in person needs no announcement (REQ-TELE-02).
 */
const serviceOf: Readonly<Record<AppointmentKind, string | null>> = {
  in_person: null,
  remote_advice: 'health_advice',
  remote_examination: 'remote_examination',
}

/** The kinds a unit may take bookings for, by what it announced. */
export function kindsAllowed(services: readonly string[]): AppointmentKind[] {
  return (Object.keys(serviceOf) as AppointmentKind[]).filter((kind) => {
    const service = serviceOf[kind]
    return service === null || services.includes(service)
  })
}

export interface BookingGround {
  plan: WorkerPlan
  services: readonly string[]
  worksHere: boolean
  horizonDays: number
}

export interface BookingWish {
  start: Date
  kind: AppointmentKind
}

export type Verdict =
  | { slot: Slot }
  | {
      refused:
        | 'SLOT_IN_PAST'
        | 'SLOT_TOO_FAR'
        | 'SERVICE_NOT_ANNOUNCED'
        | 'WORKER_NOT_HERE'
        | 'SLOT_OUTSIDE_HOURS'
        | 'KIND_NOT_OFFERED'
    }

/** May this time be asked for at all? Whether it is still free, only the database knows. */
export function judgeWish(ground: BookingGround, wish: BookingWish, now: Date): Verdict {
  if (wish.start <= now) return { refused: 'SLOT_IN_PAST' }
  if (localDateOf(wish.start) > addDays(localDateOf(now), ground.horizonDays)) return { refused: 'SLOT_TOO_FAR' }
  if (!kindsAllowed(ground.services).includes(wish.kind)) return { refused: 'SERVICE_NOT_ANNOUNCED' }
  if (!ground.worksHere) return { refused: 'WORKER_NOT_HERE' }
  const slot = slotAt(ground.plan, wish.start)
  if (!slot) return { refused: 'SLOT_OUTSIDE_HOURS' }
  if (!slot.kinds.includes(wish.kind)) return { refused: 'KIND_NOT_OFFERED' }
  return { slot }
}

/** `07:30` → 450; `24:00` → 1440. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** 450 → `07:30`; 1440 → `24:00`. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
