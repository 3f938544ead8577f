import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { ById, Id, OptionalText, Text } from '../common.ts'
import { Consult } from './consult.ts'
import { PatientOutcomeCode } from './codes.ts'

export const start = defineRoute({
  id: 'consults.start',
  method: 'POST',
  path: '/api/consults/:id/start',
  permission: 'consult.read',
  idempotent: true,
  summary: 'Begin the session: the call of the visit opens to both ends',
  params: ById,
  reply: Consult,
})

export const addOpinion = defineRoute({
  id: 'consults.addOpinion',
  method: 'POST',
  path: '/api/consults/:id/opinions',
  permission: 'consult.read',
  idempotent: true,
  summary: 'Write an opinion; may be sent twice',
  params: ById,
  body: z.object({ opinionId: Id, text: Text(4000) }),
  reply: Consult,
})

export const reportPatientOutcome = defineRoute({
  id: 'consults.reportPatientOutcome',
  method: 'POST',
  path: '/api/consults/:id/patient-outcome',
  permission: 'consult.request',
  idempotent: true,
  summary: 'Tell the consultant what became of the patient',
  params: ById,
  body: z.object({ code: PatientOutcomeCode, text: OptionalText(2000) }),
  reply: Consult,
})

export const close = defineRoute({
  id: 'consults.close',
  method: 'POST',
  path: '/api/consults/:id/close',
  permission: 'consult.read',
  idempotent: true,
  summary: 'Close the case',
  params: ById,
  reply: Consult,
})

export const sessionRoutes = { start, addOpinion, reportPatientOutcome, close }
