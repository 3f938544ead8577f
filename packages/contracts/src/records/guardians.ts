import { z } from 'zod'
import { defineRoute, onceBecause } from '../route.ts'
import { ById, Done, Id, Line, LocalDate, OptionalLine, PhoneTyped, Text } from '../common.ts'
import { Guardian, ProxyPaper, Relation } from '../identity/index.ts'
import { IdentifierTyped, PatientId } from './lines.ts'

const Code = z
  .string()
  .max(12)
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))

export const linkGuardian = defineRoute({
  id: 'records.linkGuardian',
  method: 'POST',
  path: '/api/patients/:patientId/guardians',
  permission: 'patient.register',
  idempotent: true,
  limitPerMinute: 20,
  summary:
    'At the desk: somebody acts for this patient, after a paper was looked at; phone and code are read out by the guardian. May be sent twice',
  params: PatientId,
  body: z.object({
    id: Id,
    phone: PhoneTyped,
    code: Code,
    relation: Relation,
    paper: ProxyPaper,
    paperNote: OptionalLine(200).default(''),
    /** The patient was asked and said yes; needed from 7 years on, from 18 unless a paper stands in. */
    dependantAgrees: z.boolean().default(false),
  }),
  reply: Guardian,
})

export const endProxy = defineRoute({
  id: 'records.endProxy',
  method: 'POST',
  path: '/api/patients/:patientId/guardians/:id/end',
  permission: 'patient.register',
  idempotent: true,
  summary: 'The home unit ends that somebody acts for its patient',
  params: z.object({ patientId: Id, id: Id }),
  body: z.object({ reason: Text(500) }),
  reply: Done,
})

export const claimProxy = defineRoute({
  id: 'records.claimProxy',
  method: 'POST',
  path: '/api/record/claims',
  permission: 'family.own',
  idempotent: true,
  limitPerMinute: 10,
  summary:
    'Ask to act for somebody who has a record: a code goes to the phone of that record. Answers the same whether or not anybody fits',
  body: z.object({
    id: Id,
    relation: Relation,
    consentVersion: Line(40),
    who: z.union([z.object({ identifier: IdentifierTyped }), z.object({ fullName: Line(120), birthDate: LocalDate })]),
  }),
  reply: z.object({ expiresInSeconds: z.number().int() }),
})

export const confirmProxyClaim = defineRoute({
  id: 'records.confirmProxyClaim',
  method: 'POST',
  path: '/api/record/claims/:id/confirm',
  permission: 'family.own',
  once: onceBecause.counted,
  limitPerMinute: 20,
  summary: 'The code that came to the phone of the record; from then on I act for the person. May be sent twice',
  params: ById,
  body: z.object({ code: Code, dependantAgrees: z.boolean().default(false) }),
  reply: z.object({ personId: Id, fullName: z.string() }),
})

export const guardianRoutes = { linkGuardian, endProxy, claimProxy, confirmProxyClaim }
