import { z } from 'zod'
import { Items, Line, LocalDate, OptionalLine, Opaque } from '../common.ts'
import { xlsxType } from '../facilities/index.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { Upload } from '../upload.ts'

export const searchDiagnoses = defineRoute({
  id: 'records.searchDiagnoses',
  method: 'GET',
  path: '/api/icd10',
  permission: 'encounter.write',
  summary: 'Diagnosis codes by code or words, without diacritics, of the list in force on a day',
  query: z.object({
    q: OptionalLine(80).default(''),
    /** The day on which the visit ends; today where none is named. */
    on: LocalDate.optional(),
  }),
  reply: Items(
    z.object({
      code: z.string(),
      vi: z.string(),
      en: z.string(),
      remote: z.enum(['listed', 'pending', 'no']),
      /** Heads a group, or is withdrawn: shown, not to be chosen. */
      usable: z.boolean(),
      usableAsPrimary: z.boolean(),
    }),
  ),
})

export const diagnosisEditions = defineRoute({
  id: 'records.diagnosisEditions',
  method: 'GET',
  path: '/api/icd10/editions',
  permission: 'tele-list.manage',
  summary: 'The imported lists of diagnoses, newest first, with their days in force',
  reply: Items(
    z.object({ edition: z.string(), from: LocalDate.nullable(), until: LocalDate.nullable(), codes: z.number().int() }),
  ),
})

const DiagnosisReport = z.object({
  errors: z.array(z.object({ row: z.number().int(), column: z.string(), code: z.string(), value: z.string() })),
  /** More than are listed. */
  moreErrors: z.number().int(),
  counts: z.object({
    new: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    /** In force until that day, and no longer. */
    gone: z.number().int(),
  }),
  /** Of exactly this list from that day; sent back to confirm. */
  digest: z.string(),
})

/** The Ministry's list has 15,844 rows in two languages. */
const listBytes = 8_388_608

/** The file is the raw body; what it is, its bytes say. */
const listFile = {
  method: 'POST' as const,
  permission: 'tele-list.manage' as const,
  once: onceBecause.byHand,
  body: Upload,
  consumes: ['text/csv', xlsxType, 'application/octet-stream'],
  reply: DiagnosisReport,
  bodyLimit: listBytes,
  limitPerMinute: 30,
}
const inForce = {
  /** The first day on which the list is in force. */
  from: LocalDate,
  /** Where it comes from, e.g. the number of the circular. */
  edition: Line(120),
}

export const checkDiagnosisList = defineRoute({
  ...listFile,
  id: 'records.checkDiagnosisList',
  path: '/api/icd10/import/check',
  summary: 'Read a list of diagnoses: row errors and what would change from that day; writes nothing',
  query: z.object(inForce),
})

export const applyDiagnosisList = defineRoute({
  ...listFile,
  id: 'records.applyDiagnosisList',
  path: '/api/icd10/import/apply',
  summary: 'Put a checked list of diagnoses in force from a day on, whole or not at all',
  query: z.object({ ...inForce, digest: Opaque(100) }),
})

export const diagnosisRoutes = { searchDiagnoses, diagnosisEditions, checkDiagnosisList, applyDiagnosisList }
