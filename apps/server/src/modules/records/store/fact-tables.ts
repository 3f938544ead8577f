import type { Criticality, FactKind, FactStatus, PregnancyOutcome } from '@moinha/contracts/records'
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely'

export interface PatientFactTable {
  id: string
  patient_id: string
  kind: FactKind
  status: Generated<FactStatus>
  encounter_id: string | null
  system: string | null
  code: string | null
  display: string
  inn: Generated<string>
  atc: Generated<string | null>
  reaction: Generated<string>
  criticality: Generated<Criticality | null>
  dosage: Generated<string>
  started_on: Generated<string | null>
  ended_on: Generated<string | null>
  last_period_on: Generated<string | null>
  due_on: GeneratedAlways<string | null>
  outcome: Generated<PregnancyOutcome | null>
  note: Generated<string>
  version: Generated<number>
  author_id: string | null
  recorded_at: Generated<Date>
  updated_by: string | null
  updated_at: Generated<Date>
}

export interface PatientFactVersionTable {
  fact_id: string
  no: number
  patient_id: string
  status: FactStatus
  display: string
  content: JSONColumnType<Record<string, unknown>>
  reason: string | null
  author_id: string | null
  author_name: string
  at: Date
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'records.patient_fact': PatientFactTable
    'records.patient_fact_version': PatientFactVersionTable
  }
}
