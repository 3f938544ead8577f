import { z } from 'zod'
import { isPossible, type VitalSignCode, vitalSigns } from '../vital-signs.ts'
import {
  ById,
  Done,
  Draft,
  Id,
  Instant,
  Items,
  LocalDate,
  OptionalLine,
  OptionalText,
  Text,
  Version,
} from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import {
  Channel,
  ConsentBy,
  Disposition,
  EncounterStatus,
  GateCondition,
  GateReason,
  IdentityCheck,
  RemoteMode,
  Sex,
} from './codes.ts'
import { DocumentLine, EncounterLine } from './lines.ts'

const code = z.enum(vitalSigns.map((sign) => sign.code) as [VitalSignCode, ...VitalSignCode[]])

const Observation = z.object({
  id: Id,
  system: z.string(),
  code: z.string(),
  display: z.string(),
  value: z.number(),
  unit: z.string(),
  takenAt: Instant,
  device: z.string().nullable(),
  authorName: z.string(),
  /** When this value was written; a correction is based on it. */
  recordedAt: Instant,
  implausible: z.boolean(),
})

/** A measurement as typed or sent by a device; one that no body can have is a typing error and refused. */
const ObservationTyped = z
  .object({
    id: Id,
    code,
    value: z.number().min(-1000).max(100_000).nullable(),
    takenAt: Instant,
    device: OptionalLine(120).nullable().default(null),
    /** `recordedAt` of the value that this one corrects or takes back; none where it is a first value. */
    basedOn: Instant.nullable().default(null),
  })
  .refine((item) => item.value === null || isPossible(item.code, item.value), { path: ['value'] })

/** What people write into an encounter, piece by piece. */
const contentOf = <T extends z.ZodType<string>>(text: (max: number) => T) => ({
  complaint: text(4000),
  findings: text(20_000),
  conclusion: text(8000),
  advice: text(8000),
  nextAppointmentOn: LocalDate.nullable(),
  referredUp: z.boolean(),
  disposition: Disposition.nullable(),
  channel: Channel,
  identityCheck: IdentityCheck,
  consentBy: ConsentBy.nullable(),
  /** The first is the primary one; at most 12 more. Source: domain notes on codes, §6. */
  diagnoses: z.array(z.object({ code: text(10), display: text(300) })).max(13),
})

const content = contentOf(() => z.string())

export const EncounterContent = z.object(content)
export type EncounterContent = z.infer<typeof EncounterContent>

/** The pieces that changed; absent ones stay as they are. */
export const EncounterChanges = z.object(contentOf(Draft)).partial()
export type EncounterChanges = z.infer<typeof EncounterChanges>

