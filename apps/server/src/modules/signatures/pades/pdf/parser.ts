import { PdfName, PdfRef, PdfString, UnreadablePdf, type PdfDict, type PdfValue } from './values.ts'

/** Deeper nesting than any program writes: PDF 1.7, annex C knows 28 levels of graphics states at most. */
const deepest = 64
const blank = /(?:[\0\t\n\f\r ]|%[^\r\n]*)*/y
const reference = /(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![A-Za-z0-9])/y
const numeral = /[+-]?(?:\d+\.?\d*|\.\d+)/y
const nameToken = /\/[^\0\t\n\f\r ()<>[\]{}/%]*/y
const hexToken = /<[0-9A-Fa-f\0\t\n\f\r ]*>/y
const literalPart = /[^()\\]+/y
const keyword = /true|false|null/y

/** Reads values of a PDF (ISO 32000-1 §7.3) from its bytes as latin1 text. */
export class PdfParser {
  readonly #text: string
  at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.at = at
  }

  /** What a sticky pattern finds here, blanks skipped before. */
  take(pattern: RegExp): RegExpExecArray | null {
    this.#match(blank)
    return this.#match(pattern)
  }

  value(depth = 0): PdfValue {
    if (depth > deepest) throw new UnreadablePdf('too_deep')
    this.#match(blank)
    switch (this.#text[this.at]) {
      case '<':
        return this.#text[this.at + 1] === '<' ? this.#dict(depth) : this.#hex()
      case '(':
        return this.#literal()
      case '[':
        return this.#array(depth)
      case '/':
        return new PdfName(this.#name())
      default:
        return this.#atom()
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.#text)
    if (found) this.at = pattern.lastIndex
    return found
  }

  #atom(): PdfValue {
    const ref = this.#match(reference)
    if (ref) return new PdfRef(Number(ref[1]), Number(ref[2]))
    const number = this.#match(numeral)
    if (number) return Number(number[0])
    const word = this.#match(keyword)?.[0]
    if (word === undefined) throw new UnreadablePdf('broken')
    return word === 'null' ? null : word === 'true'
  }

  #dict(depth: number): PdfDict {
    this.at += 2
    const dict: PdfDict = new Map()
    for (;;) {
      this.#match(blank)
      if (this.#text.startsWith('>>', this.at)) break
      if (this.#text[this.at] !== '/') throw new UnreadablePdf('broken')
      const key = this.#name()
      dict.set(key, this.value(depth + 1))
    }
    this.at += 2
    return dict
  }

  #array(depth: number): PdfValue[] {
    this.at += 1
    const values: PdfValue[] = []
    for (;;) {
      this.#match(blank)
      if (this.#text[this.at] === ']') break
      values.push(this.value(depth + 1))
    }
    this.at += 1
    return values
  }

  #name(): string {
    const token = this.#match(nameToken)?.[0] ?? ''
    return token.slice(1).replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  }

  #hex(): PdfString {
    const from = this.at
    const token = this.#match(hexToken)?.[0]
    if (token === undefined) throw new UnreadablePdf('broken')
    const digits = token.slice(1, -1).replace(/[^0-9A-Fa-f]/g, '')
    const even = digits.length % 2 === 0 ? digits : `${digits}0`
    return new PdfString(Buffer.from(even, 'hex').toString('latin1'), from, this.at)
  }

  #literal(): PdfString {
    const from = this.at
    const parts: string[] = []
    this.at += 1
    for (let open = 1; ;) {
      const plain = this.#match(literalPart)
      if (plain) parts.push(plain[0])
      const next = this.#text[this.at++]
      if (next === undefined) throw new UnreadablePdf('broken')
      if (next === '\\') parts.push(this.#escaped())
      else if (next === ')' && --open === 0) break
      else {
        if (next === '(') open++
        parts.push(next)
      }
    }
    return new PdfString(parts.join(''), from, this.at)
  }

  #escaped(): string {
    const octal = this.#match(/[0-7]{1,3}/y)
    if (octal) return String.fromCharCode(parseInt(octal[0], 8) & 255)
    if (this.#match(/\r\n?|\n/y)) return ''
    const next = this.#text[this.at++] ?? ''
    return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[next] ?? next
  }
}
