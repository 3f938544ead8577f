import type { GateCondition, GateReason, TeleGate } from '@moinha/contracts/records'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Relation } from '../../identity/index.ts'

export interface PatientTable {
  id: string
  full_name: string
  sex: 'male' | 'female' | 'unknown'
  birth_date: string | null
  phone: string | null
  address: string | null
  home_facility_id: string | null
  ethnicity_system: string | null
  ethnicity_code: string | null
  occupation: string | null
  created_at: Generated<Date>
  created_by: string | null
  version: Generated<number>
  search: Generated<string>
}

export interface PatientIdentifierTable {
  id: Generated<string>
  patient_id: string
  system: IdentifierSystem
  value: string
  valid: Generated<string>
  recorded_at: Generated<Date>
  recorded_by: string | null
}

export type IdentifierSystem =
  'citizen_id' | 'old_citizen_id' | 'passport' | 'insurance_card' | 'social_security' | 'local'
export type RemoteMode =
  | 'IN_PERSON'
  | 'DIRECT_TO_PATIENT'
  | 'VIA_RECEIVING_FACILITY'
  | 'INTER_FACILITY_SUPPORT'
  | 'TELECONSULT'
  | 'HEALTH_ADVICE'
export type Disposition = 'treatment' | 'examination' | 'advice' | 'referral'
/** By what an encounter was allowed to end as it did; `before_gate`: it ended before every writer was asked. */
export type JudgedAs = GateReason | 'before_gate'
export type EncounterStatus = 'in_progress' | 'finished' | 'cancelled'

export interface CareRelationshipTable {
  id: Generated<string>
  patient_id: string
  facility_id: string | null
  person_id: string | null
  /** Code of a declared reason of care. */
  reason: string
  subject_id: string | null
  note: string | null
  valid: Generated<string>
  created_by: string | null
  /** Given by a broken glass, or by what somebody opened through one. */
  emergency: Generated<boolean>
  end_cause: Generated<string | null>
  ended_at: Generated<Date | null>
  ended_by: Generated<string | null>
}

export interface EmergencyHandleTable {
  handle_hash: string
  actor_id: string
  patient_id: string
  expires_at: Date
  used_at: Date | null
}

export interface ProxyClaimTable {
  id: string
  guardian_id: string
  patient_id: string | null
  relation: Relation
  consent_version: string
  code_hash: string | null
  expires_at: Date
  confirmed_at: Date | null
  created_at: Generated<Date>
}

export interface EncounterTable {
  id: string
  patient_id: string
  facility_id: string
  practitioner_id: string
  practitioner_name: string
  licence_no: string | null
  remote_mode: RemoteMode
  channel: 'video' | 'voice' | 'chat' | 'in_person'
  status: Generated<EncounterStatus>
  disposition: Disposition | null
  judged_as: Generated<JudgedAs | null>
  /** The setting of the gate when it was finished; null where it was finished before that was kept. */
  gate_setting: Generated<TeleGate | null>
  /** What was found of each condition when it was finished; null before that was kept, and while it is open. */
  judged_conditions: ColumnType<GateCondition[] | null, string | null | undefined, string | null>
  present_reason: Generated<string | null>
  identity_check: Generated<'document_seen' | 'document_on_video' | 'account' | 'known_to_staff' | 'not_checked'>
  consent_by: 'patient' | 'representative' | null
  consent_at: Date | null
  complaint: Generated<string>
  findings: Generated<string>
  conclusion: Generated<string>
  advice: Generated<string>
  next_appointment_on: string | null
  referred_up: Generated<boolean>
  upper_level_took_part: Generated<boolean>
  appointment_id: string | null
  visit_id: string | null
  started_at: Date
  finished_at: Date | null
  closed_by: string | null
  cancel_reason: string | null
  version: Generated<number>
  corrections: Generated<number>
  created_at: Generated<Date>
  created_by: string | null
  updated_at: Generated<Date>
  updated_by: string | null
}