export const Encounter = z.object({
  id: Id,
  patientId: Id,
  facilityId: Id,
  facilityName: z.string(),
  practitionerId: Id,
  practitionerName: z.string(),
  licenceNo: z.string().nullable(),
  remoteMode: RemoteMode,
  status: EncounterStatus,
  appointmentId: Id.nullable(),
  visitId: Id.nullable(),
  /** Why the patient of a remote appointment was here after all. */
  presentReason: z.string().nullable(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  closedByName: z.string().nullable(),
  cancelReason: z.string().nullable(),
  consentAt: Instant.nullable(),
  version: z.number().int(),
  updatedAt: Instant,
  updatedByName: z.string().nullable(),
  /** How many times it was corrected after it was finished. */
  corrections: z.number().int(),
  /** A doctor of the upper level has a case of it; `referredUp` is what the clinician said by themselves. */
  upperLevelTookPart: z.boolean(),
  ...content,
})
export type Encounter = z.infer<typeof Encounter>

export const openEncounter = defineRoute({
  id: 'records.openEncounter',
  method: 'POST',
  path: '/api/encounters',
  permission: 'encounter.write',
  idempotent: true,
  offline: true,
  summary: 'Begin an encounter at one’s unit; may be sent twice',
  body: z.object({
    id: Id,
    patientId: Id,
    facilityId: Id,
    remoteMode: RemoteMode,
    reason: OptionalText(4000).default(''),
  }),
  reply: ById,
})

export const openEncounters = defineRoute({
  id: 'records.openEncounters',
  method: 'GET',
  path: '/api/encounters',
  permission: 'encounter.write',
  summary: 'Encounters in progress at one’s units',
  reply: Items(EncounterLine.extend({ patientId: Id, patientName: z.string() })),
})

export const readEncounter = defineRoute({
  id: 'records.readEncounter',
  method: 'GET',
  path: '/api/encounters/:id',
  permission: 'patient.read',
  summary: 'One encounter with its observations',
  params: ById,
  reply: z.object({
    encounter: Encounter,
    observations: z.array(Observation),
    patient: z.object({ id: Id, fullName: z.string(), sex: Sex, birthDate: LocalDate.nullable() }),
    documents: z.array(DocumentLine),
    may: z.object({ write: z.boolean() }),
    /** May it end as treatment or examination, and what was found of each condition? */
    gate: z.object({
      applies: z.boolean(),
      allows: z.array(Disposition),
      reason: GateReason,
      conditions: z.array(GateCondition),
    }),
  }),
})

export const saveEncounter = defineRoute({
  id: 'records.saveEncounter',
  method: 'PATCH',
  path: '/api/encounters/:id',
  permission: 'encounter.write',
  once: onceBecause.version,
  summary: 'Save the pieces that changed; when somebody saved meanwhile, CHANGED_MEANWHILE gives the newer state',
  params: ById,
  body: z.object({ version: Version, changes: EncounterChanges }),
  reply: z.object({ version: z.number().int(), updatedAt: Instant }),
})

export const saveObservations = defineRoute({
  id: 'records.saveObservations',
  method: 'PUT',
  path: '/api/encounters/:id/observations',
  permission: 'encounter.write',
  idempotent: true,
  offline: true,
  summary:
    'Write measurements, one row each; the same id again corrects it, a null value takes it back; a value others wrote meanwhile stays, and CHANGED_MEANWHILE gives it',
  params: ById,
  body: z.object({ items: z.array(ObservationTyped).min(1).max(40) }),
  reply: z.object({ items: z.array(Observation), warnings: z.array(z.string()) }),
})

export const finishEncounter = defineRoute({
  id: 'records.finishEncounter',
  method: 'POST',
  path: '/api/encounters/:id/finish',
  permission: 'encounter.write',
  idempotent: true,
  summary: 'Finish and lock; needs a conclusion, and the list of remote diseases where it binds',
  params: ById,
  body: z.object({ version: Version, disposition: Disposition }),
  reply: z.object({ finishedAt: Instant }),
})

export const cancelEncounter = defineRoute({
  id: 'records.cancelEncounter',
  method: 'POST',
  path: '/api/encounters/:id/cancel',
  permission: 'encounter.write',
  idempotent: true,
  summary: 'Cancel an encounter opened by mistake',
  params: ById,
  body: z.object({ version: Version, reason: Text(500) }),
  reply: Done,
  /** Of a listener: what was prescribed in it was no mistake. */
  errors: ['RX_ENCOUNTER_PRESCRIBED'],
})

export const correctEncounter = defineRoute({
  id: 'records.correctEncounter',
  method: 'POST',
  path: '/api/encounters/:id/corrections',
  permission: 'encounter.write',
  once: onceBecause.version,
  summary: 'Correct a finished encounter: a new version with its reason, the old one kept',
  params: ById,
  body: z.object({ version: Version, reason: Text(500), changes: EncounterChanges.omit({ disposition: true }) }),
  reply: z.object({ version: z.number().int() }),
})

export const encounterVersions = defineRoute({
  id: 'records.encounterVersions',
  method: 'GET',
  path: '/api/encounters/:id/versions',
  permission: 'patient.read',
  summary: 'Every locked state of an encounter, newest first',
  params: ById,
  reply: Items(
    z.object({
      no: z.number().int(),
      at: Instant,
      authorName: z.string(),
      reason: z.string().nullable(),
      content: EncounterContent,
    }),
  ),
})

export const encounterRoutes = {
  openEncounter,
  openEncounters,
  readEncounter,
  saveEncounter,
  saveObservations,
  finishEncounter,
  cancelEncounter,
  correctEncounter,
  encounterVersions,
}
