import { Canvas } from './canvas.ts'
import { drawClosing } from './closing.ts'
import { drawHead } from './head.ts'
import type { Paper } from './paper.ts'
import { drawPart } from './parts.ts'

/** Draws a paper. Takes tens of milliseconds of a processor: servers ask `drawPaper` of draw-in-thread.ts instead. */
export async function drawHere(paper: Paper): Promise<Uint8Array> {
  const canvas = new Canvas(paper)
  drawHead(canvas, paper.head)
  const signatures = paper.parts.filter((part) => part.type === 'signatures')
  for (const part of paper.parts) {
    if (part.type === 'signatures') continue
    drawPart(canvas, part)
    canvas.space(0.35)
  }
  drawClosing(canvas, signatures, paper.head.recipients)
  return canvas.finish(paper.footer)
}
