import type {
  Finding,
  LineTyped,
  MedicineClass,
  RxContent,
  RxKind,
  RxState,
  Situation,
} from '@moinha/contracts/prescriptions'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

/** NUMERIC: exact text both ways. */
type Exact = ColumnType<string, string, string>

interface MedicineTable {
  id: Generated<string>
  code: string
  inn: string
  name_vi: string
  strength: string
  form: string
  route: string
  dose_unit: string
  unit: string
  dose_units_per_unit: ColumnType<string | null, string | null, string | null>
  mg_per_dose_unit: ColumnType<string | null, string | null, string | null>
  atc: string
  class: MedicineClass
  source: string
  certainty: string
  active: Generated<boolean>
  search: Generated<string>
}

interface InteractionTable {
  one: string
  other: string
  level: Finding['level']
  why_vi: string
  why_en: string
  source: string
  certainty: string
}

interface SupplyRuleTable {
  id: Generated<string>
  class: MedicineClass
  situation: Situation
  icd_list: string | null
  most_days: number
  valid: string
  grade: string
  source: string
}

/** What the national system answered. */
export interface NationalReply {
  success: boolean
  checksum: string
  errors: string[]
}

interface PrescriptionTable {
  id: string
  code: string
  kind: RxKind
  encounter_id: string
  patient_id: string
  facility_id: string
  prescriber_id: string
  content: JSONColumnType<RxContent>
  state: Generated<RxState>
  written_at: Date
  collect_until: string
  replaces: string | null
  replaced_at: Date | null
  withdrawn_at: Date | null
  withdraw_reason: string | null
  attempts: Generated<number>
  next_try_at: Date | null
  issued_at: Date | null
  reply: JSONColumnType<NationalReply> | null
  last_failure: string | null
}

interface LineTable {
  prescription_id: string
  no: number
  patient_id: string
  medicine_id: string
  quantity: Exact
  dispensed: Generated<string>
}

interface DispensingTable {
  id: string
  prescription_id: string
  patient_id: string
  facility_id: string | null
  pharmacy: string | null
  given_by: string | null
  at: Date
  items: JSONColumnType<{ no: number; quantity: string }[]>
}

interface TemplateTable {
  id: string
  person_id: string
  name: string
  icd10: string | null
  lines: JSONColumnType<LineTyped[]>
  saved_at: Date
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'prescriptions.medicine': MedicineTable
    'prescriptions.interaction': InteractionTable
    'prescriptions.supply_rule': SupplyRuleTable
    'prescriptions.icd_list': { list: string; pattern: string; valid: Generated<string>; source: string }
    'prescriptions.setting': { key: string; value: string; source: string }
    'prescriptions.prescription': PrescriptionTable
    'prescriptions.line': LineTable
    'prescriptions.dispensing': DispensingTable
    'prescriptions.template': TemplateTable
  }
}
