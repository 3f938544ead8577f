import type { Generated } from 'kysely'

export interface FacilityTable {
  id: string
  key: string
  name: string
  short_name: string
  type: string
  commune_name: string | null
  address: string | null
  phone: string | null
  about: string | null
  is_demo: Generated<boolean>
  source: string | null
  certainty: string | null
  note: string | null
  valid: Generated<string>
  version: Generated<number>
  updated_at: Generated<Date>
  search: Generated<string>
}

export interface PlacementTable {
  id: Generated<string>
  facility_id: string
  parent_id: string | null
  valid: string
  source: string | null
  certainty: string | null
}

export interface TreePathTable {
  facility_id: string
  path: string
  valid: string
}

export interface IdentifierTable {
  id: Generated<string>
  facility_id: string
  system: string
  value: string
  valid: Generated<string>
  source: string | null
}

export interface SuccessionTable {
  predecessor_id: string
  successor_id: string
  kind: 'merge' | 'split' | 'rename' | 'reorganise'
  on_date: string
  source: string | null
  certainty: string | null
}

export interface SpecialtyTable {
  code: string
  name_vi: string
  name_en: string
  sort: Generated<number>
}

export type SupportRole = 'upper_level' | 'consult_hospital' | 'specialty_support' | 'fallback'

export interface SupportLinkTable {
  id: Generated<string>
  from_id: string
  to_id: string
  specialty: string | null
  phase: string
  rank: Generated<number>
  role: SupportRole
  valid: string
  source: string | null
  certainty: string | null
  version: Generated<number>
}

export interface PopulationTable {
  facility_id: string
  year: number
  population: number
  population_16_plus: number | null
  source: string
}

export interface TeleServiceTable {
  id: Generated<string>
  facility_id: string
  service: string
  submitted_on: string
  published_on: string | null
  ended_on: string | null
  source: string | null
  allowed_from: Generated<string>
}

export interface AnnounceNoteTable {
  facility_id: string
  reason: 'service' | 'practitioner' | 'infrastructure'
  since: string
}

export interface TeleContractTable {
  id: string
  kind: 'VIA_RECEIVING_FACILITY' | 'INTER_FACILITY_SUPPORT'
  facility_id: string
  partner_id: string
  number: string
  terms: string[]
  valid_from: string
  valid_until: string | null
  source: string | null
  recorded_by: string | null
  recorded_at: Generated<Date>
  ended_by: string | null
  ended_at: Date | null
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'facilities.facility': FacilityTable
    'facilities.placement': PlacementTable
    'facilities.tree_path': TreePathTable
    'facilities.unit': Pick<
      FacilityTable,
      'id' | 'key' | 'name' | 'short_name' | 'type' | 'commune_name' | 'address' | 'phone' | 'search'
    >
    'facilities.announced_service': Pick<TeleServiceTable, 'facility_id' | 'service' | 'allowed_from' | 'ended_on'>
    'facilities.current_path': Pick<TreePathTable, 'facility_id' | 'path'>
    'facilities.identifier': IdentifierTable
    'facilities.succession': SuccessionTable
    'facilities.specialty': SpecialtyTable
    'facilities.support_link': SupportLinkTable
    'facilities.population': PopulationTable
    'facilities.tele_service': TeleServiceTable
    'facilities.announce_note': AnnounceNoteTable
    'facilities.tele_contract': TeleContractTable
  }
}
