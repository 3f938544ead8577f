import type { SlipKind, TransferOutcome } from '@moinha/contracts/referrals'
import type { Generated, Selectable } from 'kysely'
import type { StoredState } from '../domain/slip-states.ts'

export interface SlipTable {
  id: string
  kind: SlipKind
  number: number
  number_year: number
  patient_id: string
  encounter_id: string
  facility_id: string
  to_facility_id: string
  diagnosis: string
  issued_at: Date
  issued_by: string
  issuer_name: string
  valid_until: string
  revisit_on: string | null
  state: Generated<StoredState>
  arrival_id: string | null
  arrived_at: Date | null
  arrived_by: string | null
  outcome: TransferOutcome | null
  note: Generated<string>
  changed_at: Date
  changed_by: string
}
export type SlipRow = Selectable<SlipTable>

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'referrals.slip': SlipTable
    'referrals.holiday': {
      day: string
      name: string
      source: string
      changed_by: string | null
      changed_at: Generated<Date>
    }
    'referrals.year_long_disease': { code: string; source: string }
  }
}
