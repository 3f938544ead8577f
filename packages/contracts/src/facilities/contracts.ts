import { z } from 'zod'
import { Done, Id, Line, LocalDate, OptionalText } from '../common.ts'
import { defineRoute } from '../route.ts'

/** Modes that rest on a contract (Decree 96/2023/NĐ-CP Art. 87(9), 88; REQ-TELE-06). */
export const contractKinds = ['VIA_RECEIVING_FACILITY', 'INTER_FACILITY_SUPPORT'] as const

/** Minimum content of a contract. Source: Decree 96/2023/NĐ-CP Art. 87(11). */
export const contractTerms = ['responsibilities', 'infrastructure', 'storage', 'service_cost', 'cost_sharing'] as const

export const TeleContract = z.object({
  id: Id,
  kind: z.enum(contractKinds),
  /** Receives the patient, or is supported. */
  facilityId: Id,
  facilityName: z.string(),
  /** Treats from afar, or supports. */
  partnerId: Id,
  partnerName: z.string(),
  number: z.string(),
  terms: z.array(z.enum(contractTerms)),
  from: LocalDate,
  /** The first day on which it no longer holds. */
  until: LocalDate.nullable(),
})
export type TeleContract = z.infer<typeof TeleContract>

const ContractOfUnit = z.object({ id: Id, rowId: Id })

export const addContract = defineRoute({
  id: 'facilities.addContract',
  method: 'PUT',
  path: '/api/facilities/:id/contracts/:rowId',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'Write down a contract on remote care with another unit; never changed afterwards, only ended',
  params: ContractOfUnit,
  body: z.object({
    kind: z.enum(contractKinds),
    /** Does the unit of the address receive the patient (is supported), or does it treat from afar (support)? */
    side: z.enum(['near', 'far']).default('near'),
    partnerId: Id,
    number: Line(80),
    terms: z.array(z.enum(contractTerms)).max(contractTerms.length),
    from: LocalDate,
    source: OptionalText(300).default(''),
  }),
  reply: Done,
})

export const endContract = defineRoute({
  id: 'facilities.endContract',
  method: 'POST',
  path: '/api/facilities/:id/contracts/:rowId/end',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'End a contract from a day on; either of its two units may',
  params: ContractOfUnit,
  body: z.object({ on: LocalDate }),
  reply: Done,
})

export const contractRoutes = { addContract, endContract }
