import type { Actor } from '../../platform/access/actor.ts'
import type { ConsultRow } from './store/tables.ts'

/** What the rules need to know of the actor's part in a case. */
export interface PartInCase {
  /** Is the actor rung, or was rung while nobody has the case? */
  rung: boolean
  /** ltree path of the hospital asked; empty where none is. */
  supportingPath: string
}

export type Side = 'requesting' | 'supporting' | 'lead'
type CaseFacts = Pick<
  ConsultRow,
  'requesting_facility_id' | 'supporting_facility_id' | 'consultant_id' | 'requester_id' | 'status'
>

/**
 * The consultant speaks for the hospital asked, and only while they practise there: Law 15/2023/QH15 on medical
 * examination and treatment binds practice to the registered place.
 */
const isConsultant = (actor: Actor, row: Pick<ConsultRow, 'consultant_id' | 'supporting_facility_id'>): boolean =>
  row.consultant_id !== null &&
  row.consultant_id === actor.personId &&
  (row.supporting_facility_id === null || actor.clinicalFacilityIds.includes(row.supporting_facility_id))

/** On which side of the case the actor stands, or on none. Drafts belong to the asking unit alone. */
export function sideOf(actor: Actor, row: CaseFacts, part: PartInCase): Side | undefined {
  if (actor.kind === 'staff' && actor.clinicalFacilityIds.includes(row.requesting_facility_id)) return 'requesting'
  if (row.status === 'draft') return undefined
  if (isConsultant(actor, row)) return 'supporting'
  if (part.rung && (row.status === 'submitted' || row.status === 'unanswered')) return 'supporting'
  return leads(actor, part) ? 'lead' : undefined
}

const leads = (actor: Actor, part: PartInCase): boolean =>
  part.supportingPath !== '' && actor.canAt('consult.lead', part.supportingPath)

export const maySeeConsult = (actor: Actor, row: CaseFacts, part: PartInCase): boolean =>
  actor.can('consult.read') && sideOf(actor, row, part) !== undefined

/** Ask, correct, withdraw, report: staff of the asking unit who may request. */
export const mayRequest = (actor: Actor, row: Pick<ConsultRow, 'requesting_facility_id'>): boolean =>
  actor.can('consult.request') && actor.clinicalFacilityIds.includes(row.requesting_facility_id)

/** Take or return: who was rung, or the duty lead of the hospital. Never somebody of the asking unit. */
export const mayAnswer = (actor: Actor, row: CaseFacts, part: PartInCase): boolean =>
  actor.can('consult.answer') &&
  !actor.clinicalFacilityIds.includes(row.requesting_facility_id) &&
  (part.rung || isConsultant(actor, row) || leads(actor, part))

/** Fix a time: the consultant, or the duty lead for them. */
export const maySchedule = (actor: Actor, row: CaseFacts, part: PartInCase): boolean =>
  actor.can('consult.answer') && (isConsultant(actor, row) || leads(actor, part))

/** Begin, give an opinion, write minutes: the two who meet. */
export const mayTakePart = (actor: Actor, row: CaseFacts): boolean =>
  isConsultant(actor, row) ||
  (actor.clinicalFacilityIds.includes(row.requesting_facility_id) &&
    (actor.can('consult.request') || row.requester_id === actor.personId))
