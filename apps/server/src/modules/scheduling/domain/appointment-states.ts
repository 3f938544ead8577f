import type { AppointmentAction, AppointmentKind, AppointmentState } from '@moinha/contracts/scheduling'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'

/**
 * `offered`: held for somebody on the waitlist; `released`: that somebody let it go. Neither is shown as an
 * appointment.
 */
export type StoredState = AppointmentState | 'offered' | 'released'

/** From which states a change may start. */
export const openTo: Readonly<Record<AppointmentAction, readonly AppointmentState[]>> = {
  confirm: ['requested'],
  acknowledge: ['moved'],
  move: ['requested', 'confirmed', 'moved', 'arrived'],
  cancel: ['requested', 'confirmed', 'moved', 'arrived'],
  arrive: ['requested', 'confirmed', 'moved'],
  start: ['confirmed', 'moved', 'arrived', 'requested'],
  no_show: ['requested', 'confirmed', 'moved', 'arrived'],
  join: ['confirmed', 'moved', 'in_progress'],
}

/** Which side of the desk somebody stands on. */
export type Side = 'citizen' | 'station'

const ofCitizen: readonly AppointmentAction[] = ['acknowledge', 'move', 'cancel', 'join']
const ofStation: readonly AppointmentAction[] = ['confirm', 'move', 'cancel', 'arrive', 'start', 'no_show', 'join']

/** A visit may be joined this long before its time: enough to try camera and microphone. */
const joinEarlyMinutes = 15
/** A remote appointment may be started this long before its time, when both are there already. */
const startEarlyMinutes = 60

/**
 * Minutes before its start at which what may be done with an appointment changes by itself; on another day it is read
 * anew.
 */
export const turnsBeforeStart: readonly number[] = [0, joinEarlyMinutes, startEarlyMinutes]

export interface Standing {
  state: StoredState
  kind: AppointmentKind
  origin: string
  start: Date
  end: Date
}

/** What one side may do with an appointment now. */
export function actionsOpen(standing: Standing, side: Side, now: Date): AppointmentAction[] {
  return (side === 'citizen' ? ofCitizen : ofStation).filter(
    (action) =>
      (openTo[action] as readonly StoredState[]).includes(standing.state) &&
      isTimely(action, standing, now) &&
      isFitting(action, standing, side),
  )
}

function isFitting(action: AppointmentAction, { kind, origin }: Standing, side: Side): boolean {
  if (action === 'join') return kind !== 'in_person'
  if (action === 'arrive') return kind === 'in_person' && origin !== 'walk_in'
  if (action === 'move') return origin !== 'walk_in'
  return side === 'station' || origin !== 'walk_in'
}

function isTimely(action: AppointmentAction, { state, start, end }: Standing, now: Date): boolean {
  const minutesTo = (start.getTime() - now.getTime()) / 60_000
  if (action === 'no_show') return now >= start
  if (action === 'arrive') return localDateOf(start) === localDateOf(now)
  if (action === 'start')
    return state === 'arrived' || localDateOf(start) === localDateOf(now) || minutesTo <= startEarlyMinutes
  // a citizen late for a visit may still come in while it is that day
  if (action === 'join')
    return state === 'in_progress' || (minutesTo <= joinEarlyMinutes && localDateOf(now) <= localDateOf(end))
  return true
}

/** A time the citizen chose waits for the station unless the station said it need not. */
export function stateAfterChoice(autoConfirm: boolean): 'confirmed' | 'requested' {
  return autoConfirm ? 'confirmed' : 'requested'
}

/** Where a moved appointment stands: the station's move must be told, the citizen's own choice is like a new one. */
export function stateAfterMove(side: Side, state: StoredState, autoConfirm: boolean): AppointmentState {
  if (side === 'citizen') return stateAfterChoice(autoConfirm)
  return state === 'arrived' ? 'arrived' : 'moved'
}

/**
 * Where an appointment stands whose encounter was taken back: again in the line of those who are here, else as agreed.
 */
export function stateAfterTakeBack({
  kind,
  queueNo,
}: {
  kind: AppointmentKind
  queueNo: number | null
}): 'arrived' | 'confirmed' {
  return kind === 'in_person' && queueNo !== null ? 'arrived' : 'confirmed'
}
