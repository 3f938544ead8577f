import type { Language } from './words.ts'

export type Params = Readonly<Record<string, string | number>>

// Unicode CLDR, plural rules (cardinal): English has one and other, Vietnamese other alone
const pluralOf = (language: Language, count: number): string => (language === 'en' && count === 1 ? 'one' : 'other')

/** Where the brace opened at `start` closes. */
function closing(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at
  }
  return text.length
}

/** Branches of a plural, `one {…} other {…}`, by name. */
function branches(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (let at = text.indexOf('{'), from = 0; at >= 0; at = text.indexOf('{', from)) {
    const end = closing(text, at)
    found[text.slice(from, at).trim()] = text.slice(at + 1, end)
    from = end + 1
  }
  return found
}

/** Fills `{name}` and `{count, plural, one {…} other {# …}}`; the small part of ICU messages this product needs. */
export function format(language: Language, message: string, params: Params = {}): string {
  let out = ''
  for (let at = 0; at < message.length;) {
    const open = message.indexOf('{', at)
    if (open < 0) return out + message.slice(at)
    const end = closing(message, open)
    const [name = '', kind, ...rest] = message.slice(open + 1, end).split(',')
    const value = params[name.trim()]
    out += message.slice(at, open)
    if (kind?.trim() === 'plural') {
      const ways = branches(rest.join(','))
      const chosen = ways[`=${value}`] ?? ways[pluralOf(language, Number(value))] ?? ways['other'] ?? ''
      out += format(language, chosen.replaceAll('#', String(value)), params)
    } else out += value === undefined ? `{${name}}` : String(value)
    at = end + 1
  }
  return out
}
