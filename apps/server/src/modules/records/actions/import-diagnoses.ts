import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { facilityErrors, type FileRow } from '../../facilities/index.ts'
import { changesOf, digestOfList, readDiagnosisList } from '../domain/diagnosis-list.ts'
import { editions, listInForce, lockDiagnosisList, writeEdition } from '../store/diagnosis-list.ts'

type Report = HandlerReply<typeof contract.checkDiagnosisList>

interface ListFile {
  rows: readonly FileRow[]
  /** The first day it is in force. */
  from: string
  /** Where it comes from, e.g. the number of the circular. */
  edition: string
}

/** Errors on one answer. */
const mostErrors = 100

/** What the file would change from that day on, and every row that is wrong. */
export async function checkDiagnosisList(work: Work, file: ListFile): Promise<Report> {
  return (await judge(work, file)).report
}

async function judge(work: Work, { rows, from }: ListFile) {
  const { codes, errors } = readDiagnosisList(rows)
  const counts = changesOf(codes, await listInForce(work.tx, from))
  const report = {
    errors: errors.slice(0, mostErrors),
    moreErrors: Math.max(0, errors.length - mostErrors),
    counts,
    digest: digestOfList({ from, codes, counts }),
  }
  return { codes, report }
}

/** Writes the whole list or nothing; refused when it does not do what was shown. */
export async function applyDiagnosisList(work: Work, file: ListFile, digest: string): Promise<Report> {
  await lockDiagnosisList(work.tx)
  const { codes, report } = await judge(work, file)
  if (report.errors.length > 0)
    throw facilityErrors.IMPORT_HAS_ERRORS({ count: report.errors.length + report.moreErrors })
  if (report.digest !== digest) throw facilityErrors.IMPORT_CHANGED()
  await writeEdition(work.tx, { from: file.from, edition: file.edition, codes })
  work.audit({
    action: 'records.applyDiagnosisList',
    subject: 'icd10',
    detail: { from: file.from, edition: file.edition, ...report.counts },
  })
  return report
}

/** Which lists there are, and from when to when. */
export async function diagnosisEditions(work: Work): Promise<HandlerReply<typeof contract.diagnosisEditions>> {
  return { items: await editions(work.tx) }
}
