// Unicode property classes say it exactly; a set difference needs the `v` flag.

/** Controls other than tab and line ends: no keyboard types them, and PostgreSQL cannot hold NUL. */
const control = /[\p{Cc}--[\t\n\r]]/v

/**
 * What nobody sees: direction marks and overrides, zero-width spaces, soft hyphens, tags, fillers.
 * Source: Unicode 17, general category Cf; UAX #31 §2.3 for the two joiners; default-ignorable letters by name.
 */
const unseen = /[[\p{Cf}--[\u200c\u200d]]\u034f\u115f\u1160\u2800\u3164\uffa0]/gv

/** A joiner belongs between two letters of a script that joins, or two pictures; elsewhere it only hides. */
const strayJoiner =
  /(?<![[[\p{L}\p{M}]--\p{scx=Latin}]\p{Extended_Pictographic}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![[[\p{L}\p{M}]--\p{scx=Latin}]\p{Extended_Pictographic}])/gv

const seen = /[\p{L}\p{N}\p{P}\p{S}]/v

/** Can this text be stored and sent as it is? Half a surrogate pair would be replaced on its way, a control refused. */
export function isWritable(text: string): boolean {
  return text.isWellFormed() && !control.test(text)
}

/** Text of several lines as it will be stored: NFC, what nobody sees taken out, line ends as `\n`. Not trimmed. */
export function cleanText(text: string): string {
  const clean = text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(unseen, '')
    .replace(strayJoiner, '')
  return seen.test(clean) ? clean : clean.replace(/[\p{M}\u200c\u200d]/gv, '')
}

/**
 * One line as it will be stored: the same, with white space of every kind and length one plain space, trimmed. Two
 * spaces look like one, and a name typed with them would be another name to a search.
 */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/[\t\n\p{Zs}]+/gv, ' ')
    .trim()
}
