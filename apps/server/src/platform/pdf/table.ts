import type { Canvas } from './canvas.ts'
import type { WrappedLine } from './wrap.ts'

const padding = 3
const scale = 0.88

/** A table over as many pages as it takes: its head stands on each, and a row breaks only where a page is too short. */
export function drawTable(canvas: Canvas, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = columnWidths(canvas, columns, rows)
  const table = new Table(canvas, columns, widths)
  table.head()
  for (const row of rows) table.row(row)
  canvas.space(0.4)
}

/** By what stands in them: none narrower than its longest word where that fits, the rest shared by length. */
function columnWidths(
  canvas: Pick<Canvas, 'width' | 'wrap'>,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): number[] {
  const asked = columns.map((name, at) => {
    const cells = [name, ...rows.slice(0, 200).map((row) => row[at] ?? '')]
    const whole = Math.max(...cells.map((cell) => widest(canvas.wrap(cell, Infinity, { scale, font: 'bold' }))))
    const word = Math.max(
      ...cells.map((cell) => widest(canvas.wrap(cell.replaceAll(' ', '\n'), Infinity, { scale, font: 'bold' }))),
    )
    return { whole: whole + padding * 2, word: Math.min(word + padding * 2, canvas.width / 3) }
  })
  const least = sum(asked.map((one) => one.word))
  if (least >= canvas.width) return asked.map((one) => (one.word / least) * canvas.width)
  const wishes = asked.map((one) => Math.max(0, one.whole - one.word))
  const spare = canvas.width - least
  return asked.map(
    (one, at) => one.word + spare * (sum(wishes) > 0 ? (wishes[at] ?? 0) / sum(wishes) : 1 / asked.length),
  )
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)
const widest = (lines: readonly WrappedLine[]): number => Math.max(0, ...lines.map((line) => line.width))

class Table {
  readonly #canvas: Canvas
  readonly #columns: readonly string[]
  readonly #widths: readonly number[]

  constructor(canvas: Canvas, columns: readonly string[], widths: readonly number[]) {
    this.#canvas = canvas
    this.#columns = columns
    this.#widths = widths
  }

  get #lineHeight(): number {
    return this.#canvas.lineHeight(scale)
  }

  head(): void {
    const cells = this.#wrap(this.#columns, 'bold')
    // a head alone at the foot of a page says nothing
    this.#canvas.ensure(this.#heightOf(cells) + this.#lineHeight * 2)
    this.#draw(cells, 'center')
  }

  row(texts: readonly string[]): void {
    let cells = this.#wrap(texts, 'regular')
    const height = this.#heightOf(cells)
    if (this.#canvas.y + height > this.#canvas.bottom && height < this.#canvas.bottom / 2) this.#turn()
    for (;;) {
      const fits = Math.max(1, Math.floor((this.#canvas.bottom - this.#canvas.y - padding * 2) / this.#lineHeight))
      this.#draw(
        cells.map((lines) => lines.slice(0, fits)),
        'left',
      )
      cells = cells.map((lines) => lines.slice(fits))
      if (cells.every((lines) => lines.length === 0)) return
      this.#turn()
    }
  }

  #turn(): void {
    this.#canvas.nextPage()
    this.#draw(this.#wrap(this.#columns, 'bold'), 'center')
  }

  #wrap(texts: readonly string[], font: 'bold' | 'regular'): WrappedLine[][] {
    return this.#widths.map((width, at) => this.#canvas.wrap(texts[at] ?? '', width - padding * 2, { scale, font }))
  }

  #heightOf(cells: readonly WrappedLine[][]): number {
    return Math.max(1, ...cells.map((lines) => lines.length)) * this.#lineHeight + padding * 2
  }

  #draw(cells: readonly WrappedLine[][], align: 'left' | 'center'): void {
    const canvas = this.#canvas
    const height = this.#heightOf(cells)
    let x = canvas.left
    cells.forEach((lines, at) => {
      const width = this.#widths[at] ?? 0
      canvas.box(x, canvas.y, width, height)
      lines.forEach((line, no) => {
        const y = canvas.y + padding + no * this.#lineHeight
        canvas.drawLine(line, { x: x + padding, width: width - padding * 2, y, scale, align })
      })
      x += width
    })
    canvas.y += height
  }
}
