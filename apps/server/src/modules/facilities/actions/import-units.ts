import type { ImportReport } from '@moinha/contracts/facilities'
import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import { checkImport, type CheckedImport } from '../domain/check-import.ts'
import type { FileSheets } from '../domain/sheets.ts'
import { facilityErrors } from '../errors.ts'
import { facilityChanged } from '../events.ts'
import { treeTopic } from './announce-change.ts'
import { manageable } from '../policy.ts'
import { onOverlap } from '../store/on-overlap.ts'
import { readSheets } from '../store/read-sheets.ts'
import { lockTree, rebuildPaths } from '../store/unit-place.ts'
import { writeImport } from '../store/write-import.ts'

/** What the file would change, and every row that is wrong. */
export async function checkUpload(work: Work, file: FileSheets): Promise<ImportReport> {
  return (await check(work, file)).report
}

/** Writes the whole file or nothing; refused when the changes are not the ones that were shown. */
export async function applyUpload(work: Work, file: FileSheets, digest: string): Promise<ImportReport> {
  await lockTree(work.tx)
  const { report, proposals } = await check(work, file)
  if (report.errors.length > 0)
    throw facilityErrors.IMPORT_HAS_ERRORS({ count: report.errors.length + report.moreErrors })
  if (report.digest !== digest) throw facilityErrors.IMPORT_CHANGED()
  const touched = await onOverlap(
    () => writeImport(work, proposals),
    () => facilityErrors.IMPORT_CHANGED(),
  )
  await rebuildPaths(work.tx)
  for (const facilityId of touched) {
    work.audit({ action: 'facilities.importApply', subject: 'facility', subjectId: facilityId, facilityId })
    await work.emit(facilityChanged, { facilityId })
  }
  if (touched.size > 0) await work.live(treeTopic, 'facility.changed', { id: null })
  return report
}

async function check(work: Work, file: FileSheets): Promise<CheckedImport> {
  const managed = await managedKeys(work)
  const specialties = await work.tx.selectFrom('facilities.specialty').select('code').execute()
  return checkImport(file, {
    stored: await readSheets(work.tx),
    specialties: new Set(specialties.map((row) => row.code)),
    manages: (key) => managed.has(key),
  })
}

/** Keys of the units the actor administers, by their latest place. */
async function managedKeys(work: Work): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select f.key from facilities.facility f join lateral (
      select path from facilities.tree_path p where p.facility_id = f.id
      order by p.valid @> (${work.now}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date desc,
        upper(p.valid) desc nulls first limit 1
    ) place on true where ${manageable(work.actor, 'place.path')}`.execute(work.tx)
  return new Set(rows.map((row) => row.key))
}
