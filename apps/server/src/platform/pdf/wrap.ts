import type { FontName } from './faces.ts'

/** Text in one font. */
export interface Run {
  text: string
  font: FontName
}

export interface WrappedLine {
  pieces: { text: string; font: FontName; width: number }[]
  width: number
}

type Measure = (word: string, font: FontName) => number

/** One way of writing each letter, no controls, no tabs: what a font can draw. */
export function cleanForPrint(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\t\u00a0\u2028\u2029]/g, ' ')
    .replace(/[^\P{C}\n]/gu, '')
}

/** Breaks runs into lines at spaces; a word wider than a line at any letter. Never loses one. */
export function wrapRuns(runs: readonly Run[], width: number, measure: Measure): WrappedLine[] {
  const lines = new Lines(width, measure)
  for (const { text, font } of runs) {
    text.split('\n').forEach((paragraph, at) => {
      if (at > 0) lines.end()
      for (const word of paragraph.match(/ +|[^ ]+/g) ?? []) lines.add(word, font)
    })
  }
  lines.end()
  return lines.all
}

class Lines {
  readonly all: WrappedLine[] = []
  readonly #width: number
  readonly #measure: Measure
  #line: WrappedLine = { pieces: [], width: 0 }
  #blanks: { text: string; font: FontName } | undefined

  constructor(width: number, measure: Measure) {
    this.#width = width
    this.#measure = measure
  }

  add(word: string, font: FontName): void {
    if (word.startsWith(' ')) {
      // blanks at the beginning of a line are not written
      if (this.#line.pieces.length > 0) this.#blanks = { text: ' ', font }
      return
    }
    const blank = this.#blanks ? this.#measure(' ', this.#blanks.font) : 0
    const wide = this.#measure(word, font)
    if (this.#line.pieces.length > 0 && this.#line.width + blank + wide > this.#width) this.end()
    if (this.#blanks) this.#put(this.#blanks.text, this.#blanks.font)
    this.#blanks = undefined
    if (wide <= this.#width) return this.#put(word, font)
    this.#chop(word, font)
  }

  end(): void {
    this.all.push(this.#line)
    this.#line = { pieces: [], width: 0 }
    this.#blanks = undefined
  }

  #chop(word: string, font: FontName): void {
    let part = ''
    for (const { segment } of new Intl.Segmenter('vi').segment(word)) {
      if (part && this.#line.width + this.#measure(part + segment, font) > this.#width) {
        this.#put(part, font)
        this.end()
        part = ''
      }
      part += segment
    }
    this.#put(part, font)
  }

  #put(text: string, font: FontName): void {
    const width = this.#measure(text, font)
    const last = this.#line.pieces.at(-1)
    // one piece per font: fewer operators, and text that is found and copied whole
    if (last?.font === font) {
      last.text += text
      last.width += width
    } else this.#line.pieces.push({ text, font, width })
    this.#line.width += width
  }
}
