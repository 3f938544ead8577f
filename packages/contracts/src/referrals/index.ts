import { z } from 'zod'
import {
  ById,
  Id,
  Instant,
  Items,
  LocalDate,
  MintedId,
  OptionalLine,
  OptionalText,
  Page,
  pageQuery,
  Text,
} from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'

/** A transfer to another facility (phiếu chuyển cơ sở), or an appointment to come again (phiếu hẹn khám lại). */
const SlipKind = z.enum(['transfer', 'revisit'])
export type SlipKind = z.infer<typeof SlipKind>

/** `expired`: not used in time; computed. A revisit slip ends with `arrived`, a transfer with what became of it. */
export const SlipState = z.enum(['issued', 'not_arrived', 'arrived', 'completed', 'cancelled', 'expired'])
export type SlipState = z.infer<typeof SlipState>

/** Why the patient goes elsewhere (field MA_LYDO_CT): the case asks for it, or they ask. */
export const TransferReason = z.enum(['medical', 'own_wish'])
export type TransferReason = z.infer<typeof TransferReason>
export const Transport = z.enum(['own', 'ambulance', 'other'])
export type Transport = z.infer<typeof Transport>
/** What became of the patient, as the receiving facility says. */
export const TransferOutcome = z.enum(['treated_home', 'admitted', 'sent_on', 'sent_back', 'died'])
export type TransferOutcome = z.infer<typeof TransferOutcome>

export const Slip = z.object({
  id: Id,
  kind: SlipKind,
  /** `12/2026`: of its unit and year. */
  number: z.string(),
  state: SlipState,
  patientId: Id,
  patientName: z.string(),
  birthDate: LocalDate.nullable(),
  encounterId: Id,
  facilityName: z.string(),
  toFacilityName: z.string(),
  diagnosis: z.string(),
  issuedAt: Instant,
  issuerName: z.string(),
  validUntil: LocalDate,
  revisitOn: LocalDate.nullable(),
  arrivedAt: Instant.nullable(),
  outcome: TransferOutcome.nullable(),
  /** As written by whoever changed it last: why it is cancelled, what is known of who did not arrive, what was done. */
  note: z.string(),
  may: z.object({ arrive: z.boolean(), notArrived: z.boolean(), tellOutcome: z.boolean(), cancel: z.boolean() }),
})
export type Slip = z.infer<typeof Slip>

/** Fields of the form, named after the sheet XML13 (domain notes on forms, §5). */
const transferFields = {
  toFacilityId: Id,
  /** DAU_HIEU_LS */
  signs: Text(4000),
  /** QT_BENHLY */
  course: OptionalText(8000).default(''),
  /** TOMTAT_KQ */
  results: OptionalText(8000).default(''),
  /** PP_DIEUTRI */
  treatment: OptionalText(8000).default(''),
  condition: OptionalText(2000).default(''),
  reason: TransferReason,
  /** HUONG_DIEU_TRI */
  plan: OptionalText(4000).default(''),
  /** PHUONGTIEN_VC */
  transport: Transport,
  escort: OptionalLine(200).default(''),
}

export const issueTransfer = defineRoute({
  id: 'referrals.issueTransfer',
  method: 'POST',
  path: '/api/referrals/transfers',
  permission: 'encounter.write',
  idempotent: true,
  summary: 'Send a patient to another facility: a numbered slip in their record, seen there at once; may be sent twice',
  body: z.object({ id: MintedId, encounterId: Id, ...transferFields }),
  reply: ById,
})

export const issueRevisit = defineRoute({
  id: 'referrals.issueRevisit',
  method: 'POST',
  path: '/api/referrals/revisits',
  permission: 'encounter.write',
  idempotent: true,
  summary: 'Ask a patient to come again after a finished course: one slip each, used once; may be sent twice',
  body: z.object({ id: MintedId, encounterId: Id, revisitOn: LocalDate, advice: OptionalText(4000).default('') }),
  reply: ById,
})

export const listSlips = defineRoute({
  id: 'referrals.list',
  method: 'GET',
  path: '/api/referrals',
  permission: 'patient.read',
  summary: 'Slips to my units (`incoming`) or of them (`outgoing`), newest first',
  query: z.object({
    box: z.enum(['incoming', 'outgoing']),
    state: z.enum(['open', 'done']).default('open'),
    encounterId: Id.optional(),
    ...pageQuery,
  }),
  reply: Page(Slip),
})

export const readSlip = defineRoute({
  id: 'referrals.read',
  method: 'GET',
  path: '/api/referrals/:id',
  permission: 'patient.read',
  summary: 'One slip and what may be done with it; its text is the document of the same id',
  params: ById,
  reply: Slip,
})

export const confirmArrival = defineRoute({
  id: 'referrals.confirmArrival',
  method: 'POST',
  path: '/api/referrals/:id/arrival',
  permission: 'encounter.write',
  idempotent: true,
  summary: 'The patient is here: the slip is used, once. `arrivalId` says that it is the same arrival sent again',
  params: ById,
  body: z.object({ arrivalId: MintedId }),
  reply: Slip,
})

export const noteNotArrived = defineRoute({
  id: 'referrals.noteNotArrived',
  method: 'POST',
  path: '/api/referrals/:id/not-arrived',
  permission: 'encounter.write',
  once: onceBecause.undoes,
  summary: 'The patient did not come; who comes later, in time, is taken in all the same',
  params: ById,
  body: z.object({ note: OptionalText(1000).default('') }),
  reply: Slip,
})

export const tellOutcome = defineRoute({
  id: 'referrals.tellOutcome',
  method: 'POST',
  path: '/api/referrals/:id/outcome',
  permission: 'encounter.write',
  once: onceBecause.undoes,
  summary: 'What became of the patient, told to the unit that sent them',
  params: ById,
  body: z.object({ outcome: TransferOutcome, note: Text(4000) }),
  reply: Slip,
})

export const cancelSlip = defineRoute({
  id: 'referrals.cancel',
  method: 'POST',
  path: '/api/referrals/:id/cancel',
  permission: 'encounter.write',
  once: onceBecause.undoes,
  summary: 'Take back a slip that nobody used yet, saying why',
  params: ById,
  body: z.object({ reason: Text(1000) }),
  reply: Slip,
})

const Holiday = z.object({ day: LocalDate, name: z.string(), source: z.string() })

export const listHolidays = defineRoute({
  id: 'referrals.listHolidays',
  method: 'GET',
  path: '/api/referrals/holidays',
  permission: 'operations.manage',
  summary: 'Public holidays of a year, by which working days are counted',
  query: z.object({ year: z.coerce.number().int().min(2020).max(2100) }),
  reply: Items(Holiday),
})

export const setHoliday = defineRoute({
  id: 'referrals.setHoliday',
  method: 'PUT',
  path: '/api/referrals/holidays/:day',
  permission: 'operations.manage',
  idempotent: true,
  summary: 'Make a day a public holiday, with the decision that says so; or a working day again (`off: false`)',
  params: z.object({ day: LocalDate }),
  body: z.object({ off: z.boolean(), name: OptionalLine(100).default(''), source: OptionalLine(200).default('') }),
  reply: Items(Holiday),
})

export const routes = {
  issueTransfer,
  issueRevisit,
  listSlips,
  readSlip,
  confirmArrival,
  noteNotArrived,
  tellOutcome,
  cancelSlip,
  listHolidays,
  setHoliday,
} as const
