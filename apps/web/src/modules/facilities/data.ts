import type { QualificationCode } from '@moinha/contracts/qualifications'
import { type ReplyOf, refresh, useRead } from '../../platform/api/index.ts'
import { language, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'
import { sendSheet } from '../../platform/spreadsheets/index.ts'

export type TreeNode = ReplyOf<'facilities.tree'>['nodes'][number]
export type Unit = ReplyOf<'facilities.unit'>
export type Contract = Unit['contracts'][number]
export type SupportLink = Unit['asks'][number]
export type Network = ReplyOf<'facilities.network'>
export type Report = ReplyOf<'facilities.importCheck'>

/** Minimum content of a contract. Source: Decree 96/2023/NĐ-CP Art. 87(11). */
export const contractTerms = ['responsibilities', 'infrastructure', 'storage', 'service_cost', 'cost_sharing'] as const

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

/** Sends a file as it is. `digest` confirms what was shown; without it the file is only checked. */
export function sendSpreadsheet(file: File, digest?: string): Promise<Report> {
  return digest === undefined
    ? sendSheet('facilities.importCheck', file)
    : sendSheet('facilities.importApply', file, { query: { digest } })
}
