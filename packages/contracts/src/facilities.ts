import { z } from 'zod'
import {
  ById,
  Done,
  Id,
  Items,
  Line,
  LocalDate,
  Opaque,
  OptionalLine,
  OptionalText,
  Page,
  Text,
  Version,
  pageQuery,
} from './common.ts'
import { defineRoute } from './route.ts'
import { Upload } from './upload.ts'

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

const Named = z.object({ id: Id, name: z.string(), shortName: z.string(), type: z.string() })
const Succession = Named.extend({ kind: SuccessionKind, onDate: LocalDate })

// ---- for everyone ---------------------------------------------------------------------------------

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

export const profile = defineRoute({
  id: 'facilities.profile',
  method: 'GET',
  path: '/api/facilities/:id',
  permission: 'public',
  summary: 'The public profile of a unit',
  params: ById,
  reply: FacilityProfile,
})

// ---- for staff: the map of any date ------------------------------------------------------------------

export const phases = ['pilot', 'rollout'] as const
export const supportRoles = ['upper_level', 'consult_hospital', 'specialty_support', 'fallback'] as const
export const Phase = z.enum(phases)
export const SupportRole = z.enum(supportRoles)
/** P document seen · S press · C one digest · D the five source documents · U unverified. */
export const Certainty = z.enum(['P', 'S', 'C', 'D', 'U'])

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

// ---- for administrators ------------------------------------------------------------------------------

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
  summary: 'Put a unit under another parent from a date; may be sent twice',
  params: ById,
  body: z.object({ parentId: Id, from: LocalDate, source: OptionalText(300).default('') }),
  reply: Done,
})

export const endUnit = defineRoute({
  id: 'facilities.endUnit',
  method: 'POST',
  path: '/api/facilities/:id/end',
  permission: 'facility.manage',
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

// ---- spreadsheets ------------------------------------------------------------------------------------

export const sheetNames = ['units', 'placements', 'support_links', 'identifiers'] as const
export const SheetName = z.enum(sheetNames)

/** Type of a workbook (Office Open XML, registered with IANA). */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const exportUnits = defineRoute({
  id: 'facilities.export',
  method: 'GET',
  path: '/api/facilities/:id/export',
  permission: 'facility.manage',
  summary:
    'Units, placements, support links and identifiers of a subtree as a spreadsheet: xlsx with a sheet each, or one csv',
  params: ById,
  query: z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx'), sheet: SheetName.default('units') }),
  reply: z.unknown(),
  produces: [xlsxType, 'text/csv; charset=utf-8'],
})

const RowError = z.object({
  sheet: SheetName,
  row: z.number().int(),
  column: z.string(),
  code: z.string(),
  value: z.string(),
})
const Change = z.object({
  sheet: SheetName,
  row: z.number().int(),
  key: z.string(),
  change: z.enum(['new', 'changed']),
  fields: z.array(z.object({ column: z.string(), before: z.string(), after: z.string() })),
})

export const ImportReport = z.object({
  errors: z.array(RowError),
  /** More than are listed. */
  moreErrors: z.number().int(),
  changes: z.array(Change),
  counts: z.object({ new: z.number().int(), changed: z.number().int(), unchanged: z.number().int() }),
  /** Of exactly these changes to exactly this state; sent back to confirm. */
  digest: z.string(),
})

/** Largest spreadsheet taken, in bytes. */
export const importBytes = 2_097_152

/** The file is the raw body; what it is, its bytes say. */
const spreadsheet = { body: Upload, consumes: ['text/csv', xlsxType, 'application/octet-stream'] }

export const importCheck = defineRoute({
  id: 'facilities.importCheck',
  method: 'POST',
  path: '/api/facilities/import/check',
  permission: 'facility.manage',
  summary: 'Read a spreadsheet: row errors and what would change; writes nothing',
  ...spreadsheet,
  reply: ImportReport,
  bodyLimit: importBytes,
  limitPerMinute: 60,
})

export const importApply = defineRoute({
  id: 'facilities.importApply',
  method: 'POST',
  path: '/api/facilities/import/apply',
  permission: 'facility.manage',
  summary: 'Write all of a checked spreadsheet, or nothing',
  query: z.object({ digest: Opaque(100) }),
  ...spreadsheet,
  reply: ImportReport,
  bodyLimit: importBytes,
  limitPerMinute: 60,
})

export type FacilityHit = z.infer<typeof FacilityHit>
export type FacilityProfile = z.infer<typeof FacilityProfile>
export type FacilityUnit = z.infer<typeof FacilityUnit>
export type TreeNode = z.infer<typeof TreeNode>
export type SupportLink = z.infer<typeof SupportLink>
export type ImportReport = z.infer<typeof ImportReport>
export type SheetName = z.infer<typeof SheetName>

export const routes = {
  search,
  specialties,
  tree,
  network,
  profile,
  unit,
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
  exportUnits,
  importCheck,
  importApply,
}
