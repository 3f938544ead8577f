import type { Canvas } from './canvas.ts'
import type { FontName } from './faces.ts'
import type { PaperHead } from './paper.ts'

interface HeadLine {
  text: string
  font: FontName
  scale: number
  /** A rule beneath, as a part of the line's own width. */
  rule?: number
}

/** Two columns and the title, in the order and letters of Decree 30/2020/NĐ-CP, Annex I, Chapter II. */
export function drawHead(canvas: Canvas, head: PaperHead): void {
  const leftWide = canvas.width * 0.42
  const rightWide = canvas.width - leftWide
  const top = canvas.y
  const agency = drawColumn(canvas, canvas.left, leftWide - 6, [
    { text: head.superior.toLocaleUpperCase('vi'), font: 'regular', scale: 0.92 },
    { text: head.agency.toLocaleUpperCase('vi'), font: 'bold', scale: 0.92, rule: 0.4 },
    { text: head.number, font: 'regular', scale: 1 },
  ])
  canvas.y = top
  const nation = drawColumn(canvas, canvas.left + leftWide, rightWide, [
    { text: head.nation.toLocaleUpperCase('vi'), font: 'bold', scale: oneLine(canvas, head.nation, rightWide) },
    { text: head.motto, font: 'bold', scale: 1, rule: 1 },
    { text: head.placeAndDate, font: 'italic', scale: 1 },
  ])
  canvas.y = Math.max(agency, nation)
  canvas.space(1.2)
  canvas.text(head.title.toLocaleUpperCase('vi'), { font: 'bold', scale: 1.12, align: 'center' })
  canvas.space(0.7)
}

/** Quốc hiệu stands in one line: as large as there is room for, up to the size of the text. */
function oneLine(canvas: Canvas, text: string, width: number): number {
  const [line] = canvas.wrap(text.toLocaleUpperCase('vi'), Infinity, { font: 'bold' })
  return Math.min(0.95, width / (line?.width ?? width))
}

function drawColumn(canvas: Canvas, x: number, width: number, lines: readonly HeadLine[]): number {
  for (const { text, font, scale, rule } of lines) {
    if (!text) continue
    const wrapped = canvas.wrap(text, width, { font, scale })
    canvas.text(text, { font, scale, align: 'center', x, width })
    if (rule === undefined) continue
    const long = Math.max(0, ...wrapped.map((line) => line.width)) * rule
    canvas.rule(x + (width - long) / 2, canvas.y + 1, long)
    canvas.y += 5
  }
  return canvas.y
}
