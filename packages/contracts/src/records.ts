import { z } from 'zod'
import {
  ById,
  Done,
  Draft,
  Id,
  Instant,
  Items,
  Line,
  LocalDate,
  Names,
  Opaque,
  OptionalLine,
  OptionalText,
  Page,
  PhoneTyped,
  Text,
  Version,
  pageQuery,
} from './common.ts'
import { SheetPart } from './filed-document.ts'
import { emergencyRoutes } from './records-emergency.ts'
import { Guardian, ProxyPaper, Relation } from './identity.ts'
import { defineRoute } from './route.ts'
import { isPossible, vitalSigns, type VitalSignCode } from './vital-signs.ts'

export const Sex = z.enum(['male', 'female', 'unknown'])
/** Systems of numbers a patient is known by. Source: domain notes on codes, §3. */
export const IdentifierSystem = z.enum([
  'citizen_id',
  'old_citizen_id',
  'passport',
  'insurance_card',
  'social_security',
  'local',
])
export type IdentifierSystem = z.infer<typeof IdentifierSystem>
/** REQ-TELE-01, and IN_PERSON. */
export const RemoteMode = z.enum([
  'IN_PERSON',
  'DIRECT_TO_PATIENT',
  'VIA_RECEIVING_FACILITY',
  'INTER_FACILITY_SUPPORT',
  'TELECONSULT',
  'HEALTH_ADVICE',
])
export type RemoteMode = z.infer<typeof RemoteMode>
export const Channel = z.enum(['video', 'voice', 'chat', 'in_person'])
export type Channel = z.infer<typeof Channel>

/** Why an encounter may end as it may. */
export const GateReason = z.enum([
  'in_person',
  'support_only',
  'advice_only',
  'listed',
  'pending',
  'not_listed',
  'no_diagnosis',
  'off',
])
export type GateReason = z.infer<typeof GateReason>
export const EncounterStatus = z.enum(['in_progress', 'finished', 'cancelled'])
/** How the encounter ends; the gate of REQ-TELE-04 asks it. */
export const Disposition = z.enum(['treatment', 'examination', 'advice', 'referral'])
export type Disposition = z.infer<typeof Disposition>
export const IdentityCheck = z.enum(['document_seen', 'document_on_video', 'account', 'known_to_staff', 'not_checked'])
export const ConsentBy = z.enum(['patient', 'representative'])
/** Why a relationship ended. `expired`: its time ran out; `ended`: before causes were kept. */
export const CareEndCause = z.enum([
  'cancelled',
  'no_show',
  'done',
  'finished',
  'not_answered',
  'declined',
  'taken',
  'returned',
  'session_cancelled',
  'signed',
  'closed',
  'lapsed',
  'missing',
  'moved',
  'revoked',
  'expired',
  'ended',
])
export type CareEndCause = z.infer<typeof CareEndCause>
export const TeleGate = z.enum(['off', 'treatment', 'examination'])
export type TeleGate = z.infer<typeof TeleGate>

const PatientId = z.object({ patientId: Id })
const IdentifierTyped = z.object({ system: IdentifierSystem, value: Line(40) })

// ---- patients ------------------------------------------------------------------------------------

const PatientRow = z.object({
  id: Id,
  fullName: z.string(),
  sex: Sex,
  birthDate: LocalDate.nullable(),
  phone: z.string().nullable(),
  /** Last characters only. */
  identifier: z.string().nullable(),
  homeFacilityName: z.string().nullable(),
  lastEncounterAt: Instant.nullable(),
})

export const searchPatients = defineRoute({
  id: 'records.searchPatients',
  method: 'POST',
  path: '/api/patients/search',
  permission: 'patient.search',
  idempotent: true,
  limitPerMinute: 120,
  summary:
    'Patients under the care of one’s units, by name without diacritics, phone or number; only those with a care relationship. A POST, so that no name stands in an address',
  body: z.object({ q: OptionalLine(80).default(''), facilityId: Id.optional(), ...pageQuery }),
  reply: Page(PatientRow),
})

const demographics = {
  fullName: Line(120),
  sex: Sex.default('unknown'),
  birthDate: LocalDate.nullable().default(null),
  phone: PhoneTyped.nullable().default(null),
  address: OptionalText(300).nullable().default(null),
  occupation: OptionalLine(120).nullable().default(null),
  /** Two official orders of the 54 groups exist, so the system always travels with the code. */
  ethnicity: z
    .object({ system: Line(80), code: Line(8) })
    .nullable()
    .default(null),
}

