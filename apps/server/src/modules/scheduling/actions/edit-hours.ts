import type { AppointmentKind, BookingSettings, ScheduleException, WorkingHours } from '@moinha/contracts/scheduling'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { pathOf } from '../../facilities/index.ts'
import { practitionerRolesOf } from '../../identity/index.ts'
import { minutesOf } from '../domain/booking-rules.ts'
import { schedulingErrors } from '../errors.ts'
import { mayManageSchedule } from '../policy.ts'
import {
  clashOfExtra,
  clashOfHours,
  closeHours,
  findException,
  findHours,
  insertException,
  insertHours,
  lockSchedule,
  standingIn,
  toException,
  toHours,
  withdraw,
  type ExceptionRow,
  type FoundHours,
  type HoursRow,
} from '../store/hours-rows.ts'
import { readSettings, writeSettings } from '../store/plan-rows.ts'

/** Who may not edit here is refused; a unit that does not exist is unknown. */
export async function requireSchedule(work: Work, facilityId: string): Promise<void> {
  const path = await pathOf(work.tx, facilityId)
  if (!path) throw schedulingErrors.STATION_UNKNOWN()
  if (!mayManageSchedule(work.actor, facilityId, path)) throw schedulingErrors.SCHEDULE_FOREIGN()
}

async function requireWorker(work: Work, practitionerId: string, facilityId: string): Promise<void> {
  const practitionerRoles = await practitionerRolesOf(work.tx, [practitionerId])
  if (!practitionerRoles.some((practitionerRole) => practitionerRole.facilityId === facilityId))
    throw schedulingErrors.WORKER_NOT_HERE()
}

interface Times {
  from: string
  to: string
  slotMinutes: number | null
}

/** Minutes of the day; the end must leave room for one slot. */
function readTimes({ from, to, slotMinutes }: Times): { fromMinute: number; toMinute: number } {
  const fromMinute = minutesOf(from)
  const toMinute = minutesOf(to)
  if (toMinute < fromMinute + (slotMinutes ?? 1))
    throw schedulingErrors.HOURS_UPSIDE_DOWN(undefined, [{ path: 'to', code: 'too_early' }])
  return { fromMinute, toMinute }
}

export interface HoursTyped extends Times {
  weekday: number
  slotMinutes: number
  kinds: AppointmentKind[]
}

/** Opens weekly hours. */
export async function addHours(
  work: Work,
  typed: HoursTyped & {
    id: string
    facilityId: string
    practitionerId: string
    validFrom: string
    validTo: string | null
  },
): Promise<WorkingHours> {
  await requireSchedule(work, typed.facilityId)
  await requireWorker(work, typed.practitionerId, typed.facilityId)
  if (typed.validTo !== null && typed.validTo < typed.validFrom)
    throw schedulingErrors.HOURS_UPSIDE_DOWN(undefined, [{ path: 'validTo', code: 'too_early' }])
  await lockSchedule(work.tx, typed.practitionerId)
  return open(work, { ...typed, ...readTimes(typed) })
}

async function open(work: Work, row: HoursRow): Promise<WorkingHours> {
  const known = await findHours(work.tx, row.id)
  if (known) return repeatHours(known, row)
  if (!(await insertHours(work.tx, row, work.actor.personId)))
    throw schedulingErrors.HOURS_OVERLAP({ clash: await clashOfHours(work.tx, row) })
  await tell(work, row.facilityId, { action: 'scheduling.openHours', id: row.id })
  return toHours(row)
}

function repeatHours(
  known: FoundHours,
  row: Pick<HoursRow, 'practitionerId' | 'facilityId' | 'weekday'>,
): WorkingHours {
  // hours that were closed before they began hold no day any more and cannot be answered
  if (known.validFrom === null) throw platformErrors.ID_TAKEN()
  if (
    known.practitionerId !== row.practitionerId ||
    known.facilityId !== row.facilityId ||
    known.weekday !== row.weekday
  )
    throw platformErrors.ID_TAKEN()
  return toHours(known)
}

/** Changes hours from a day on: the old ones stay as they were until then. */
export async function changeHours(
  work: Work,
  id: string,
  change: HoursTyped & { newId: string; effectiveFrom: string },
): Promise<WorkingHours> {
  const old = await ownHours(work, id)
  await lockSchedule(work.tx, old.practitionerId)
  const known = await findHours(work.tx, change.newId)
  if (known)
    return repeatHours(known, {
      practitionerId: old.practitionerId,
      facilityId: old.facilityId,
      weekday: known.weekday,
    })
  requireHeld(old)
  if (old.validTo !== null && old.validTo < change.effectiveFrom)
    throw schedulingErrors.HOURS_ENDED({ lastDay: old.validTo })
  const validFrom = change.effectiveFrom < old.validFrom ? old.validFrom : change.effectiveFrom
  await closeHours(work.tx, id, addDays(validFrom, -1))
  return open(work, {
    ...change,
    id: change.newId,
    practitionerId: old.practitionerId,
    facilityId: old.facilityId,
    ...readTimes(change),
    validFrom,
    validTo: old.validTo,
  })
}

