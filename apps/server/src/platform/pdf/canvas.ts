import PDFDocument from 'pdfkit'
import { platformErrors } from '../errors/coded-error.ts'
import { faceFor, fontNames, type FontName } from './faces.ts'
import type { Paper, PaperSize } from './paper.ts'
import { cleanForPrint, wrapRuns, type Run, type WrappedLine } from './wrap.ts'

export type Align = 'left' | 'center' | 'right'

const mm = 72 / 25.4

/** Margins of A4 and the size of its text: Decree 30/2020/NĐ-CP, Annex I; of A5 by the same proportions. */
const measures = {
  a4: { page: 'A4', top: 20 * mm, bottom: 20 * mm, left: 30 * mm, right: 16 * mm, text: 13 },
  a5: { page: 'A5', top: 14 * mm, bottom: 14 * mm, left: 16 * mm, right: 11 * mm, text: 10 },
} as const satisfies Record<PaperSize, object>

/** More pages than any record has: a paper beyond it is refused, not drawn for minutes. */
const mostPages = 200

interface TextOptions {
  font?: FontName
  /** Times the size of the text. */
  scale?: number
  align?: Align
  x?: number
  width?: number
}

/** The pages of one paper, written from above to below. */
export class Canvas {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly textSize: number
  y: number
  readonly #doc: PDFKit.PDFDocument
  /** The library takes a font that was read already; its types do not say so. */
  readonly #faces = {
    regular: faceFor('regular'),
    bold: faceFor('bold'),
    italic: faceFor('italic'),
    boldItalic: faceFor('boldItalic'),
  }
  readonly #top: number
  readonly #chunks: Buffer[] = []
  readonly #widths = new Map<string, number>()
  #pages = 1

  constructor({ size, head, writtenAt }: Pick<Paper, 'size' | 'head' | 'writtenAt'>) {
    const measure = measures[size]
    const at = new Date(writtenAt)
    this.#doc = new PDFDocument({
      size: measure.page,
      margin: 0,
      bufferPages: true,
      // PDF/A-2b: fonts, colours and metadata come along, so that it looks the same in twenty years
      subset: 'PDF/A-2b',
      pdfVersion: '1.7',
      lang: 'vi-VN',
      displayTitle: true,
      font: this.#faces.regular as unknown as string,
      info: { Title: cleanForPrint(head.title), Author: head.agency, CreationDate: at, ModDate: at },
    })
    this.#doc.info.Producer = this.#doc.info.Creator = 'Moi Nha'
    for (const name of fontNames) this.#doc.registerFont(name, this.#faces[name] as unknown as string)
    this.#doc.on('data', (chunk: Buffer) => void this.#chunks.push(chunk))
    this.textSize = measure.text
    this.left = measure.left
    this.right = this.#doc.page.width - measure.right
    this.bottom = this.#doc.page.height - measure.bottom
    this.y = this.#top = measure.top
  }

  get width(): number {
    return this.right - this.left
  }

  lineHeight(scale = 1): number {
    return this.textSize * scale * 1.28
  }

  /** Begins a page where less than this is left; nothing taller than a page is asked for. */
  ensure(height: number): void {
    if (this.y + height > this.bottom + 0.01 && this.y > this.#top) this.nextPage()
  }

  nextPage(): void {
    if (++this.#pages > mostPages) throw platformErrors.PAPER_TOO_LONG({ pages: mostPages })
    this.#doc.addPage()
    this.y = this.#top
  }

  space(times: number): void {
    this.y = Math.min(this.y + this.textSize * times, this.bottom)
  }

  /** Text in lines as wide as given; a space that is missing in the font is a box, never a hole in the file. */
  wrap(text: string | readonly Run[], width: number, { font = 'regular', scale = 1 }: TextOptions = {}): WrappedLine[] {
    const runs = typeof text === 'string' ? [{ text, font }] : text
    const size = this.textSize * scale
    return wrapRuns(this.#printable(runs), width, (word, name) => this.#widthOf(word, name) * size)
  }

  /** Writes text line by line, over as many pages as it takes. */
  text(text: string | readonly Run[], options: TextOptions = {}): void {
    const { scale = 1, x = this.left, width = this.right - x } = options
    for (const line of this.wrap(text, width, options)) {
      this.ensure(this.lineHeight(scale))
      this.drawLine(line, { ...options, x, width, y: this.y })
      this.y += this.lineHeight(scale)
    }
  }

  /** One line at a place; nothing moves. */
  drawLine(
    line: WrappedLine,
    {
      scale = 1,
      align = 'left',
      x,
      width,
      y,
    }: Required<Pick<TextOptions, 'x' | 'width'>> & TextOptions & { y: number },
  ): void {
    const spare = width - line.width
    let at = x + (align === 'left' ? 0 : align === 'right' ? spare : spare / 2)
    for (const piece of line.pieces) {
      this.#doc.font(piece.font).fontSize(this.textSize * scale)
      this.#doc.text(piece.text, at, y, { lineBreak: false })
      at += piece.width
    }
  }

  rule(x: number, y: number, width: number, thickness = 0.7): void {
    this.#doc
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(thickness)
      .strokeColor('#000')
      .stroke()
  }

  box(x: number, y: number, width: number, height: number): void {
    this.#doc.rect(x, y, width, height).lineWidth(0.5).strokeColor('#555').stroke()
  }

  /** Squares of a two-dimensional code, dark ones filled. */
  squares(dark: readonly (readonly boolean[])[], x: number, y: number, side: number): void {
    const unit = side / dark.length
    dark.forEach((row, down) =>
      row.forEach((on, across) => {
        if (on) this.#doc.rect(x + across * unit, y + down * unit, unit, unit)
      }),
    )
    this.#doc.fillColor('#000').fill()
  }

  /** Page numbers from the second page on (Decree 30/2020/NĐ-CP, Annex I), the footer on each; then the bytes. */
  async finish(footer: string): Promise<Buffer> {
    const { width, height } = this.#doc.page
    const all = this.width
    for (let at = 0; at < this.#pages; at++) {
      this.#doc.switchToPage(at)
      const [small] = this.wrap(footer, all, { scale: 0.62 })
      if (small) this.drawLine(small, { x: this.left, width: all, y: height - 10 * mm, scale: 0.62 })
      const [number] = at === 0 ? [] : this.wrap(String(at + 1), width)
      if (number) this.drawLine(number, { x: 0, width, y: 8 * mm, align: 'center' })
    }
    const ended = new Promise((done) => void this.#doc.once('end', done))
    this.#doc.end()
    await ended
    return Buffer.concat(this.#chunks)
  }

  /** Of a word at size 1. */
  #widthOf(word: string, font: FontName): number {
    const key = `${font} ${word}`
    const known = this.#widths.get(key)
    if (known !== undefined) return known
    const width = this.#doc.font(font).fontSize(100).widthOfString(word) / 100
    this.#widths.set(key, width)
    return width
  }

  #printable(runs: readonly Run[]): Run[] {
    return runs.map(({ text, font }) => {
      const has = (one: string) => one === '\n' || this.#faces[font].hasGlyphForCodePoint(one.codePointAt(0) ?? 0)
      return { text: [...cleanForPrint(text)].map((one) => (has(one) ? one : '□')).join(''), font }
    })
  }
}
