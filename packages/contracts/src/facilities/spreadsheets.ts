import { z } from 'zod'
import { defineRoute, onceBecause } from '../route.ts'
import { ById, Opaque } from '../common.ts'
import { Upload } from '../upload.ts'

export const sheetNames = ['units', 'placements', 'support_links', 'identifiers'] as const

export const SheetName = z.enum(sheetNames)
export type SheetName = z.infer<typeof SheetName>

/** Type of a workbook (Office Open XML, registered with IANA). */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const exportUnits = defineRoute({
  id: 'facilities.export',
  method: 'GET',
  path: '/api/facilities/:id/export',
  permission: 'facility.manage',
  summary:
    'Units, placements, support links and identifiers of a subtree as a spreadsheet: xlsx with a sheet each, or one csv',
  params: ById,
  query: z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx'), sheet: SheetName.default('units') }),
  reply: z.unknown(),
  produces: [xlsxType, 'text/csv; charset=utf-8'],
})

const RowError = z.object({
  sheet: SheetName,
  row: z.number().int(),
  column: z.string(),
  code: z.string(),
  value: z.string(),
})

const Change = z.object({
  sheet: SheetName,
  row: z.number().int(),
  key: z.string(),
  change: z.enum(['new', 'changed']),
  fields: z.array(z.object({ column: z.string(), before: z.string(), after: z.string() })),
})

export const ImportReport = z.object({
  errors: z.array(RowError),
  /** More than are listed. */
  moreErrors: z.number().int(),
  changes: z.array(Change),
  counts: z.object({ new: z.number().int(), changed: z.number().int(), unchanged: z.number().int() }),
  /** Of exactly these changes to exactly this state; sent back to confirm. */
  digest: z.string(),
})
export type ImportReport = z.infer<typeof ImportReport>

/** Largest spreadsheet taken, in bytes. */
export const importBytes = 2_097_152

/** The file is the raw body; what it is, its bytes say. */
const spreadsheet = { body: Upload, consumes: ['text/csv', xlsxType, 'application/octet-stream'] }

export const importCheck = defineRoute({
  id: 'facilities.importCheck',
  method: 'POST',
  path: '/api/facilities/import/check',
  permission: 'facility.manage',
  once: onceBecause.byHand,
  summary: 'Read a spreadsheet: row errors and what would change; writes nothing',
  ...spreadsheet,
  reply: ImportReport,
  bodyLimit: importBytes,
  limitPerMinute: 60,
})

export const importApply = defineRoute({
  id: 'facilities.importApply',
  method: 'POST',
  path: '/api/facilities/import/apply',
  permission: 'facility.manage',
  once: onceBecause.byHand,
  summary: 'Write all of a checked spreadsheet, or nothing',
  query: z.object({ digest: Opaque(100) }),
  ...spreadsheet,
  reply: ImportReport,
  bodyLimit: importBytes,
  limitPerMinute: 60,
})

export const spreadsheetRoutes = { exportUnits, importCheck, importApply }
