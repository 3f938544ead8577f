import type { Work } from '../../../platform/db/work.ts'
import { facilityErrors, type FileRow } from '../../facilities/index.ts'
import { mostRows, readTeleRows, type ImportRow } from '../domain/tele-import.ts'
import { recordsErrors } from '../errors.ts'
import { replaceTeleList } from '../store/reference-lists.ts'

function readList(file: readonly FileRow[]): { rows: ImportRow[]; wrong: number } {
  if (file.length > mostRows) throw recordsErrors.TELE_LIST_TOO_LONG({ most: mostRows })
  const rows = readTeleRows(file)
  return { rows, wrong: rows.filter((row) => row.errors.length > 0).length }
}

/** What stands in a file; writes nothing. */
export function checkTeleImport(work: Work, file: readonly FileRow[]) {
  const report = readList(file)
  work.audit({ action: 'records.checkTeleImport', subject: 'tele_allowed_icd', detail: { wrong: report.wrong } })
  return report
}

/** Lets the list of a file stand from a day on, all of it or nothing. */
export async function applyTeleImport(work: Work, file: readonly FileRow[], from: string): Promise<{ rows: number }> {
  const { rows, wrong } = readList(file)
  if (wrong > 0) throw facilityErrors.IMPORT_HAS_ERRORS({ count: wrong })
  await replaceTeleList(work.tx, rows, from)
  work.audit({
    action: 'records.applyTeleImport',
    subject: 'tele_allowed_icd',
    detail: { from, rows: rows.length, verified: rows.filter((row) => row.status === 'verified').length },
  })
  return { rows: rows.length }
}
