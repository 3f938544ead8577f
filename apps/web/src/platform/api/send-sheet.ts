import table from 'virtual:routes'
import { openedFor } from './call.ts'
import { ApiProblem } from './problem.ts'
import type { ReplyOf } from './query.ts'

interface RefusalBody {
  code?: string
  requestId?: string
  params?: Record<string, unknown>
}

/** Routes whose body is a spreadsheet as it is. */
type SheetRoute =
  | 'facilities.importCheck'
  | 'facilities.importApply'
  | 'identity.checkStaffSheet'
  | 'identity.applyStaffSheet'
  | 'records.checkTeleImport'
  | 'records.applyTeleImport'

function openerHeader(): Record<string, string> {
  const person = openedFor()
  return person ? { 'x-moinha-person': person } : {}
}

/** Sends a spreadsheet as the body of a route; `id` fills its address. */
export async function sendSheet<I extends SheetRoute>(
  route: I,
  file: File,
  { id = '', query = {} }: { id?: string; query?: Record<string, string> } = {},
): Promise<ReplyOf<I>> {
  const [method = 'POST', pattern = ''] = table[route] ?? []
  const path = pattern.replace(':id', encodeURIComponent(id))
  const type = /\.csv$/i.test(file.name) ? 'text/csv' : 'application/octet-stream'
  const search = new URLSearchParams(query).toString()
  const response = await fetch(search === '' ? path : `${path}?${search}`, {
    method,
    body: file,
    credentials: 'same-origin',
    headers: { 'content-type': type, 'x-moinha': '1', accept: 'application/json', ...openerHeader() },
  }).catch(() => {
    throw new ApiProblem('NETWORK_DOWN', { status: 0 })
  })
  if (response.ok) return (await response.json()) as ReplyOf<I>
  throw await problemOf(response)
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as RefusalBody
  return new ApiProblem(body.code ?? 'UNAVAILABLE', {
    status: response.status,
    ...(body.requestId && { requestId: body.requestId }),
    ...(body.params && { params: body.params }),
  })
}
