import { z } from 'zod'
import { Id, LocalDate, OptionalLine, OptionalText } from '../common.ts'

export const Priority = z.enum(['normal', 'important', 'urgent'])
export type Priority = z.infer<typeof Priority>

export const NewsStatus = z.enum(['draft', 'published', 'withdrawn'])
export type NewsStatus = z.infer<typeof NewsStatus>

/** Longest text of a message: about two pages, since it is read on a phone. */
export const bodyMax = 6000

/** What a publisher writes. Vietnamese is required to publish; paragraphs are divided by an empty line. */
export const NewsText = z.object({
  titleVi: OptionalLine(160),
  bodyVi: OptionalText(bodyMax),
  titleEn: OptionalLine(160).default(''),
  bodyEn: OptionalText(bodyMax).default(''),
  priority: Priority.default('normal'),
  /** First and last day on which it shows, both counted; null where open. */
  fromDay: LocalDate.nullable().default(null),
  untilDay: LocalDate.nullable().default(null),
})
export type NewsText = z.infer<typeof NewsText>

export const Named = z.object({ id: Id, name: z.string() })
