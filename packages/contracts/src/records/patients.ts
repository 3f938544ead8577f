import { z } from 'zod'
import {
  Id,
  Instant,
  Line,
  LocalDate,
  OptionalLine,
  OptionalText,
  Page,
  PhoneTyped,
  Version,
  pageQuery,
} from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { Guardian } from '../identity/index.ts'
import { IdentifierSystem, Sex } from './codes.ts'
import { DocumentLine, EncounterLine, IdentifierTyped, PatientId, Relationship, Shown } from './lines.ts'

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
  once: onceBecause.version,
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

export const patientRoutes = { searchPatients, registerPatient, editPatient, addIdentifier, readPatient }
