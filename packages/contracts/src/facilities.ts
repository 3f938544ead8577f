import { z } from 'zod'
import { Id, Items, LocalDate, OptionalLine, Page, ById, pageQuery } from './common.ts'
import { defineRoute } from './route.ts'

/** Kinds of unit; the order is the order of a legend. Source: module README, "type". */
export const facilityTypes = [
  'nation', 'province_health_department', 'provincial_hospital', 'regional_hospital', 'specialty_hospital',
  'disease_control_centre', 'health_centre', 'regional_clinic', 'commune_station', 'station_site',
] as const
export const FacilityType = z.enum(facilityTypes)

/** Remote services a unit may announce (Decree 96/2023 Art. 87, REQ-TELE-02). */
export const remoteServices = ['health_advice', 'remote_examination', 'teleconsult', 'inter_facility_support'] as const
export const RemoteService = z.enum(remoteServices)

export const SuccessionKind = z.enum(['merge', 'split', 'rename', 'reorganise'])

const Named = z.object({ id: Id, name: z.string(), shortName: z.string(), type: z.string() })
const Succession = Named.extend({ kind: SuccessionKind, onDate: LocalDate })

// ---- for everyone ---------------------------------------------------------------------------------

export const FacilityHit = z.object({
  id: Id, key: z.string(), name: z.string(), shortName: z.string(), type: z.string(),
  communeName: z.string().nullable(), parentName: z.string().nullable(),
  /** Remote services announced and allowed today. */
  services: z.array(z.string()),
})

export const search = defineRoute({
  id: 'facilities.search', method: 'GET', path: '/api/facilities/search', permission: 'public',
  summary: 'Find a unit of today by name or commune, without diacritics; units that serve citizens come first',
  query: z.object({ q: OptionalLine(80).default(''), ...pageQuery }), reply: Page(FacilityHit), limitPerMinute: 120,
})

export const specialties = defineRoute({
  id: 'facilities.specialties', method: 'GET', path: '/api/facilities/specialties', permission: 'public',
  summary: 'Specialties a case can be asked about',
  reply: Items(z.object({ code: z.string(), nameVi: z.string(), nameEn: z.string() })),
})

export const FacilityProfile = Named.extend({
  key: z.string(), communeName: z.string().nullable(), address: z.string().nullable(), phone: z.string().nullable(), about: z.string().nullable(),
  /** Part of the demo network. */
  isDemo: z.boolean(),
  /** Name or existence not verified yet. */
  pending: z.boolean(),
  validFrom: LocalDate, validTo: LocalDate.nullable(),
  services: z.array(z.object({ service: z.string(), allowedFrom: LocalDate })),
  /** From the root down to the direct parent, today (or on the unit's last day). */
  parents: z.array(Named),
  predecessors: z.array(Succession),
  successors: z.array(Succession),
})

export const profile = defineRoute({
  id: 'facilities.profile', method: 'GET', path: '/api/facilities/:id', permission: 'public',
  summary: 'The public profile of a unit', params: ById, reply: FacilityProfile,
})

export type FacilityHit = z.infer<typeof FacilityHit>
export type FacilityProfile = z.infer<typeof FacilityProfile>

export const routes = { search, specialties, profile }
