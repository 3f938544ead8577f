import type { QualificationCode } from '@moinha/contracts/qualifications'
import type { ColumnType, Generated } from 'kysely'
import type { Formula } from '../domain/formula.ts'

export interface ActivityTable {
  id: Generated<string>
  province_key: string
  kind: string
  at: Date
  facility_id: string
  practitioner_id: string | null
  /** As it was written then: shown, never compared. */
  practitioner_title: string | null
  practitioner_qualification: QualificationCode | null
  patient_id: string | null
  self_performed: Generated<boolean>
  counterpart_facility_id: string | null
  subject_kind: string
  subject_id: string
  programme: string | null
  detail: string | null
  sign: Generated<1 | -1>
  revision: Generated<number>
  reverses: string | null
  cause: string | null
  recorded_at: Generated<Date> | null
}

export interface FormTable {
  key: string
  name_vi: string
  name_en: string
  source: string
  period: 'month' | 'quarter' | 'half' | 'year'
  due_before_day: number
  valid: string
}

export interface FormRowTable {
  form_key: string
  no: string
  position: number
  label_vi: string
  label_en: string
  unit_text: string
  reporting_unit: string
  formula: Formula
  note: string | null
  pending: Generated<boolean>
}

export interface RegisteredValueTable {
  form_key: string
  no: string
  facility_id: string
  year: number
  /** NUMERIC: read as exact text, turned into a number by `exactNumber`. */
  value: ColumnType<string, number, number>
  registered_by: string | null
  registered_at: Generated<Date>
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'indicators.activity': ActivityTable
    'indicators.form': FormTable
    'indicators.form_row': FormRowTable
    'indicators.registered_value': RegisteredValueTable
  }
}
