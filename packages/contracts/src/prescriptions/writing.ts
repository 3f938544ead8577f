import { z } from 'zod'
import { ById, Done, Id, Items, Line, Opaque, OptionalLine, OptionalText } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Finding, LineKept, LineTyped, Medicine, Rx, RxLine, RxTyped } from './fields.ts'

export const searchMedicines = defineRoute({
  id: 'prescriptions.searchMedicines',
  method: 'GET',
  path: '/api/medicines',
  permission: 'prescription.write',
  summary: 'Medicines by any words of their name, strength or form, without diacritics',
  query: z.object({ q: Line(80) }),
  reply: Items(Medicine),
})

const Template = z.object({
  id: Id,
  name: z.string(),
  icd10: z.string().nullable(),
  lines: z.array(LineKept),
  medicines: z.array(Medicine),
})

export const ofEncounter = defineRoute({
  id: 'prescriptions.ofEncounter',
  method: 'GET',
  path: '/api/encounters/:id/prescriptions',
  permission: 'patient.read',
  summary: 'Prescriptions of an encounter, whether one may be written now and why not, and what was prescribed last',
  params: ById,
  reply: z.object({
    items: z.array(Rx),
    /** Null: the reader may write one. */
    refused: z.enum(['NOT_ALLOWED', 'RX_NOT_A_PRESCRIBER', 'RX_NOT_ALLOWED_HERE', 'RX_ENCOUNTER_OVER']).nullable(),
    /** Under 72 months: weight and who brings the child are needed. */
    child: z.boolean(),
    last: z.array(RxLine),
    templates: z.array(Template),
  }),
})

export const checkPrescription = defineRoute({
  id: 'prescriptions.check',
  method: 'POST',
  path: '/api/prescriptions/check',
  permission: 'prescription.write',
  idempotent: true,
  summary:
    'Compute doses and quantities of a prescription being written and say what stands against it; writes nothing',
  body: RxTyped.extend({ replaces: Id.nullable().default(null) }),
  reply: z.object({ lines: z.array(RxLine), findings: z.array(Finding) }),
})

export const issuePrescription = defineRoute({
  id: 'prescriptions.issue',
  method: 'POST',
  path: '/api/prescriptions',
  permission: 'prescription.write',
  idempotent: true,
  summary:
    'Write a prescription and queue it for the national system; a replacement takes the place of one that was written before. May be sent twice',
  body: RxTyped.extend({
    id: Id,
    /** The prescription it takes the place of, and why. */
    replaces: Id.nullable().default(null),
    replaceReason: OptionalText(500).default(''),
    /** By key of the finding: why it goes on in spite of a warning. */
    reasons: z.record(Opaque(200), OptionalLine(300)).default({}),
  }),
  reply: Rx,
})

export const readPrescription = defineRoute({
  id: 'prescriptions.read',
  method: 'GET',
  path: '/api/prescriptions/:id',
  permission: 'patient.read',
  summary: 'One prescription with its way to the national system and what was handed out',
  params: ById,
  reply: Rx,
})

export const withdrawPrescription = defineRoute({
  id: 'prescriptions.withdraw',
  method: 'POST',
  path: '/api/prescriptions/:id/withdrawal',
  permission: 'prescription.write',
  idempotent: true,
  summary: 'Take back a prescription on which nothing was handed out, with why; may be sent twice',
  params: ById,
  body: z.object({ reason: Line(500) }),
  reply: Done,
})

export const saveTemplate = defineRoute({
  id: 'prescriptions.saveTemplate',
  method: 'PUT',
  path: '/api/prescription-templates/:id',
  permission: 'prescription.write',
  idempotent: true,
  summary: 'Keep lines as a favourite of one’s own, for a diagnosis or for all',
  params: ById,
  body: z.object({ name: Line(120), icd10: Line(10).nullable(), lines: z.array(LineTyped).min(1).max(20) }),
  reply: Done,
})

export const dropTemplate = defineRoute({
  id: 'prescriptions.dropTemplate',
  method: 'DELETE',
  path: '/api/prescription-templates/:id',
  permission: 'prescription.write',
  idempotent: true,
  summary: 'Take a favourite of one’s own away',
  params: ById,
  reply: Done,
})

export const writingRoutes = {
  searchMedicines,
  ofEncounter,
  checkPrescription,
  issuePrescription,
  readPrescription,
  withdrawPrescription,
  saveTemplate,
  dropTemplate,
}
