import type { CallResult, EndReason, ProgrammeDefinition } from '@moinha/contracts/programmes'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export interface ProgrammeTable {
  code: string
  version: number
  valid_from: string
  definition: JSONColumnType<ProgrammeDefinition>
  saved_by: string | null
  saved_at: Generated<Date>
}

export interface EnrolmentTable {
  id: string
  patient_id: string
  facility_id: string
  programme_code: string
  programme_version: number
  anchor_on: string | null
  status: Generated<'active' | 'ended'>
  end_reason: EndReason | null
  end_note: Generated<string>
  ended_by: string | null
  ended_at: Date | null
  next_on: string | null
  next_names: ColumnType<{ vi: string; en: string } | null, string | null | undefined, string | null>
  late_on: string | null
  remind_on: string | null
  ends_on: string | null
  reminded_for: string | null
  booked_appointment_id: string | null
  booked_at: Date | null
  version: Generated<number>
  enrolled_by: string
  enrolled_at: Date
}

export interface OutsideVisitTable {
  id: string
  enrolment_id: string
  patient_id: string
  kept_on: string
  place: string
  noted_by: string
  noted_at: Date
  taken_back_by: string | null
  taken_back_at: Date | null
}

export interface CallNoteTable {
  id: string
  enrolment_id: string
  patient_id: string
  result: CallResult
  called_by: string
  called_at: Date
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'programmes.programme': ProgrammeTable
    'programmes.enrolment': EnrolmentTable
    'programmes.outside_visit': OutsideVisitTable
    'programmes.call_note': CallNoteTable
  }
}