export interface EncounterDiagnosisTable {
  encounter_id: string
  position: number
  patient_id: string
  system: string
  code: string
  display: string
}

export interface ObservationTable {
  id: string
  encounter_id: string
  patient_id: string
  system: string
  code: string
  display: string
  /** NUMERIC: read as exact text, turned into a number by `exactNumber`; written as the number measured. */
  value: ColumnType<string, number, number>
  unit: string
  taken_at: Date
  device: string | null
  author_id: string | null
  recorded_at: Generated<Date>
  taken_back: Generated<boolean>
}

export interface EncounterVersionTable {
  encounter_id: string
  no: number
  patient_id: string
  content: JSONColumnType<Record<string, unknown>>
  reason: string | null
  author_id: string | null
  author_name: string
  at: Generated<Date>
}

export interface DocumentTable {
  id: string
  version: number
  patient_id: string
  encounter_id: string | null
  facility_id: string
  /** Code of a declared kind of document. */
  kind: string
  title: string
  content: JSONColumnType<Record<string, unknown>>
  created_at: Generated<Date>
  created_by: string | null
}

/** Reference rows of what modules declare. */
export interface KindTable {
  code: string
  owner: string
  name_vi: string
  name_en: string
}

export interface Icd10Table {
  id: Generated<string>
  code: string
  name_vi: string
  name_en: string
  search: Generated<string>
  valid: Generated<string>
  usable: Generated<boolean>
  usable_as_primary: Generated<boolean>
  edition: Generated<string>
}

export interface TeleAllowedIcdTable {
  id: Generated<string>
  position: number
  no: number | null
  name_vi: string
  patterns: string[]
  specialty: string
  status: 'verified' | 'pending'
  certainty: string
  note: Generated<string>
  valid: Generated<string>
  enabled_by: string | null
  enabled_at: Date | null
}

export interface PilotApprovalTable {
  id: string
  facility_id: string
  document_no: string
  title: string
  patterns: string[]
  valid_from: string
  valid_until: string
  quota: number
  used: Generated<number>
  recorded_by: string | null
  recorded_at: Generated<Date>
  ended_by: string | null
  ended_at: Date | null
}

export interface PilotUseTable {
  id: Generated<string>
  pilot_id: string
  encounter_id: string
  patient_id: string
  taken_at: Date
  given_back_at: Date | null
}

export interface GlassBreakTable {
  id: string
  patient_id: string
  person_id: string
  facility_ids: string[]
  home_facility_id: string | null
  reason: string
  at: Date
  until: Date
}

export interface GlassReviewTable {
  glass_id: string
  side: 'home' | 'opener'
  verdict: 'justified' | 'not_justified'
  note: string
  by_person: string
  at: Date
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'records.patient': PatientTable
    'records.patient_identifier': PatientIdentifierTable
    'records.care_relationship': CareRelationshipTable
    'records.emergency_handle': EmergencyHandleTable
    'records.proxy_claim': ProxyClaimTable
    'records.encounter': EncounterTable
    'records.patient_card': Pick<PatientTable, 'id' | 'full_name' | 'sex' | 'birth_date' | 'home_facility_id'>
    'records.encounter_diagnosis': EncounterDiagnosisTable
    'records.observation': ObservationTable
    'records.encounter_version': EncounterVersionTable
    'records.document': DocumentTable
    'records.document_kind': KindTable
    'records.care_reason': KindTable
    'records.icd10': Icd10Table
    'records.tele_allowed_icd': TeleAllowedIcdTable
    'records.access_grace': { reason: string; cause: string; hours: number; source: string }
    'records.pilot_approval': PilotApprovalTable
    'records.pilot_use': PilotUseTable
    'records.glass_break': GlassBreakTable
    'records.glass_notice': { glass_id: string; person_id: string; told_as: 'patient' | 'head'; read_at: Date | null }
    'records.glass_review': GlassReviewTable
    'records.setting': { key: string; value: string; source: string }
  }
}
