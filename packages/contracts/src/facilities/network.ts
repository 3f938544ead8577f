import { z } from 'zod'
import { ById, Id, LocalDate } from '../common.ts'
import { defineRoute } from '../route.ts'
import { Named, SupportRole } from './codes.ts'
import { TeleContract } from './contracts.ts'
import { FacilityProfile } from './profile.ts'

export const TreeNode = Named.extend({
  key: z.string(),
  parentId: Id.nullable(),
  depth: z.number().int(),
  path: z.string(),
  pending: z.boolean(),
  isDemo: z.boolean(),
  certainty: z.string().nullable(),
  mayManage: z.boolean(),
})
export type TreeNode = z.infer<typeof TreeNode>

export const tree = defineRoute({
  id: 'facilities.tree',
  method: 'GET',
  path: '/api/facilities/tree',
  permission: 'facility.read',
  summary: 'The administrative tree of any date, parents before children',
  query: z.object({ on: LocalDate.optional(), root: Id.optional() }),
  reply: z.object({ on: LocalDate, nodes: z.array(TreeNode) }),
})

const Dated = { from: LocalDate, to: LocalDate.nullable() }

const SupportLink = z.object({
  id: Id,
  fromId: Id,
  fromName: z.string(),
  toId: Id,
  toName: z.string(),
  specialty: z.string().nullable(),
  phase: z.string(),
  rank: z.number().int(),
  role: SupportRole,
  ...Dated,
  source: z.string().nullable(),
  pending: z.boolean(),
  version: z.number().int(),
})
export type SupportLink = z.infer<typeof SupportLink>

export const FacilityUnit = FacilityProfile.omit({ services: true }).extend({
  version: z.number().int(),
  source: z.string().nullable(),
  certainty: z.string().nullable(),
  note: z.string().nullable(),
  mayManage: z.boolean(),
  /** May it be moved or ended by me? That is for whoever administers the node above. */
  mayMove: z.boolean(),
  placements: z.array(z.object({ parentId: Id.nullable(), parentName: z.string().nullable(), ...Dated })),
  identifiers: z.array(
    z.object({ id: Id, system: z.string(), value: z.string(), ...Dated, source: z.string().nullable() }),
  ),
  services: z.array(
    z.object({
      id: Id,
      service: z.string(),
      submittedOn: LocalDate,
      publishedOn: LocalDate.nullable(),
      endedOn: LocalDate.nullable(),
      allowedFrom: LocalDate,
    }),
  ),
  /** Why the services must be announced again (REQ-TELE-02); empty when nothing changed since. */
  announceAgain: z.array(z.object({ reason: z.string(), since: LocalDate })),
  /** Contracts on remote care, of either side; those that ended too, newest first. */
  contracts: z.array(TeleContract),
  asks: z.array(SupportLink),
  isAskedBy: z.array(SupportLink),
  populations: z.array(
    z.object({
      year: z.number().int(),
      population: z.number().int(),
      population16Plus: z.number().int().nullable(),
      source: z.string(),
    }),
  ),
  beneath: z.number().int(),
})
export type FacilityUnit = z.infer<typeof FacilityUnit>

export const unit = defineRoute({
  id: 'facilities.unit',
  method: 'GET',
  path: '/api/facilities/:id/unit',
  permission: 'facility.read',
  summary: 'A unit with all its dated facts, for staff',
  params: ById,
  reply: FacilityUnit,
})

export const network = defineRoute({
  id: 'facilities.network',
  method: 'GET',
  path: '/api/facilities/network',
  permission: 'facility.read',
  summary: 'Who backs whom on a date, for the units beneath a root (or beneath what it followed)',
  query: z.object({ root: Id, on: LocalDate.optional() }),
  reply: z.object({
    on: LocalDate,
    nodes: z.array(Named.extend({ pending: z.boolean() })),
    links: z.array(
      z.object({
        id: Id,
        fromId: Id,
        toId: Id,
        specialty: z.string().nullable(),
        phase: z.string(),
        rank: z.number().int(),
        role: SupportRole,
        pending: z.boolean(),
      }),
    ),
    /** Days on which any link of this area begins or ends. */
    changes: z.array(LocalDate),
    /** First day of each phase in this area. */
    phases: z.array(z.object({ phase: z.string(), from: LocalDate })),
  }),
})

export const networkRoutes = { tree, network, unit }