export const registerPatient = defineRoute({
  id: 'records.registerPatient',
  method: 'POST',
  path: '/api/patients',
  permission: 'patient.register',
  idempotent: true,
  offline: true,
  limitPerMinute: 60,
  summary:
    'Register a patient, with or without phone; answers PATIENT_MAY_EXIST with candidates unless forced; may be sent twice',
  body: z.object({
    id: Id,
    facilityId: Id,
    ...demographics,
    identifiers: z.array(IdentifierTyped).max(6).default([]),
    force: z.boolean().default(false),
  }),
  reply: z.object({ id: Id, warnings: z.array(z.string()) }),
})

const Shown = {
  fullName: z.string(),
  birthYear: z.number().int().nullable(),
  commune: z.string().nullable(),
  identifier: z.string().nullable(),
  why: z.array(z.enum(['name_and_birth', 'phone', 'identifier'])),
}
/** Params of PATIENT_MAY_EXIST: somebody within the asker's reach, no more than tells two people apart. */
export const Candidate = z.object({ patientId: Id, ...Shown })
export type Candidate = z.infer<typeof Candidate>
/** What is the same as of somebody outside the asker's reach. Nothing else is said of them. */
export const Elsewhere = z.enum(['identifier', 'name_and_birth'])
export type Elsewhere = z.infer<typeof Elsewhere>

export const editPatient = defineRoute({
  id: 'records.editPatient',
  method: 'PUT',
  path: '/api/patients/:patientId',
  permission: 'patient.register',
  summary: 'Correct a patient’s particulars; the version read must be the newest',
  params: PatientId,
  body: z.object({ version: Version, ...demographics }),
  reply: z.object({ version: z.number().int() }),
})

const Identifier = z.object({
  id: Id,
  system: IdentifierSystem,
  value: z.string(),
  from: LocalDate.nullable(),
  until: LocalDate.nullable(),
  recordedAt: Instant,
})

export const addIdentifier = defineRoute({
  id: 'records.addIdentifier',
  method: 'POST',
  path: '/api/patients/:patientId/identifiers',
  permission: 'patient.register',
  idempotent: true,
  offline: true,
  summary: 'A new number; the old one of the same system is kept with its last day. May be sent twice',
  params: PatientId,
  body: z.object({ id: Id, system: IdentifierSystem, value: Line(40), from: LocalDate.optional() }),
  reply: z.object({ identifiers: z.array(Identifier), warnings: z.array(z.string()) }),
})

const Relationship = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(['facility', 'person']),
  /** Code of a reason some module declares, and what it is called. */
  reason: z.string(),
  reasonName: Names,
  from: Instant,
  until: Instant.nullable(),
  /** Does it open the record now? Past ones are listed too, newest first, after those that do. */
  current: z.boolean(),
  /** Why it ended; null while it opens the record. */
  endCause: CareEndCause.nullable(),
  /** Is it through this one that the reader sees the record? */
  mine: z.boolean(),
  /** Why the record was opened in an emergency. */
  note: z.string().nullable(),
})
const Diagnosis = z.object({ system: z.string(), code: z.string(), display: z.string() })
const EncounterLine = z.object({
  id: Id,
  facilityName: z.string(),
  practitionerName: z.string(),
  remoteMode: RemoteMode,
  status: EncounterStatus,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  complaint: z.string(),
  diagnosis: Diagnosis.nullable(),
  conclusion: z.string(),
  referredUp: z.boolean(),
})
const DocumentLine = z.object({
  id: Id,
  /** Code of a kind some module declares, and what it is called. */
  kind: z.string(),
  kindName: Names,
  title: z.string(),
  version: z.number().int(),
  encounterId: Id.nullable(),
  facilityName: z.string(),
  createdAt: Instant,
})

