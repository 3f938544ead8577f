import type { Generated } from 'kysely'

export interface RecordingTable {
  id: string
  visit_id: string
  basis: 'consent' | 'announced'
  asked_by: string
  asked_at: Date
  ended_at: Date | null
  ended_as: 'stopped' | 'refused' | 'withdrawn' | 'finished' | null
}

export interface RecordingConsentTable {
  recording_id: string
  person_id: string
  consented_at: Date | null
  refused_at: Date | null
  text_version: number | null
  said_by: string | null
  on_behalf_of: string | null
}

export interface RecordingSpanTable {
  id: string
  recording_id: string
  opened_by: string
  opened_at: Date
  closed_at: Date | null
  recorded_by: Generated<'page' | 'server'>
  egress_id: string | null
  egress_over_at: Date | null
  egress_failed: Generated<boolean>
}

export interface RecordingChunkTable {
  span_id: string
  no: number
  file_id: string
  until_ms: number
}

export interface RecordingRetentionTable {
  basis: RecordingTable['basis']
  years: number
  source: string
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'calls.recording': RecordingTable
    'calls.recording_consent': RecordingConsentTable
    'calls.recording_span': RecordingSpanTable
    'calls.recording_chunk': RecordingChunkTable
    'calls.recording_retention': RecordingRetentionTable
  }
}