/** Closes weekly hours after their last day; where they ended no later, they stay so. */
export async function endHours(work: Work, id: string, lastDay: string): Promise<void> {
  const old = await ownHours(work, id)
  if (old.validFrom === null || (old.validTo !== null && old.validTo <= lastDay)) return
  await closeHours(work.tx, id, lastDay)
  await tell(work, old.facilityId, { action: 'scheduling.endHours', id })
}

async function ownHours(work: Work, id: string): Promise<FoundHours> {
  const hours = await findHours(work.tx, id)
  if (!hours) throw schedulingErrors.HOURS_UNKNOWN()
  await requireSchedule(work, hours.facilityId)
  return hours
}

/** Hours that were closed before they began hold no day any more. */
function requireHeld(hours: FoundHours): asserts hours is HoursRow {
  if (hours.validFrom === null) throw schedulingErrors.HOURS_UNKNOWN()
}

export interface ExceptionTyped extends Times {
  id: string
  facilityId: string
  practitionerId: string
  effect: 'off' | 'extra'
  fromDay: string
  toDay: string
  kinds: AppointmentKind[]
  reason: string
}

/** Days off or extra hours; answers which appointments now need another time. */
export async function addException(
  work: Work,
  typed: ExceptionTyped,
): Promise<{ exception: ScheduleException; stranded: { appointmentId: string; start: string }[] }> {
  await requireSchedule(work, typed.facilityId)
  await requireWorker(work, typed.practitionerId, typed.facilityId)
  await lockSchedule(work.tx, typed.practitionerId)
  const row = readException(work, typed)
  const known = await findException(work.tx, row.id)
  if (
    known &&
    (known.practitionerId !== row.practitionerId || known.effect !== row.effect || known.fromDay !== row.fromDay)
  )
    throw platformErrors.ID_TAKEN()
  if (!known) await insert(work, row)
  const stranded = row.effect === 'off' ? await standingIn(work.tx, row, work.now) : []
  return {
    exception: toException(row),
    stranded: stranded.map(({ appointmentId, start }) => ({ appointmentId, start: start.toISOString() })),
  }
}

function readException(work: Work, typed: ExceptionTyped): ExceptionRow {
  const days = typed.fromDay <= typed.toDay && typed.toDay >= localDateOf(work.now)
  if (!days) throw schedulingErrors.HOURS_UPSIDE_DOWN(undefined, [{ path: 'toDay', code: 'too_early' }])
  if (typed.effect === 'extra' && (typed.slotMinutes === null || typed.kinds.length === 0)) {
    throw platformErrors.INVALID_INPUT(undefined, [
      { path: typed.slotMinutes === null ? 'slotMinutes' : 'kinds', code: 'required' },
    ])
  }
  return { ...typed, ...readTimes(typed) }
}

async function insert(work: Work, row: ExceptionRow): Promise<void> {
  const clash = row.effect === 'extra' ? await clashOfExtra(work.tx, row) : undefined
  if (clash || !(await insertException(work.tx, row, work.actor.personId)))
    throw schedulingErrors.HOURS_OVERLAP({ clash })
  await tell(work, row.facilityId, { action: `scheduling.exception.${row.effect}`, id: row.id })
}

/** Takes an exception back; twice is once. */
export async function withdrawException(work: Work, id: string): Promise<void> {
  const exception = await findException(work.tx, id)
  if (!exception) throw schedulingErrors.HOURS_UNKNOWN()
  await requireSchedule(work, exception.facilityId)
  await withdraw(work.tx, id, work.now)
  await tell(work, exception.facilityId, { action: 'scheduling.withdrawException', id })
}

type KeptSettings = BookingSettings & { version: string }

/** How the unit takes bookings, and the version that a change of it is based on. */
export async function keptSettings(work: Work, facilityId: string): Promise<KeptSettings> {
  await requireSchedule(work, facilityId)
  const settings = await readSettings(work.tx, facilityId)
  return { ...settings, version: versionOf(settings) }
}

/** The version to be judged, held until the transaction ends. */
export async function lockSettings(work: Work, facilityId: string): Promise<string> {
  await lockSchedule(work.tx, facilityId)
  return (await keptSettings(work, facilityId)).version
}

/** Do these settings stand already? */
export async function areKept(work: Work, facilityId: string, settings: BookingSettings): Promise<boolean> {
  return versionOf(settings) === (await keptSettings(work, facilityId)).version
}

const versionOf = ({ autoConfirm, horizonDays, offerMinutes }: BookingSettings): string =>
  [autoConfirm ? 'auto' : 'asked', horizonDays, offerMinutes].join('.')

/** Changes how the unit takes bookings. */
export async function saveSettings(work: Work, facilityId: string, settings: BookingSettings): Promise<KeptSettings> {
  await requireSchedule(work, facilityId)
  await writeSettings(work.tx, facilityId, settings, work.actor.personId)
  await tell(work, facilityId, { action: 'scheduling.saveSettings', id: facilityId })
  return keptSettings(work, facilityId)
}

async function tell(work: Work, facilityId: string, { action, id }: { action: string; id: string }): Promise<void> {
  work.audit({ action, subject: 'schedule', subjectId: id })
  await work.live(`facility:${facilityId}`, 'schedule.changed', { facilityId })
}
