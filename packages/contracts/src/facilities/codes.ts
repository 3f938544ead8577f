import { z } from 'zod'
import { Id } from '../common.ts'

/** Kinds of unit; the order is the order of a legend. Source: module README, "type". */
export const facilityTypes = [
  'nation',
  'province_health_department',
  'provincial_hospital',
  'regional_hospital',
  'specialty_hospital',
  'disease_control_centre',
  'health_centre',
  'regional_clinic',
  'commune_station',
  'station_site',
] as const

export const FacilityType = z.enum(facilityTypes)

/** Remote services a unit may announce (Decree 96/2023 Art. 87, REQ-TELE-02). */
export const remoteServices = ['health_advice', 'remote_examination', 'teleconsult', 'inter_facility_support'] as const

export const RemoteService = z.enum(remoteServices)

export const SuccessionKind = z.enum(['merge', 'split', 'rename', 'reorganise'])

export const Named = z.object({ id: Id, name: z.string(), shortName: z.string(), type: z.string() })

export const phases = ['pilot', 'rollout'] as const

export const supportRoles = ['upper_level', 'consult_hospital', 'specialty_support', 'fallback'] as const

export const Phase = z.enum(phases)

export const SupportRole = z.enum(supportRoles)

/** P document seen · S press · C one digest · D the five source documents · U unverified. */
export const Certainty = z.enum(['P', 'S', 'C', 'D', 'U'])
