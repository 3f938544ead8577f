import { exportUnits, importApply, importCheck, xlsxType } from '@moinha/contracts/facilities'
import type { FastifyInstance } from 'fastify'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import { file } from '../../platform/http/reply.ts'
import { serve, serveInSteps } from '../../platform/http/serve.ts'
import { applyUpload, checkUpload } from './actions/import-units.ts'
import { ownUnit } from './actions/own-unit.ts'
import { readSpreadsheet } from './ports/read-spreadsheet.ts'
import { writeCsv, writeXlsx } from './ports/write-spreadsheet.ts'
import { everBeneath, readSheets } from './store/read-sheets.ts'

/** Uploads are read before their transaction begins: a slow file keeps no connection and no lock. */
export function spreadsheetRoutes(app: FastifyInstance): void {
  serveInSteps(app, importCheck, async (_begin, { body }) => {
    const sheets = await readSpreadsheet(body.bytes, body.type)
    return (work) => checkUpload(work, sheets)
  })
  serveInSteps(app, importApply, async (_begin, { body, query }) => {
    const sheets = await readSpreadsheet(body.bytes, body.type)
    return (work) => applyUpload(work, sheets, query.digest)
  })
  serve(app, exportUnits, async (work, { params, query }) => {
    const unit = await ownUnit(work, params.id)
    const sheets = await readSheets(work.tx, await everBeneath(work.tx, unit.id))
    const day = localDateOf(work.now)
    work.audit({ action: 'facilities.export', subject: 'facility', subjectId: unit.id, facilityId: unit.id })
    if (query.format === 'csv') {
      const fileName = `${unit.key}-${query.sheet}-${day}.csv`
      return file(writeCsv(query.sheet, sheets[query.sheet]), { type: 'text/csv; charset=utf-8', fileName })
    }
    return file(await writeXlsx(sheets), { type: xlsxType, fileName: `${unit.key}-${day}.xlsx` })
  })
}
