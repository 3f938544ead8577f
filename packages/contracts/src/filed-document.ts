import { z } from 'zod'
import { Instant, LocalDate, Names } from './common.ts'

/** A value on a sheet: text as written, a day or a moment shown in the reader's way, or a coded thing by its name. */
export const SheetValue = z.union([
  z.string(),
  z.object({ day: LocalDate }),
  z.object({ at: Instant }),
  z.object({ names: Names }),
])
export type SheetValue = z.infer<typeof SheetValue>

/** Values that stand beside one label. */
const SheetLine = z.object({ label: Names, values: z.array(SheetValue), between: z.enum([' · ', ' – ', ': ']) })
export type SheetLine = z.infer<typeof SheetLine>

const title = Names

/** One part of a filed document as it is read on screen and on paper. The module that filed it makes the parts. */
export const SheetPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('lines'), lines: z.array(SheetLine) }),
  z.object({ type: z.literal('text'), title, text: z.string() }),
  z.object({
    type: z.literal('people'),
    title,
    people: z.array(z.object({ name: z.string(), about: z.array(SheetValue), text: z.string() })),
  }),
  z.object({
    type: z.literal('answers'),
    title,
    answers: z.array(z.object({ asked: z.string(), answered: z.string() })),
  }),
  z.object({ type: z.literal('table'), title, columns: z.array(Names), rows: z.array(z.array(SheetValue)) }),
  /** Read by a camera, e.g. the code of a prescription; `text` says what for. */
  z.object({ type: z.literal('code'), title, code: z.string().max(300), text: Names }),
  z.object({
    type: z.literal('signatures'),
    title,
    /** `at` null: a place for somebody who has not signed yet. */
    signatures: z.array(z.object({ name: z.string(), as: Names, at: Instant.nullable() })),
    /** Of the content that was signed. */
    hash: z.string().nullable(),
  }),
])
export type SheetPart = z.infer<typeof SheetPart>
