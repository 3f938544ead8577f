import type { ConsultStatus, MinutesContent, RingReason, Urgency } from '@moinha/contracts/consults'
import type { Generated, JSONColumnType } from 'kysely'

export interface ConsultTable {
  id: string
  number: number | null
  number_year: number | null
  status: ConsultStatus
  urgency: Urgency
  specialty: string
  encounter_id: string
  patient_id: string
  patient_name: string
  patient_sex: 'male' | 'female' | 'unknown'
  patient_birth_date: string | null
  requesting_facility_id: string
  requester_id: string
  supporting_facility_id: string | null
  consultant_id: string | null
  visit_id: string | null
  preferred_at: Date | null
  scheduled_at: Date | null
  informed_at: Date | null
  informed_how: 'in_person' | 'by_video' | 'by_phone' | 'written' | null
  history: string
  treatment: string
  allergies: string
  diagnosis: string
  icd10: string
  ask_lead: boolean
  step: number
  round: number
  return_reason: string | null
  cancel_reason: string | null
  created_at: Date
  submitted_at: Date | null
  accepted_at: Date | null
  started_at: Date | null
  signed_at: Date | null
  closed_at: Date | null
  version: number
}
export type ConsultRow = ConsultTable

export interface RingTable {
  consult_id: string
  step: number
  person_id: string
  facility_id: string
  reason: RingReason
  round: number
  rung_at: Date
  deadline_at: Date
  ring_result: 'ringing' | 'answered' | 'silent' | 'declined' | 'stopped'
  ended_at: Date | null
  note: string | null
}

export interface MinutesTable {
  id: string
  consult_id: string
  version: number
  state: 'draft' | 'proposed' | 'locked' | 'superseded'
  side_facility_id: string
  drafted_by: string
  content: JSONColumnType<MinutesContent>
  content_hash: string
  decision: 'accepts' | 'partly' | 'not' | null
  decision_reason: Generated<string>
  created_at: Date
  saved_by: string | null
  saved_at: Date | null
  proposed_at: Date | null
  locked_at: Date | null
}

interface EventTable {
  id: Generated<number>
  consult_id: string
  at: Date
  name: string
  actor_id: string | null
  step: number | null
  note: string | null
}

interface SignatureTable {
  minutes_id: string
  person_id: string
  role: 'chair' | 'secretary' | 'requester'
  signed_at: Date
  completed_at: Date
  method: string
  content_hash: string
  proof: JSONColumnType<Record<string, unknown>>
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'consults.consult': ConsultTable
    'consults.question': { consult_id: string; no: number; text: string }
    'consults.event': EventTable
    'consults.ring': RingTable
    'consults.opinion': {
      id: string
      consult_id: string
      author_id: string
      end: 'requesting' | 'supporting'
      text: string
      written_at: Date
    }
    'consults.minutes': MinutesTable
    'consults.signature': SignatureTable
    'consults.patient_outcome': {
      consult_id: string
      code: 'improved' | 'unchanged' | 'worse' | 'transferred' | 'died' | 'unknown'
      text: string
      reported_by: string
      reported_at: Date
    }
    'consults.escalation_policy': {
      facility_id: string | null
      urgency: Urgency
      wait_seconds: number
      changed_at: Generated<Date>
      changed_by: string | null
    }
  }
}
