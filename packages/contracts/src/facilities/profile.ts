import { z } from 'zod'
import { ById, Id, Items, LocalDate, OptionalLine, Page, pageQuery } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Named, SuccessionKind } from './codes.ts'

const Succession = Named.extend({ kind: SuccessionKind, onDate: LocalDate })

export const FacilityHit = z.object({
  id: Id,
  key: z.string(),
  name: z.string(),
  shortName: z.string(),
  type: z.string(),
  communeName: z.string().nullable(),
  parentName: z.string().nullable(),
  /** Remote services announced and allowed today. */
  services: z.array(z.string()),
})
export type FacilityHit = z.infer<typeof FacilityHit>

export const search = defineRoute({
  id: 'facilities.search',
  method: 'GET',
  path: '/api/facilities/search',
  permission: 'public',
  summary: 'Find a unit of today by name or commune, without diacritics; units that serve citizens come first',
  query: z.object({ q: OptionalLine(80).default(''), ...pageQuery }),
  reply: Page(FacilityHit),
  limitPerMinute: 120,
})

export const specialties = defineRoute({
  id: 'facilities.specialties',
  method: 'GET',
  path: '/api/facilities/specialties',
  permission: 'public',
  summary: 'Specialties a case can be asked about',
  reply: Items(z.object({ code: z.string(), nameVi: z.string(), nameEn: z.string() })),
})

export const FacilityProfile = Named.extend({
  key: z.string(),
  communeName: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  about: z.string().nullable(),
  /** Part of the demo network. */
  isDemo: z.boolean(),
  /** Name or existence not verified yet. */
  pending: z.boolean(),
  validFrom: LocalDate,
  validTo: LocalDate.nullable(),
  services: z.array(z.object({ service: z.string(), allowedFrom: LocalDate })),
  /** From the root down to the direct parent, today (or on the unit's last day). */
  parents: z.array(Named),
  predecessors: z.array(Succession),
  successors: z.array(Succession),
})
export type FacilityProfile = z.infer<typeof FacilityProfile>

export const profile = defineRoute({
  id: 'facilities.profile',
  method: 'GET',
  path: '/api/facilities/:id',
  permission: 'public',
  summary: 'The public profile of a unit',
  params: ById,
  reply: FacilityProfile,
})

export const profileRoutes = { search, specialties, profile }