export const readPatient = defineRoute({
  id: 'records.readPatient',
  method: 'GET',
  path: '/api/patients/:patientId',
  permission: 'patient.read',
  summary: 'A patient’s page: particulars, numbers with history, who may see it and why, latest encounters, documents',
  params: PatientId,
  reply: z.object({
    patient: z.object({
      id: Id,
      fullName: z.string(),
      sex: Sex,
      birthDate: LocalDate.nullable(),
      phone: z.string().nullable(),
      address: z.string().nullable(),
      occupation: z.string().nullable(),
      ethnicity: z.object({ system: z.string(), code: z.string() }).nullable(),
      homeFacilityId: Id.nullable(),
      homeFacilityName: z.string().nullable(),
      version: z.number().int(),
    }),
    identifiers: z.array(Identifier),
    relationships: z.array(Relationship),
    encounters: z.array(EncounterLine),
    documents: z.array(DocumentLine),
    guardians: z.array(Guardian),
    /** What the reader may do here. */
    may: z.object({
      edit: z.boolean(),
      endProxy: z.boolean(),
      openAt: z.array(z.object({ facilityId: Id, name: z.string() })),
    }),
  }),
})

export const listEncounters = defineRoute({
  id: 'records.listEncounters',
  method: 'GET',
  path: '/api/patients/:patientId/encounters',
  permission: 'patient.read',
  summary: 'All encounters of a patient, newest first',
  params: PatientId,
  query: z.object(pageQuery),
  reply: Page(EncounterLine),
})

export const breakGlassFind = defineRoute({
  id: 'records.breakGlassFind',
  method: 'POST',
  path: '/api/patients/emergency-search',
  permission: 'record.break-glass',
  idempotent: true,
  limitPerMinute: 10,
  summary: 'Find somebody’s record in an emergency: a whole number, or the full name and birth date',
  body: z.union([z.object({ identifier: IdentifierTyped }), z.object({ fullName: Line(120), birthDate: LocalDate })]),
  /** `handle` holds for a few minutes, for the asker alone. */
  reply: Items(z.object({ handle: z.string(), ...Shown })),
})

export const breakGlass = defineRoute({
  id: 'records.breakGlass',
  method: 'POST',
  path: '/api/patients/break-glass',
  permission: 'record.break-glass',
  idempotent: true,
  limitPerMinute: 10,
  summary:
    'Open the record of somebody just found for 24 hours in an emergency; the patient and the home unit see it; may be sent twice',
  body: z.object({ handle: Opaque(64).min(1), reason: Text(500), confirm: z.literal(true) }),
  reply: z.object({ patientId: Id, until: Instant }),
})

// ---- who acts for a patient ------------------------------------------------------------------------

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
  limitPerMinute: 20,
  summary: 'The code that came to the phone of the record; from then on I act for the person. May be sent twice',
  params: ById,
  body: z.object({ code: Code, dependantAgrees: z.boolean().default(false) }),
  reply: z.object({ personId: Id, fullName: z.string() }),
})

// ---- encounters ----------------------------------------------------------------------------------

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
    /** May it end as treatment or examination, by the list of remote diseases? `pending` rows never allow. */
    gate: z.object({ applies: z.boolean(), allows: z.array(Disposition), reason: GateReason }),
  }),
})

export const saveEncounter = defineRoute({
  id: 'records.saveEncounter',
  method: 'PATCH',
  path: '/api/encounters/:id',
  permission: 'encounter.write',
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
  summary: 'Write measurements, one row each; the same id again corrects it, a null value takes it back',
  params: ById,
  body: z.object({ items: z.array(ObservationTyped).min(1).max(40) }),
  reply: z.object({ items: z.array(Observation), warnings: z.array(z.string()) }),
})

export const finishEncounter = defineRoute({
  id: 'records.finishEncounter',
  method: 'POST',
  path: '/api/encounters/:id/finish',
  permission: 'encounter.write',
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
  summary: 'Cancel an encounter opened by mistake',
  params: ById,
  body: z.object({ version: Version, reason: Text(500) }),
  reply: Done,
})

