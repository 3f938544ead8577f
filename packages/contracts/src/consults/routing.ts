import { z } from 'zod'
import { Done, Id, Items, LocalDate } from '../common.ts'
import { Presence, SpecialtyCode } from '../roster.ts'
import { defineRoute } from '../route.ts'
import { Named, RingReason, Urgency } from './codes.ts'

export const RouteCandidate = z.object({
  personId: Id,
  fullName: z.string(),
  title: z.string(),
  facilityId: Id,
  facilityName: z.string(),
  reason: RingReason,
  presence: Presence,
  waitSeconds: z.number().int(),
})

/** Which link of the chain is missing, and whom to ask instead. */
export const MissingLink = z.object({
  missing: z.enum(['SUPPORT_LINK', 'ROSTER']),
  facilityName: z.string(),
  specialty: SpecialtyCode,
  specialtyName: z.string(),
  date: LocalDate,
  offer: z
    .object({
      personId: Id,
      fullName: z.string(),
      facilityId: Id,
      facilityName: z.string(),
      phone: z.string().nullable(),
    })
    .nullable(),
})
export type MissingLink = z.infer<typeof MissingLink>

export const RoutePreview = z.object({
  candidates: z.array(RouteCandidate),
  /** Hospitals of the chain with nobody of this specialty on duty now. */
  skipped: z.array(Named),
  missing: MissingLink.nullable(),
})

export const previewRoute = defineRoute({
  id: 'consults.previewRoute',
  method: 'GET',
  path: '/api/consults/route',
  permission: 'consult.request',
  summary: 'Who would be rung now, in which order and why',
  query: z.object({ specialty: SpecialtyCode, urgency: Urgency.default('urgent') }),
  reply: RoutePreview,
})

const Wait = z.object({ urgency: Urgency, waitSeconds: z.number().int().min(10).max(3600) })

export const escalation = defineRoute({
  id: 'consults.escalation',
  method: 'GET',
  path: '/api/consults/escalation',
  permission: 'consult.read',
  summary: 'How long each doctor of a hospital is rung before the next',
  query: z.object({ facilityId: Id }),
  reply: Items(Wait.extend({ own: z.boolean() })),
})

export const setEscalation = defineRoute({
  id: 'consults.setEscalation',
  method: 'PUT',
  path: '/api/consults/escalation',
  permission: 'consult.lead',
  idempotent: true,
  summary: 'Set how long each doctor of a hospital is rung',
  body: Wait.extend({ facilityId: Id }),
  reply: Done,
})

export const routingRoutes = { previewRoute, escalation, setEscalation }
