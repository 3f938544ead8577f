import type { Generated } from 'kysely'

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
  system: string
  value: string
  valid: Generated<string>
  recorded_at: Generated<Date>
  recorded_by: string | null
}

export type CareReason = 'registered' | 'appointment' | 'encounter' | 'consult' | 'referral' | 'proxy' | 'break_glass'

export interface CareRelationshipTable {
  id: Generated<string>
  patient_id: string
  facility_id: string | null
  person_id: string | null
  reason: CareReason
  subject_id: string | null
  note: string | null
  valid: Generated<string>
  created_by: string | null
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'records.patient': PatientTable
    'records.patient_identifier': PatientIdentifierTable
    'records.care_relationship': CareRelationshipTable
  }
}
