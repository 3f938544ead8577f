import { z } from 'zod'
import { ById, Id, Instant, Items, LocalDate, OptionalLine, OptionalText, Line, Text, Version } from '../common.ts'
import { defineRoute } from '../route.ts'
import { PatientId } from './lines.ts'

/** What holds of a patient beyond one encounter: FHIR AllergyIntolerance, Condition, MedicationStatement, pregnancy. */
export const FactKind = z.enum(['allergy', 'no_known_allergies', 'problem', 'medicine', 'pregnancy'])
export type FactKind = z.infer<typeof FactKind>

export const FactStatus = z.enum(['active', 'resolved', 'entered_in_error'])
export type FactStatus = z.infer<typeof FactStatus>

export const Criticality = z.enum(['low', 'high', 'unknown'])
export type Criticality = z.infer<typeof Criticality>

export const PregnancyOutcome = z.enum(['live_birth', 'stillbirth', 'miscarriage', 'termination', 'unknown'])
export type PregnancyOutcome = z.infer<typeof PregnancyOutcome>

/** A group or substance of the WHO's classification: A, A02, A02B, A02BC or A02BC01. */
const AtcCode = z
  .string()
  .toUpperCase()
  .regex(/^[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?$/)
const IcdCode = z.string().regex(/^[A-Z]\d{2}(\.\d{1,2})?$/)
const note = OptionalText(1000).default('')
const day = LocalDate.nullable().default(null)

/** What somebody wrote of a patient. A substance without a code of its own is known by its name. */
export const FactTyped = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('allergy'),
    display: Line(200),
    atc: AtcCode.nullable().default(null),
    inn: OptionalLine(200).default(''),
    reaction: OptionalLine(300).default(''),
    criticality: Criticality.default('unknown'),
    startedOn: day,
    note,
  }),
  z.object({ kind: z.literal('no_known_allergies'), note }),
  z.object({ kind: z.literal('problem'), code: IcdCode, display: Line(300), startedOn: day, endedOn: day, note }),
  z.object({
    kind: z.literal('medicine'),
    display: Line(200),
    atc: AtcCode.nullable().default(null),
    inn: OptionalLine(200).default(''),
    dosage: OptionalLine(300).default(''),
    startedOn: day,
    endedOn: day,
    note,
  }),
  z.object({
    kind: z.literal('pregnancy'),
    lastPeriodOn: LocalDate,
    outcome: PregnancyOutcome.nullable().default(null),
    endedOn: day,
    note,
  }),
])
export type FactTyped = z.output<typeof FactTyped>

export const Fact = z.object({
  id: Id,
  patientId: Id,
  kind: FactKind,
  status: FactStatus,
  version: z.number().int(),
  system: z.string().nullable(),
  code: z.string().nullable(),
  display: z.string(),
  inn: z.string(),
  atc: z.string().nullable(),
  reaction: z.string(),
  criticality: Criticality.nullable(),
  dosage: z.string(),
  startedOn: LocalDate.nullable(),
  endedOn: LocalDate.nullable(),
  lastPeriodOn: LocalDate.nullable(),
  /** Expected day of birth, of a pregnancy. */
  dueOn: LocalDate.nullable(),
  outcome: PregnancyOutcome.nullable(),
  note: z.string(),
  encounterId: Id.nullable(),
  authorName: z.string(),
  recordedAt: Instant,
  updatedByName: z.string(),
  updatedAt: Instant,
})
export type Fact = z.infer<typeof Fact>

/** What was kept although it is improbable. */
export const FactWarning = z.enum(['last_period_long_ago', 'patient_is_male'])
export type FactWarning = z.infer<typeof FactWarning>

const Kept = z.object({ fact: Fact, warnings: z.array(FactWarning) })

export const listFacts = defineRoute({
  id: 'records.listFacts',
  method: 'GET',
  path: '/api/patients/:patientId/facts',
  permission: 'patient.read',
  summary: 'Allergies, problems, medicines and pregnancies of a patient, those that hold first; errors are left out',
  params: PatientId,
  reply: z.object({ items: z.array(Fact), may: z.object({ write: z.boolean() }) }),
})

export const recordFact = defineRoute({
  id: 'records.recordFact',
  method: 'POST',
  path: '/api/patients/:patientId/facts',
  permission: 'encounter.write',
  idempotent: true,
  offline: true,
  summary: 'Write down an allergy, a problem, a medicine, a pregnancy, or that no allergies are known',
  params: PatientId,
  body: z.object({ id: Id, encounterId: Id.nullable().default(null), fact: FactTyped }),
  reply: Kept,
})

export const changeFact = defineRoute({
  id: 'records.changeFact',
  method: 'PUT',
  path: '/api/facts/:id',
  permission: 'encounter.write',
  idempotent: true,
  offline: true,
  summary:
    'Correct, resolve or take back what was written of a patient: a new version with its reason, the old one kept; what others wrote meanwhile stays, and CHANGED_MEANWHILE gives it',
  params: ById,
  body: z.object({ version: Version, status: FactStatus, reason: Text(500), fact: FactTyped }),
  reply: Kept,
})

export const factVersions = defineRoute({
  id: 'records.factVersions',
  method: 'GET',
  path: '/api/facts/:id/versions',
  permission: 'patient.read',
  summary: 'Every state of what was written of a patient, newest first',
  params: ById,
  reply: Items(
    z.object({
      no: z.number().int(),
      at: Instant,
      authorName: z.string(),
      reason: z.string().nullable(),
      status: FactStatus,
      display: z.string(),
    }),
  ),
})

export const factRoutes = { listFacts, recordFact, changeFact, factVersions }
