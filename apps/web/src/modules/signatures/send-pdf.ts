import type { CheckedDocument } from '@moinha/contracts/signatures'
import { ApiProblem } from '../../platform/api/index.ts'

interface Refusal {
  code?: string
  requestId?: string
  params?: Record<string, unknown>
}

/** Has a document checked; nothing of it is kept. */
export async function sendPdf(file: File): Promise<CheckedDocument> {
  const headers = { 'content-type': 'application/pdf', 'x-moinha': '1', accept: 'application/json' }
  const reply = await fetch('/api/signed-documents/check', { method: 'POST', body: file, headers }).catch(() => {
    throw new ApiProblem('NETWORK_DOWN', { status: 0 })
  })
  if (reply.ok) return (await reply.json()) as CheckedDocument
  const body = (await reply.json().catch(() => ({}))) as Refusal
  throw new ApiProblem(body.code ?? 'UNAVAILABLE', {
    status: reply.status,
    ...(body.requestId && { requestId: body.requestId }),
    ...(body.params && { params: body.params }),
  })
}