export const correctEncounter = defineRoute({
  id: 'records.correctEncounter',
  method: 'POST',
  path: '/api/encounters/:id/corrections',
  permission: 'encounter.write',
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

// ---- documents and lists ---------------------------------------------------------------------------

const DocumentFull = DocumentLine.extend({
  patientId: Id,
  patientName: z.string(),
  sheet: z.array(SheetPart),
  versions: z.array(z.number().int()),
})

export const readDocument = defineRoute({
  id: 'records.readDocument',
  method: 'GET',
  path: '/api/documents/:id',
  permission: 'patient.read',
  summary: 'A filed document, newest version unless asked',
  params: ById,
  query: z.object({ version: z.coerce.number().pipe(Version).optional() }),
  reply: DocumentFull,
})

export const searchDiagnoses = defineRoute({
  id: 'records.searchDiagnoses',
  method: 'GET',
  path: '/api/icd10',
  permission: 'encounter.write',
  summary: 'Diagnosis codes by code or words, without diacritics',
  query: z.object({ q: OptionalLine(80).default('') }),
  reply: Items(
    z.object({ code: z.string(), vi: z.string(), en: z.string(), remote: z.enum(['listed', 'pending', 'no']) }),
  ),
})

export const teleList = defineRoute({
  id: 'records.teleList',
  method: 'GET',
  path: '/api/tele-list',
  permission: 'facility.read',
  summary: 'Diseases that may be treated remotely (Circular 30/2023/TT-BYT), with what is verified of each row',
  reply: z.object({
    gate: TeleGate,
    items: z.array(
      z.object({
        id: Id,
        position: z.number().int(),
        no: z.number().int().nullable(),
        nameVi: z.string(),
        icd10: z.string(),
        specialty: z.string(),
        status: z.enum(['verified', 'pending']),
        certainty: z.string(),
        enabledAt: Instant.nullable(),
        note: z.string(),
      }),
    ),
  }),
})

export const enableTeleRow = defineRoute({
  id: 'records.enableTeleRow',
  method: 'PUT',
  path: '/api/tele-list/:id',
  permission: 'tele-list.manage',
  idempotent: true,
  summary: 'Say that a row was compared with the signed circular, or take that back',
  params: ById,
  body: z.object({ enabled: z.boolean() }),
  reply: Done,
})

export const setTeleGate = defineRoute({
  id: 'records.setTeleGate',
  method: 'PUT',
  path: '/api/tele-list/gate',
  permission: 'tele-list.manage',
  idempotent: true,
  summary: 'What the list binds: nothing, treatment (the law’s wording), or examination too',
  body: z.object({ gate: TeleGate }),
  reply: Done,
})

// ---- one's own record ------------------------------------------------------------------------------

export const ownRecord = defineRoute({
  id: 'records.ownRecord',
  method: 'GET',
  path: '/api/record/:patientId',
  permission: 'record.own',
  summary: 'My record or a family member’s: finished visits, documents, units that may see it',
  params: PatientId,
  reply: z.object({
    fullName: z.string(),
    birthDate: LocalDate.nullable(),
    visits: z.array(
      EncounterLine.extend({
        advice: z.string(),
        licenceNo: z.string().nullable(),
        nextAppointmentOn: LocalDate.nullable(),
        diagnoses: z.array(Diagnosis),
        observations: z.array(z.object({ code: z.string(), value: z.number(), unit: z.string() })),
      }),
    ),
    documents: z.array(DocumentLine),
    relationships: z.array(Relationship),
  }),
})

export const ownDocument = defineRoute({
  id: 'records.ownDocument',
  method: 'GET',
  path: '/api/record/:patientId/documents/:id',
  permission: 'record.own',
  summary: 'A document of my record',
  params: z.object({ patientId: Id, id: Id }),
  reply: DocumentFull,
})

export const ownAccess = defineRoute({
  id: 'records.ownAccess',
  method: 'GET',
  path: '/api/record/:patientId/access',
  permission: 'record.own',
  summary: 'Who opened or changed this record: name, unit, time',
  params: PatientId,
  query: z.object(pageQuery),
  reply: Page(
    z.object({
      id: z.string(),
      at: Instant,
      personName: z.string(),
      facilityName: z.string().nullable(),
      kind: z.enum(['read', 'write', 'emergency', 'refused']),
    }),
  ),
})

export const routes = {
  searchPatients,
  registerPatient,
  editPatient,
  addIdentifier,
  readPatient,
  listEncounters,
  breakGlassFind,
  breakGlass,
  linkGuardian,
  endProxy,
  claimProxy,
  confirmProxyClaim,
  openEncounter,
  openEncounters,
  readEncounter,
  saveEncounter,
  saveObservations,
  finishEncounter,
  cancelEncounter,
  correctEncounter,
  encounterVersions,
  readDocument,
  searchDiagnoses,
  teleList,
  enableTeleRow,
  setTeleGate,
  ownRecord,
  ownDocument,
  ownAccess,
  ...emergencyRoutes,
}
