import type { SheetPart, SheetValue } from '@moinha/contracts/filed-document'
import encodeQR from 'qr'
import { formatInstant } from '../clock/vietnam-time.ts'
import type { Canvas } from './canvas.ts'
import { drawTable } from './table.ts'

type Part<T extends SheetPart['type']> = Extract<SheetPart, { type: T }>

/** As people write it in Vietnam: official papers are in Vietnamese, whoever prints them. */
function textOf(value: SheetValue): string {
  if (typeof value === 'string') return value
  if ('day' in value) return value.day.split('-').reverse().join('/')
  return 'at' in value ? formatInstant(new Date(value.at)) : value.names.vi
}

/** One part of a document, beneath what stands already. Signatures are drawn by `drawClosing`. */
export function drawPart(canvas: Canvas, part: Exclude<SheetPart, Part<'signatures'>>): void {
  if ('title' in part && part.title.vi) drawTitle(canvas, part.title.vi)
  switch (part.type) {
    case 'lines':
      return drawLines(canvas, part)
    case 'text':
      return part.text ? canvas.text(part.text) : undefined
    case 'people':
      return drawPeople(canvas, part)
    case 'answers':
      return drawAnswers(canvas, part)
    case 'code':
      return drawCode(canvas, part)
    case 'table':
      return drawTable(
        canvas,
        part.columns.map((one) => one.vi),
        part.rows.map((row) => row.map(textOf)),
      )
  }
}

/** Not alone at the foot of a page. */
function drawTitle(canvas: Canvas, title: string): void {
  canvas.ensure(canvas.lineHeight() * 3)
  canvas.text(title, { font: 'bold' })
  canvas.space(0.1)
}

function drawLines(canvas: Canvas, { lines }: Part<'lines'>): void {
  for (const { label, values, between } of lines) {
    canvas.text([
      { text: `${label.vi}: `, font: 'bold' },
      { text: values.map(textOf).join(between), font: 'regular' },
    ])
    canvas.space(0.16)
  }
}

function drawPeople(canvas: Canvas, { people }: Part<'people'>): void {
  people.forEach(({ name, about, text }, at) => {
    canvas.ensure(canvas.lineHeight() * 2)
    canvas.text([
      { text: `${at + 1}. `, font: 'regular' },
      { text: name, font: 'bold' },
      { text: about.length > 0 ? `, ${about.map(textOf).join(', ')}` : '', font: 'regular' },
    ])
    if (text) canvas.text(text, { x: canvas.left + canvas.textSize * 1.4 })
    canvas.space(0.2)
  })
}

function drawAnswers(canvas: Canvas, { answers }: Part<'answers'>): void {
  for (const { asked, answered } of answers) {
    canvas.ensure(canvas.lineHeight() * 2)
    canvas.text(asked, { font: 'italic' })
    canvas.text(answered, { x: canvas.left + canvas.textSize * 1.4 })
    canvas.space(0.25)
  }
}

/** A code to be read by a camera, with the same in letters beside it. */
function drawCode(canvas: Canvas, { code, text }: Part<'code'>): void {
  const side = canvas.textSize * 6.5
  canvas.ensure(side)
  const top = canvas.y
  canvas.squares(encodeQR(code, 'raw', { border: 1 }), canvas.left, top, side)
  const x = canvas.left + side + canvas.textSize
  canvas.text(code, { font: 'bold', x })
  if (text.vi) canvas.text(text.vi, { x })
  canvas.y = Math.max(canvas.y, top + side)
  canvas.space(0.4)
}
