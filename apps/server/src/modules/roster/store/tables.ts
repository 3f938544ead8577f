import type { Presence, ShiftRole } from '@moinha/contracts/roster'
import type { Generated } from 'kysely'

export interface ShiftTable {
  id: string
  facility_id: string
  specialty: string | null
  person_id: string
  role: ShiftRole
  rank: number
  during: string
  note: string
  version: Generated<number>
  created_by: string | null
  created_at: Generated<Date>
  removed_at: Date | null
}

export interface HandoverTable {
  id: string
  facility_id: string
  specialty: string | null
  note: string
  written_by: string
  written_at: Date
}

export interface HandoverReadTable {
  handover_id: string
  person_id: string
  read_at: Date
}

export interface OpenPageTable {
  socket_id: string
  person_id: string
  process_id: string | null
  seen_at: Date
}

export interface PresenceTable {
  person_id: string
  paused: Generated<boolean>
  facility_ids: Generated<string[]>
  told: Generated<Presence>
}

interface SwapTable {
  id: string
  shift_id: string
  with_shift_id: string
  swapped_by: string | null
  swapped_at: Date
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'roster.shift': ShiftTable
    'roster.handover': HandoverTable
    'roster.handover_read': HandoverReadTable
    'roster.open_page': OpenPageTable
    'roster.presence': PresenceTable
    'roster.swap': SwapTable
  }
}
