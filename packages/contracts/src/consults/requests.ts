import { z } from 'zod'
import { ById, Id, Instant, OptionalLine, OptionalText, Text, Version } from '../common.ts'
import { SpecialtyCode } from '../roster.ts'
import { defineRoute } from '../route.ts'
import { InformedHow, Urgency } from './codes.ts'
import { Consult, ConsultLine } from './consult.ts'

const draftFields = {
  encounterId: Id,
  specialty: SpecialtyCode,
  urgency: Urgency,
  questions: z.array(Text(1000)).min(1).max(10),
  history: OptionalText(4000),
  treatment: OptionalText(4000),
  allergies: OptionalText(1000),
  diagnosis: OptionalText(500),
  icd10: OptionalLine(12).default(''),
  /** The patient was told of the support service and agrees (REQ-TELE-10). */
  patientInformed: z.object({ at: Instant, how: InformedHow }).nullable(),
  preferredAt: Instant.nullable().default(null),
}

export const prefill = defineRoute({
  id: 'consults.prefill',
  method: 'GET',
  path: '/api/consults/prefill',
  permission: 'consult.request',
  summary: 'What an encounter already knows for a new request',
  query: z.object({ encounterId: Id }),
  reply: z.object({
    encounterId: Id,
    patient: ConsultLine.shape.patient,
    history: z.string(),
    treatment: z.string(),
    diagnosis: z.string(),
    icd10: z.string(),
    video: z.boolean(),
    vitals: Consult.shape.vitals,
    openConsultId: Id.nullable(),
    specialties: z.array(z.object({ code: SpecialtyCode, vi: z.string(), en: z.string(), covered: z.boolean() })),
  }),
})

export const saveDraft = defineRoute({
  id: 'consults.saveDraft',
  method: 'PUT',
  path: '/api/consults/:id',
  permission: 'consult.request',
  idempotent: true,
  offline: true,
  summary: 'Write a request, or correct a returned one; a colleague’s newer text is not overwritten',
  params: ById,
  /** `basedOn`: version of the request as the writer last saw it; none where it is a first text. */
  body: z.object({ ...draftFields, basedOn: Version.nullable().default(null) }),
  reply: Consult,
})

export const submit = defineRoute({
  id: 'consults.submit',
  method: 'POST',
  path: '/api/consults/:id/submit',
  permission: 'consult.request',
  idempotent: true,
  summary: 'Send the request: the duty doctor is rung at once',
  params: ById,
  body: z.object({
    /** Ring the duty lead where no doctor of the specialty can be found. */ askLead: z.boolean().default(false),
  }),
  reply: Consult,
})

export const cancel = defineRoute({
  id: 'consults.cancel',
  method: 'POST',
  path: '/api/consults/:id/cancel',
  permission: 'consult.request',
  idempotent: true,
  summary: 'Take the request back with a reason',
  params: ById,
  body: z.object({ reason: Text(1000) }),
  reply: Consult,
})

export const requestRoutes = { prefill, saveDraft, submit, cancel }
