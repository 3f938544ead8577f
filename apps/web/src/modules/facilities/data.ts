import type { QualificationCode } from '@moinha/contracts/qualifications'
import { useState } from 'react'
import table from 'virtual:routes'
import { ApiProblem, openedFor, type ReplyOf, refresh, useRead } from '../../platform/api/index.ts'
import { language, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'

export type TreeNode = ReplyOf<'facilities.tree'>['nodes'][number]
export type Unit = ReplyOf<'facilities.unit'>
export type Contract = Unit['contracts'][number]
export type SupportLink = Unit['asks'][number]
export type Network = ReplyOf<'facilities.network'>
export type Report = ReplyOf<'facilities.importCheck'>

/** Reads again whatever another administrator changed. */
export function useFreshUnits(): void {
  useLive('facility.changed', () => void refresh('facilities.'))
}

/** Names of specialties in the language of the screen, by code. */
export function useSpecialties(): { code: string; name: string }[] {
  const { data } = useRead('facilities.specialties')
  return (data?.items ?? []).map((item) => ({ code: item.code, name: language() === 'vi' ? item.nameVi : item.nameEn }))
}

type Coded =
  | 'contract'
  | 'contractRole'
  | 'term'
  | 'weekday'
  | 'type'
  | 'service'
  | 'phase'
  | 'role'
  | 'succession'
  | 'reason'
  | 'sheet'
  | 'column'
  | 'staffRole'
  | 'qualification'

/** Codes of what somebody is qualified as, in the order of the law. */
export const qualificationCodes = [
  'doctor',
  'assistant-doctor',
  'nurse',
  'midwife',
  'medical-technician',
  'clinical-nutritionist',
  'paramedic',
  'clinical-psychologist',
  'traditional-practitioner',
  'pharmacist',
  'other',
] as const satisfies readonly QualificationCode[]

/** The word for a code of the contract; an unknown one shows itself. */
export const codeName = (kind: Coded, code: string): string => wordFor(`facilities.${kind}.${code}`) ?? code

/** Lower case without diacritics, as the server folds for search. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/gu, 'd').toLowerCase()

interface RefusalBody {
  code?: string
  requestId?: string
  params?: Record<string, unknown>
}

/** Sends a file as it is. `digest` confirms what was shown; without it the file is only checked. */
export function sendSpreadsheet(file: File, digest?: string): Promise<Report> {
  return digest === undefined
    ? sendFile('facilities.importCheck', file)
    : sendFile('facilities.importApply', file, { digest })
}

type FileRoute =
  'facilities.importCheck' | 'facilities.importApply' | 'identity.checkStaffSheet' | 'identity.applyStaffSheet'

function openerHeader(): Record<string, string> {
  const person = openedFor()
  return person ? { 'x-moinha-person': person } : {}
}

/** Sends a file as the body of a route; `id` fills its address. */
export async function sendFile<I extends FileRoute>(
  route: I,
  file: File,
  { id = '', digest }: { id?: string; digest?: string } = {},
): Promise<ReplyOf<I>> {
  const [method = 'POST', pattern = ''] = table[route] ?? []
  const path = pattern.replace(':id', encodeURIComponent(id))
  const type = /\.csv$/i.test(file.name) ? 'text/csv' : 'application/octet-stream'
  const response = await fetch(digest === undefined ? path : `${path}?digest=${encodeURIComponent(digest)}`, {
    method,
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

/** Where somebody is between a chosen file and what came of it; a step that fails leaves them where they were. */
export function useSteps<S>(first: S) {
  const [step, setStep] = useState(first)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const attempt = async (work: () => Promise<S>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      setStep(await work())
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { step, setStep, busy, problem, attempt }
}
