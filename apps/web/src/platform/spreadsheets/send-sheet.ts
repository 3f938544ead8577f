import table from 'virtual:routes'
import { ApiProblem, openedFor, type ReplyOf } from '../api/index.ts'

type SheetRoute =
  | 'facilities.importCheck'
  | 'facilities.importApply'
  | 'identity.checkStaffSheet'
  | 'identity.applyStaffSheet'
  | 'records.checkDiagnosisList'
  | 'records.applyDiagnosisList'
  | 'records.checkTeleImport'
  | 'records.applyTeleImport'

interface RefusalBody {
  code?: string
  requestId?: string
  params?: Record<string, unknown>
}

function openerHeader(): Record<string, string> {
  const person = openedFor()
  return person ? { 'x-moinha-person': person } : {}
}

interface Address {
  /** Fills the address. */
  id?: string
  query?: Record<string, string>
}

function addressOf(route: SheetRoute, { id, query }: Required<Address>): string {
  const [, pattern = ''] = table[route] ?? []
  const path = pattern.replace(':id', encodeURIComponent(id))
  const asked = new URLSearchParams(query).toString()
  return asked === '' ? path : `${path}?${asked}`
}

/** Sends a spreadsheet as the body of a route. */
export async function sendSheet<I extends SheetRoute>(
  route: I,
  file: File,
  { id = '', query = {} }: Address = {},
): Promise<ReplyOf<I>> {
  const type = /\.csv$/i.test(file.name) ? 'text/csv' : 'application/octet-stream'
  const response = await fetch(addressOf(route, { id, query }), {
    method: 'POST',
    body: file,
    credentials: 'same-origin',
    headers: { 'content-type': type, 'x-moinha': '1', accept: 'application/json', ...openerHeader() },
  }).catch(() => {
    throw new ApiProblem('NETWORK_DOWN', { status: 0 })
  })
  if (response.ok) return (await response.json()) as ReplyOf<I>
  const body = (await response.json().catch(() => ({}))) as RefusalBody
  throw new ApiProblem(body.code ?? 'UNAVAILABLE', {
    status: response.status,
    ...(body.requestId && { requestId: body.requestId }),
    ...(body.params && { params: body.params }),
  })
}
