import { z } from 'zod'
import { Id, Instant, Line, Names } from '../common.ts'
import { CareEndCause, EncounterStatus, IdentifierSystem, RemoteMode } from './codes.ts'

export const PatientId = z.object({ patientId: Id })

export const IdentifierTyped = z.object({ system: IdentifierSystem, value: Line(40) })

export const Shown = {
  fullName: z.string(),
  birthYear: z.number().int().nullable(),
  commune: z.string().nullable(),
  identifier: z.string().nullable(),
  why: z.array(z.enum(['name_and_birth', 'phone', 'identifier'])),
}

export const Relationship = z.object({
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

export const Diagnosis = z.object({ system: z.string(), code: z.string(), display: z.string() })

export const EncounterLine = z.object({
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

export const DocumentLine = z.object({
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
