import { z } from 'zod'
import { LocalDate } from '../common.ts'
import { xlsxType } from '../facilities/index.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { Upload } from '../upload.ts'

const ReadRow = z.object({
  /** As the spreadsheet numbers it. */
  row: z.number().int(),
  no: z.number().int().nullable(),
  nameVi: z.string(),
  icd10: z.array(z.string()),
  specialty: z.string(),
  status: z.enum(['verified', 'pending']),
  note: z.string(),
  errors: z.array(z.enum(['NO_CODE', 'BAD_CODE', 'BAD_NO', 'NO_TWICE', 'BAD_STATUS', 'NAME_MISSING', 'TOO_LONG'])),
})

const file = {
  method: 'POST' as const,
  permission: 'tele-list.manage' as const,
  once: onceBecause.byHand,
  body: Upload,
  consumes: ['text/csv', xlsxType, 'application/octet-stream'],
  bodyLimit: 1_048_576,
  limitPerMinute: 30,
}

export const checkTeleImport = defineRoute({
  ...file,
  id: 'records.checkTeleImport',
  path: '/api/tele-list/import/check',
  summary: 'Read a list of remotely treated diseases from a spreadsheet: what stands in it and what is wrong',
  reply: z.object({ rows: z.array(ReadRow), wrong: z.number().int() }),
})

export const applyTeleImport = defineRoute({
  ...file,
  id: 'records.applyTeleImport',
  path: '/api/tele-list/import/apply',
  summary: 'Let the list of a spreadsheet stand from a day on, all of it or nothing; the list of before stays known',
  query: z.object({ from: LocalDate }),
  reply: z.object({ rows: z.number().int() }),
})

export const teleImportRoutes = { checkTeleImport, applyTeleImport }
