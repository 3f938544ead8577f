import { z } from 'zod'
import { ById, Done, Id, Line, LocalDate, Opaque, OptionalLine, OptionalText, Text, Version } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { FacilityType, Phase, RemoteService, SuccessionKind, SupportRole } from './codes.ts'

const unitFields = {
  name: Line(200),
  shortName: Line(80),
  type: FacilityType,
  communeName: OptionalLine(120).default(''),
  address: OptionalText(300).default(''),
  phone: OptionalLine(40).default(''),
  about: OptionalText(2000).default(''),
}

export const editUnit = defineRoute({
  id: 'facilities.editUnit',
  method: 'PUT',
  path: '/api/facilities/:id',
  permission: 'facility.manage',
  once: onceBecause.version,
  summary: 'Correct a unit’s profile; refused when another changed it since `version`',
  params: ById,
  body: z.object({ version: Version, ...unitFields }),
  reply: z.object({ version: z.number().int() }),
})

export const createUnit = defineRoute({
  id: 'facilities.createUnit',
  method: 'POST',
  path: '/api/facilities',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'Create a unit beneath another from a date; may be sent twice',
  body: z.object({ id: Id, parentId: Id, from: LocalDate, source: OptionalText(300).default(''), ...unitFields }),
  reply: z.object({ id: Id, key: z.string() }),
})

export const moveUnit = defineRoute({
  id: 'facilities.moveUnit',
  method: 'POST',
  path: '/api/facilities/:id/move',
  permission: 'facility.manage',
  once: onceBecause.undoes,
  summary: 'Put a unit under another parent from a date',
  params: ById,
  body: z.object({ parentId: Id, from: LocalDate, source: OptionalText(300).default('') }),
  reply: Done,
})

export const endUnit = defineRoute({
  id: 'facilities.endUnit',
  method: 'POST',
  path: '/api/facilities/:id/end',
  permission: 'facility.manage',
  once: onceBecause.version,
  summary: 'End a unit on a date, followed by none, one or several others',
  params: ById,
  body: z.object({
    version: Version,
    on: LocalDate,
    kind: SuccessionKind.optional(),
    successors: z.array(Id).max(20).default([]),
    /** Where the units beneath go; needed when there are any. */
    beneathTo: Id.optional(),
    source: OptionalText(300).default(''),
  }),
  reply: Done,
})

const RowOfUnit = z.object({ id: Id, rowId: Id })

const typedDates = { from: LocalDate, to: LocalDate.nullable().default(null), source: OptionalText(300).default('') }

export const saveIdentifier = defineRoute({
  id: 'facilities.saveIdentifier',
  method: 'PUT',
  path: '/api/facilities/:id/identifiers/:rowId',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'Add or correct an identifier; may be sent twice',
  params: RowOfUnit,
  body: z.object({ system: Line(80), value: Line(80), ...typedDates }),
  reply: Done,
})

export const removeIdentifier = defineRoute({
  id: 'facilities.removeIdentifier',
  method: 'DELETE',
  path: '/api/facilities/:id/identifiers/:rowId',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'Take back an identifier that was never right',
  params: RowOfUnit,
  reply: Done,
})

export const saveSupportLink = defineRoute({
  id: 'facilities.saveSupportLink',
  method: 'PUT',
  path: '/api/facilities/:id/support-links/:rowId',
  permission: 'facility.manage',
  once: onceBecause.version,
  summary: 'Add, correct or end a support link; `version` 0 adds; may be sent twice',
  params: RowOfUnit,
  body: z.object({
    version: Version,
    toId: Id,
    specialty: Opaque(60).nullable().default(null),
    phase: Phase,
    rank: z.number().int().min(1).max(9),
    role: SupportRole,
    ...typedDates,
  }),
  reply: z.object({ version: z.number().int() }),
})

export const removeSupportLink = defineRoute({
  id: 'facilities.removeSupportLink',
  method: 'DELETE',
  path: '/api/facilities/:id/support-links/:rowId',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'Take back a support link that was never right',
  params: RowOfUnit,
  reply: Done,
})

export const announceService = defineRoute({
  id: 'facilities.announceService',
  method: 'PUT',
  path: '/api/facilities/:id/services/:rowId',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'Record an announcement of a remote service, its publication, or its end; may be sent twice',
  params: RowOfUnit,
  body: z.object({
    service: RemoteService,
    submittedOn: LocalDate,
    publishedOn: LocalDate.nullable().default(null),
    endedOn: LocalDate.nullable().default(null),
    source: OptionalText(300).default(''),
  }),
  reply: z.object({ allowedFrom: LocalDate }),
})

export const announceReasons = ['service', 'practitioner', 'infrastructure'] as const

export const noteChange = defineRoute({
  id: 'facilities.noteChange',
  method: 'POST',
  path: '/api/facilities/:id/announce-again',
  permission: 'facility.manage',
  once: onceBecause.undoes,
  summary: 'Say that a service, a practitioner or the infrastructure changed: the unit must announce again',
  params: ById,
  body: z.object({ reason: z.enum(announceReasons) }),
  reply: Done,
})

export const savePopulation = defineRoute({
  id: 'facilities.savePopulation',
  method: 'PUT',
  path: '/api/facilities/:id/populations/:year',
  permission: 'facility.manage',
  idempotent: true,
  summary: 'Population of the unit’s area in a year, with its source',
  params: z.object({ id: Id, year: z.coerce.number().int().min(1990).max(2100) }),
  body: z.object({
    population: z.number().int().min(0).max(200_000_000),
    population16Plus: z.number().int().min(0).max(200_000_000).nullable().default(null),
    source: Text(300),
  }),
  reply: Done,
})

export const editUnitRoutes = {
  editUnit,
  createUnit,
  moveUnit,
  endUnit,
  saveIdentifier,
  removeIdentifier,
  saveSupportLink,
  removeSupportLink,
  announceService,
  noteChange,
  savePopulation,
}
