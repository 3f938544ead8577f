import type { SheetPart } from '@moinha/contracts/filed-document'
import { formatInstant } from '../clock/vietnam-time.ts'
import type { Canvas } from './canvas.ts'

type Signatures = Extract<SheetPart, { type: 'signatures' }>
type Signer = Signatures['signatures'][number]

/** Room for a name written by hand, or for the picture of a digital signature. */
const roomLines = 2.8

/** Who signs, and who receives it: on one page together (Decree 30/2020/NĐ-CP, Annex I). */
export function drawClosing(canvas: Canvas, parts: readonly Signatures[], recipients: readonly string[]): void {
  const signers = parts.flatMap((part) => part.signatures)
  canvas.space(0.8)
  if (signers.length === 1) {
    canvas.ensure(Math.max(signerHeight(canvas), recipientsHeight(canvas, recipients)))
    const top = canvas.y
    drawRecipients(canvas, recipients, canvas.width * 0.45)
    const beneath = canvas.y
    canvas.y = top
    drawRow(canvas, signers, canvas.left + canvas.width * 0.45, canvas.width * 0.55)
    canvas.y = Math.max(canvas.y, beneath)
  } else {
    for (const row of inRows(signers)) drawRow(canvas, row, canvas.left, canvas.width)
    canvas.ensure(recipientsHeight(canvas, recipients))
    drawRecipients(canvas, recipients, canvas.width)
  }
  for (const { hash } of parts) if (hash) canvas.text(`Mã kiểm tra nội dung (SHA-256): ${hash}`, { scale: 0.66 })
}

/** Up to three beside each other, evenly: four stand two and two. */
function inRows(signers: readonly Signer[]): Signer[][] {
  if (signers.length === 0) return []
  const rows = Math.ceil(signers.length / 3)
  const each = Math.ceil(signers.length / rows)
  return Array.from({ length: rows }, (_, row) => signers.slice(row * each, (row + 1) * each))
}

const signerHeight = (canvas: Canvas): number => canvas.lineHeight() * (roomLines + 4)

function drawRow(canvas: Canvas, signers: readonly Signer[], left: number, all: number): void {
  canvas.ensure(signerHeight(canvas))
  const top = canvas.y
  const width = all / signers.length
  let lowest = top
  signers.forEach(({ name, as, at }, no) => {
    canvas.y = top
    const column = { x: left + no * width + 3, width: width - 6, align: 'center' as const }
    canvas.text(as.vi.toLocaleUpperCase('vi'), { ...column, font: 'bold', scale: 0.92 })
    const said = at ? `Đã ký điện tử lúc ${formatInstant(new Date(at))}` : '(Ký, ghi rõ họ tên)'
    canvas.text(said, { ...column, font: 'italic', scale: 0.8 })
    canvas.y += canvas.lineHeight() * (at ? 0.4 : roomLines)
    canvas.text(name, { ...column, font: 'bold' })
    lowest = Math.max(lowest, canvas.y)
  })
  canvas.y = lowest
  canvas.space(0.6)
}

const recipientsHeight = (canvas: Canvas, recipients: readonly string[]): number =>
  recipients.length === 0 ? 0 : canvas.lineHeight(0.85) * (recipients.length + 1)

function drawRecipients(canvas: Canvas, recipients: readonly string[], width: number): void {
  if (recipients.length === 0) return
  canvas.text('Nơi nhận:', { font: 'boldItalic', scale: 0.92, width })
  recipients.forEach((one, at) => {
    const end = at === recipients.length - 1 ? '.' : ';'
    canvas.text(`- ${one}${end}`, { scale: 0.85, width })
  })
}
