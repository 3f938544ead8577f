import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import type { Pages } from './document-pages.ts'

/** Points of a page are too coarse to read from: pages are painted at most so much larger. */
const SCALE = 2

/** The pages of a PDF; loaded only when somebody shows one. */
export async function openPdf(file: File): Promise<Pages> {
  const pdf = await import('pdfjs-dist/legacy/build/pdf.mjs')
  pdf.GlobalWorkerOptions.workerSrc = workerUrl
  const opening = pdf.getDocument({ data: await file.arrayBuffer() })
  const document = await opening.promise
  const { width, height } = (await document.getPage(1)).getViewport({ scale: SCALE })
  return {
    count: document.numPages,
    shape: { width, height },
    paint: (no, canvas) => paintPage(document, no, canvas),
    close: () => void opening.destroy(),
  }
}

/** Painted beside the canvas that is being sent: nobody sees half a page. */
async function paintPage(document: PDFDocumentProxy, no: number, canvas: HTMLCanvasElement): Promise<void> {
  const page = await document.getPage(no)
  const usual = page.getViewport({ scale: 1 })
  const scale = Math.min(canvas.width / usual.width, canvas.height / usual.height)
  const viewport = page.getViewport({ scale })
  const sheet = globalThis.document.createElement('canvas')
  Object.assign(sheet, { width: Math.round(viewport.width), height: Math.round(viewport.height) })
  await page.render({ canvas: sheet, viewport }).promise
  const pen = canvas.getContext('2d')
  if (pen === null) return
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(sheet, Math.round((canvas.width - sheet.width) / 2), Math.round((canvas.height - sheet.height) / 2))
}
