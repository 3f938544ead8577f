import { z } from 'zod'
import { Id, Instant, Line, LocalDate, OptionalText } from '../common.ts'

export const MinutesRole = z.enum(['chair', 'secretary', 'member'])

const memberOf = <N extends z.ZodType<string>, T extends z.ZodType<string>>(name: N, text: (max: number) => T) =>
  z.object({
    /** Chair and secretaries need one: they sign. */
    personId: Id.nullable(),
    name,
    title: text(120),
    specialty: text(80),
    unit: text(200),
    licenceNo: text(60),
    end: z.enum(['requesting', 'supporting']),
    role: MinutesRole,
    invited: z.boolean(),
    present: z.boolean(),
    opinion: text(2000),
  })

const contentOf = <M extends z.ZodType, T extends z.ZodType<string>>(member: M, text: (max: number) => T) =>
  z.object({
    treatedFrom: LocalDate,
    treatedTo: LocalDate.nullable(),
    startedAt: Instant,
    endedAt: Instant.nullable(),
    place: text(300),
    members: z.array(member).max(30),
    course: text(4000),
    answers: z.array(z.object({ no: z.number().int().min(1).max(99), text: text(4000) })).max(10),
    diagnosis: text(500),
    icd10: text(12),
    treatment: text(4000),
    plan: text(4000),
    transferTo: text(200),
    followUpOn: LocalDate.nullable(),
    informedAt: Instant.nullable(),
    informedBy: text(120),
  })

export const MinutesMember = memberOf(z.string(), () => z.string())
export type MinutesMember = z.infer<typeof MinutesMember>

/** Source: domain notes on forms, §2 (composite of hospital practice; Law 15/2023 Art. 64 asks for written result). */
export const MinutesContent = contentOf(MinutesMember, () => z.string())
export type MinutesContent = z.infer<typeof MinutesContent>

/** The same as typed: trimmed, NFC, bounded. */
export const MinutesTyped = contentOf(memberOf(Line(120), OptionalText), OptionalText)

/** The local clinician stays responsible and says what becomes of the advice (REQ-TELE-07). */
export const Decision = z.enum(['accepts', 'partly', 'not'])

export const Signature = z.object({
  personId: Id,
  name: z.string(),
  role: z.enum(['chair', 'secretary', 'requester']),
  signedAt: Instant,
  method: z.string(),
  contentHash: z.string(),
})

export const Minutes = z.object({
  id: Id,
  version: z.number().int(),
  state: z.enum(['draft', 'proposed', 'locked', 'superseded']),
  draftedBy: z.string(),
  content: MinutesContent,
  contentHash: z.string(),
  proposedAt: Instant.nullable(),
  lockedAt: Instant.nullable(),
  signatures: z.array(Signature),
  waitingFor: z.array(z.object({ personId: Id, name: z.string(), role: z.enum(['chair', 'secretary', 'requester']) })),
  decision: Decision.nullable(),
  decisionReason: z.string(),
  /** Roles in which the reader still has to sign. */
  signAs: z.array(z.enum(['chair', 'secretary', 'requester'])),
})
export type Minutes = z.infer<typeof Minutes>
