import type { AppointmentKind, AppointmentOrigin, Programme } from '@moinha/contracts/scheduling'
import type { ColumnType, Generated } from 'kysely'
import type { StoredState } from '../domain/appointment-states.ts'

/** Ranges and arrays of our own enum types arrive as text: they are read through lower(), upper() and casts. */
type Written<T> = ColumnType<string, T, T>

export interface FacilitySettingTable {
  facility_id: string
  auto_confirm: Generated<boolean>
  horizon_days: Generated<number>
  offer_minutes: Generated<number>
  updated_at: Generated<Date>
  updated_by: string | null
}

export interface WorkingHoursTable {
  id: string
  practitioner_id: string
  facility_id: string
  weekday: number
  from_minute: number
  to_minute: number
  slot_minutes: number
  kinds: Written<AppointmentKind[]>
  valid: string
  created_by: string | null
  created_at: Generated<Date>
}

export interface ScheduleExceptionTable {
  id: string
  practitioner_id: string
  facility_id: string
  effect: 'off' | 'extra'
  days: string
  from_minute: Generated<number>
  to_minute: Generated<number>
  slot_minutes: number | null
  kinds: Written<AppointmentKind[]>
  reason: string
  withdrawn_at: Date | null
  created_by: string | null
  created_at: Generated<Date>
}

export interface AppointmentTable {
  id: string
  patient_id: string
  facility_id: string
  practitioner_id: string | null
  during: string
  starts_at: Generated<Date>
  kind: AppointmentKind
  programme: Programme | null
  reason: Generated<string>
  state: StoredState
  origin: AppointmentOrigin
  booked_by: string | null
  booked_at: Date | null
  helper_name: string | null
  queue_day: string | null
  queue_no: number | null
  arrived_at: Date | null
  started_at: Date | null
  ended_at: Date | null
  encounter_id: string | null
  cancelled_by: 'citizen' | 'station' | null
  cancel_reason: string | null
  moved_from: string | null
  moved_from_practitioner_id: string | null
  version: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface AppointmentHistoryTable {
  id: Generated<number>
  appointment_id: string
  at: Date
  actor_kind: string
  actor_id: string | null
  state: StoredState
  during: string
  practitioner_id: string | null
}

export interface WaitlistEntryTable {
  id: string
  patient_id: string
  facility_id: string
  practitioner_id: string | null
  kind: AppointmentKind
  programme: Programme | null
  reason: Generated<string>
  days: string
  state: Generated<'waiting' | 'offered' | 'accepted' | 'left' | 'ended'>
  offer_id: string | null
  offer_until: Date | null
  created_by: string
  created_at: Generated<Date>
}

export interface BookingHelperTable {
  id: string
  facility_id: string
  person_id: string
  full_name: string
  days: string
  named_by: string | null
  named_at: Generated<Date>
  ended_by: string | null
  ended_at: Date | null
}

export interface HelperConsentTable {
  patient_id: string
  facility_id: string
  agreed: boolean
  recorded_by: string | null
  recorded_at: Generated<Date>
  /** When the patient said it, which may be hours before it arrived here. */
  said_at: Date
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'scheduling.facility_setting': FacilitySettingTable
    'scheduling.working_hours': WorkingHoursTable
    'scheduling.schedule_exception': ScheduleExceptionTable
    'scheduling.appointment': AppointmentTable
    'scheduling.appointment_history': AppointmentHistoryTable
    'scheduling.booking_helper': BookingHelperTable
    'scheduling.helper_consent': HelperConsentTable
    'scheduling.queue_counter': { facility_id: string; day: string; last_no: number }
    'scheduling.waitlist_entry': WaitlistEntryTable
    'scheduling.waitlist_refusal': { entry_id: string; practitioner_id: string; starts_at: Date }
  }
}
