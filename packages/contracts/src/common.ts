import { z } from 'zod'

/** A UUID; rows a person can create carry one minted by the client (version 7, RFC 9562). */
export const Id = z.uuid()
export type Id = z.infer<typeof Id>

/** A calendar day, `2026-11-22`, in Vietnam's time zone. */
export const LocalDate = z.iso.date()

/** A point in time with its offset, `2026-11-22T08:00:00+07:00`. */
export const Instant = z.iso.datetime({ offset: true })

/** A time of day, `07:30`. */
export const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Text typed by a person: trimmed, Unicode NFC (Vietnamese keyboards differ), never empty. */
export const Line = (max = 200) =>
  z.string().max(max * 2).transform((text) => text.normalize('NFC').trim()).pipe(z.string().min(1).max(max))

/** The same, where nothing typed is allowed. */
export const OptionalLine = (max = 200) =>
  z.string().max(max * 2).transform((text) => text.normalize('NFC').trim()).pipe(z.string().max(max))

/** Vietnamese mobile phone as typed; the server stores E.164. Source: domain notes on codes, §3.3. */
export const PhoneTyped = z.string().max(20).transform((text) => text.replace(/[\s.-]/g, ''))
  .pipe(z.string().regex(/^(0|\+?84)(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7}$/))

/** Digits before and after the point that a decimal may have. */
interface DecimalSize {
  whole: number
  scale: number
}

/**
 * An exact decimal, a dose or an amount of money: a string, since a JSON number becomes a float on arrival. Canonical form
 * "36.6": no exponent, no plus, no zeros that say nothing. More digits than the size has are refused, never rounded.
 */
export const Decimal = ({ whole, scale }: DecimalSize) =>
  z.string().max(whole + scale + 12)
    .regex(/^-?\d+(\.\d+)?$/)
    .transform((text) => text.replace(/^(-?)0+(?=\d)/, '$1').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '').replace(/^-0$/, '0'))
    .pipe(z.string().regex(new RegExp(`^-?\\d{1,${whole}}${scale > 0 ? `(\\.\\d{1,${scale}})?` : ''}$`)))

/** One page of a keyset-paged list; `next` is the `after` of the following page, null at the end. */
export const Page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** Query of a keyset-paged list. */
export const pageQuery = { after: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }

export const Done = z.object({ done: z.literal(true) })
export const Items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
export const ById = z.object({ id: Id })

/** The one error format (RFC 9457). `code` is the translation key `error.<code>`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  requestId: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
  fields: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
