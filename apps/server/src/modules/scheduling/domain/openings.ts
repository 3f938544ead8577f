import type { AppointmentKind } from '@moinha/contracts/scheduling'
import { addDays, instantOf, localDateOf, weekdayOf } from '../../../platform/clock/vietnam-time.ts'

/** A stretch of time, end excluded. */
export interface Span {
  start: Date
  end: Date
}

/** Weekly hours; days are Vietnam's, `validUntil` is the first day they no longer hold. */
export interface WeeklyOpening {
  weekday: number
  fromMinute: number
  toMinute: number
  slotMinutes: number
  kinds: AppointmentKind[]
  validFrom: string
  validUntil: string | null
}

/** Days off or extra hours, each day from minute to minute. */
export interface OpeningException {
  effect: 'off' | 'extra'
  fromDay: string
  /** The first day it no longer holds. */
  untilDay: string
  fromMinute: number
  toMinute: number
  slotMinutes: number | null
  kinds: AppointmentKind[]
  reason: string
}

/** When one worker is there, at one unit. */
export interface WorkerPlan {
  practitionerId: string
  hours: WeeklyOpening[]
  exceptions: OpeningException[]
}

/** An open stretch that is cut into slots from its start. */
export interface Window extends Span {
  slotMinutes: number
  kinds: AppointmentKind[]
  extra: boolean
}

export interface Slot extends Span {
  practitionerId: string
  kinds: AppointmentKind[]
}

const minuteMs = 60_000

/** Minute `m` of a Vietnamese day; 1440 is the midnight that ends it. No daylight saving, so minutes simply add up. */
export function minuteOf(day: string, minute: number): Date {
  return new Date(instantOf(day).getTime() + minute * minuteMs)
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end
}

/** The open stretches of one day, before days off are taken out. */
export function windowsOf(plan: WorkerPlan, day: string): Window[] {
  const weekday = weekdayOf(day)
  const weekly = plan.hours
    .filter(
      (hours) =>
        hours.weekday === weekday && hours.validFrom <= day && (hours.validUntil === null || day < hours.validUntil),
    )
    .map((hours) => windowOn(day, hours, false))
  const extra = plan.exceptions.flatMap((exception) =>
    exception.effect === 'extra' && holdsOn(exception, day)
      ? [windowOn(day, { ...exception, slotMinutes: exception.slotMinutes ?? 20 }, true)]
      : [],
  )
  return [...weekly, ...extra].sort((a, b) => a.start.getTime() - b.start.getTime())
}

function windowOn(
  day: string,
  opening: Pick<WeeklyOpening, 'fromMinute' | 'toMinute' | 'slotMinutes' | 'kinds'>,
  extra: boolean,
): Window {
  return {
    start: minuteOf(day, opening.fromMinute),
    end: minuteOf(day, opening.toMinute),
    slotMinutes: opening.slotMinutes,
    kinds: opening.kinds,
    extra,
  }
}

function holdsOn(exception: OpeningException, day: string): boolean {
  return exception.fromDay <= day && day < exception.untilDay
}

/** The stretches of one day on which the worker is off, with the reason. */
export function offOn(plan: WorkerPlan, day: string): (Span & { reason: string })[] {
  return plan.exceptions
    .filter((exception) => exception.effect === 'off' && holdsOn(exception, day))
    .map((exception) => ({
      start: minuteOf(day, exception.fromMinute),
      end: minuteOf(day, exception.toMinute),
      reason: exception.reason,
    }))
}

/** Every slot of one day the worker is there for, taken or not. A slot that an absence touches falls out whole. */
export function slotsOf(plan: WorkerPlan, day: string): Slot[] {
  const off = offOn(plan, day)
  const slots: Slot[] = []
  for (const window of windowsOf(plan, day)) {
    for (
      let start = window.start.getTime();
      start + window.slotMinutes * minuteMs <= window.end.getTime();
      start += window.slotMinutes * minuteMs
    ) {
      const slot = {
        practitionerId: plan.practitionerId,
        start: new Date(start),
        end: new Date(start + window.slotMinutes * minuteMs),
        kinds: window.kinds,
      }
      const covered = off.some((span) => overlaps(span, slot)) || slots.some((earlier) => overlaps(earlier, slot))
      if (!covered) slots.push(slot)
    }
  }
  return slots
}

/** The slot that begins at this very instant, if the worker has one. */
export function slotAt(plan: WorkerPlan, start: Date): Slot | undefined {
  return slotsOf(plan, localDateOf(start)).find((slot) => slot.start.getTime() === start.getTime())
}

export interface FreeQuery {
  fromDay: string
  days: number
  /** Slots that begin at or before this are gone. */
  now: Date
  kind?: AppointmentKind | undefined
}

/** The slots nobody holds, in order of time. */
export function freeSlots(
  plans: readonly WorkerPlan[],
  busy: ReadonlyMap<string, readonly Span[]>,
  query: FreeQuery,
): Slot[] {
  const days = Array.from({ length: query.days }, (_, index) => addDays(query.fromDay, index))
  const { kind } = query
  return plans
    .flatMap((plan) => {
      const taken = busy.get(plan.practitionerId) ?? []
      return days
        .flatMap((day) => slotsOf(plan, day))
        .filter(
          (slot) =>
            slot.start > query.now &&
            (!kind || slot.kinds.includes(kind)) &&
            !taken.some((span) => overlaps(span, slot)),
        )
    })
    .sort((a, b) => a.start.getTime() - b.start.getTime())
}
