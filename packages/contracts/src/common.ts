import { z } from 'zod'
import { cleanLine, cleanText, isWritable } from './typed-text.ts'

/**
 * A UUID; rows a person can create carry one minted by the client (version 7, RFC 9562). In small letters, as rows,
 * rooms and topics are named: what a client wrote in large ones is the same thing.
 */
export const Id = z.uuid().toLowerCase()
export type Id = z.infer<typeof Id>

/** Minted by a client: never the name of a thing that the server made of other names (version 8, `stableId`). */
export const MintedId = Id.refine((id) => id.charAt(14) !== '8')

/** What a person or a device may name. Earlier and later is a typing error; far later cannot even be written down. */
const firstDay = '1900-01-01'
const lastDay = '2200-12-31'

/**
 * Bounded on the way in only. What is stored already leaves as it stands, else one bad row would close a whole record.
 */
const inBounds = (format: 'date' | 'date-time', wire: z.ZodType<string, string>) =>
  z.codec(wire, z.string().meta({ format }), {
    decode: (text, { issues }) => {
      const day = format === 'date' ? text : utcDay(text)
      if (day < firstDay || day > lastDay) issues.push({ code: 'custom', input: text, message: 'out of bounds' })
      return text
    },
    encode: (text) => text,
  })

const utcDay = (text: string): string => {
  const time = Date.parse(text)
  return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10)
}

/** A calendar day, `2026-11-22`, in Vietnam's time zone; 1900 to 2200. */
export const LocalDate = inBounds('date', z.iso.date())

/** A point in time with its offset, `2026-11-22T08:00:00+07:00`; 1900 to 2200. */
export const Instant = inBounds('date-time', z.iso.datetime({ offset: true }))

/** A time of day, `07:30`. */
export const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Number of a row's state as the client read it. Upper bound: PostgreSQL `integer`. */
export const Version = z.number().int().min(0).max(2_147_483_647)

/** Any text of a request before it is cleaned: bounded, without controls and broken surrogates. */
const Typed = (max: number) => z.string().max(max).refine(isWritable)

/** One line typed by a person, e.g. a name: see `cleanLine`; never empty. */
export const Line = (max = 200) =>
  Typed(max * 2)
    .transform(cleanLine)
    .pipe(z.string().min(1).max(max))

/** The same, where nothing typed is allowed. */
export const OptionalLine = (max = 200) =>
  Typed(max * 2)
    .transform(cleanLine)
    .pipe(z.string().max(max))

/** Several lines typed by a person; line ends and tabs stay, the ends are trimmed; never empty. */
export const Text = (max: number) =>
  Typed(max * 2)
    .transform((text) => cleanText(text).trim())
    .pipe(z.string().min(1).max(max))

/** The same, where nothing typed is allowed. */
export const OptionalText = (max: number) =>
  Typed(max * 2)
    .transform((text) => cleanText(text).trim())
    .pipe(z.string().max(max))

/** Text saved while it is still being written: the ends stay as they are, else a screen would lose its last space. */
export const Draft = (max: number) =>
  Typed(max * 2)
    .transform(cleanText)
    .pipe(z.string().max(max))

/** Text that no person reads: a key, a cursor, a digest, a password. Taken as it is or refused. */
export const Opaque = (max: number) => Typed(max)

/** Vietnamese mobile phone as typed; the server stores E.164. Source: domain notes on codes, §3.3. */
export const PhoneTyped = Typed(40)
  .transform((text) => cleanLine(text).replace(/[\s.-]/g, ''))
  .pipe(z.string().regex(/^(0|\+?84)(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7}$/))

/** Digits before and after the point that a decimal may have. */
interface DecimalSize {
  whole: number
  scale: number
}

/** "036.60" → "36.6": the one way a decimal is written. */
const canonicalDecimal = (text: string): string =>
  text
    .replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace(/^-0$/, '0')

/**
 * An exact decimal, a dose or an amount of money: a string, since a JSON number becomes a float on arrival. Canonical
 * form "36.6": no exponent, no plus, no zeros that say nothing. On the way in more digits than the size has are
 * refused, never rounded; what is stored already leaves as it stands.
 */
export const Decimal = ({ whole, scale }: DecimalSize) => {
  const fits = new RegExp(`^-?\\d{1,${whole}}${scale > 0 ? `(\\.\\d{1,${scale}})?` : ''}$`)
  return z.codec(z.string().regex(/^-?\d+(\.\d+)?$/), z.string(), {
    decode: (text, { issues }) => {
      const written = text.length <= whole + scale + 12 ? canonicalDecimal(text) : text
      if (!fits.test(written)) issues.push({ code: 'custom', input: text, message: 'more digits than fit' })
      return written
    },
    encode: canonicalDecimal,
  })
}

/** One page of a keyset-paged list; `next` is the `after` of the following page, null at the end. */
export const Page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** Query of a keyset-paged list. */
export const pageQuery = { after: Opaque(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }

/** Query of a list that says `since`: the `now` of an earlier reply, up to which the caller knows the list. */
export const sinceQuery = { since: Opaque(4000).optional() }
/** What a list that says `since` answers beside its items. */
export const sinceReply = {
  /** A mark to ask `since` with next time. */
  now: z.string(),
  /**
   * Of `since`: what left the list; `items` are those that came or changed. Null: `items` are the list itself, to begin
   * anew with, also where `since` was asked and the mark is too old, of other rights, or not ours.
   */
  gone: z.array(Id).nullable(),
}

export const Done = z.object({ done: z.literal(true) })
/** What became of a decision about several things. */
export const Settled = z.object({
  done: z.number().int(),
  /** Left alone: somebody else, or the machine, was there first. */
  changed: z.number().int(),
  /** There are more; ask again. */
  more: z.boolean(),
})

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

/** What a coded thing is called: as data, since the module that declares the code brings its words along. */
export const Names = z.object({ vi: z.string(), en: z.string() })
