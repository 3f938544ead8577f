import { exportUnits, importApply, importBytes, importCheck } from '@moinha/contracts/facilities'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import { serve } from '../../platform/http/serve.ts'
import { ownUnit } from './actions/own-unit.ts'
import { applyUpload, checkUpload } from './actions/import-units.ts'
import type { FileSheets } from './domain/sheets.ts'
import { readSpreadsheet } from './ports/read-spreadsheet.ts'
import { writeCsv, writeXlsx, xlsxType } from './ports/write-spreadsheet.ts'
import { everBeneath, readSheets } from './store/read-sheets.ts'

const uploadTypes = ['application/octet-stream', 'text/csv', xlsxType]

declare module 'fastify' {
  interface FastifyRequest {
    /** What the uploaded spreadsheet says, once it is read. */
    sheets: FileSheets
  }
}

/** Reads the upload before its transaction begins: a slow file keeps no connection and no lock. */
async function readUpload(request: FastifyRequest): Promise<void> {
  const declared = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  request.sheets = await readSpreadsheet(Buffer.isBuffer(request.body) ? request.body : undefined, declared)
}

/** The only routes that take raw files; the parser lives in this scope alone. */
function importRoutes(app: FastifyInstance): void {
  app.addContentTypeParser(uploadTypes, { parseAs: 'buffer', bodyLimit: importBytes }, (_request, body, done) =>
    done(null, body),
  )
  app.decorateRequest('sheets')
  app.addHook('preHandler', readUpload)
  serve(app, importCheck, async (work, _input, { request }) => checkUpload(work, request.sheets))
  serve(app, importApply, async (work, { query }, { request }) => applyUpload(work, request.sheets, query.digest))
}

export async function spreadsheetRoutes(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => importRoutes(scope))
  serve(app, exportUnits, async (work, { params, query }, { reply }) => {
    const unit = await ownUnit(work, params.id)
    const sheets = await readSheets(work.tx, await everBeneath(work.tx, unit.id))
    const day = localDateOf(work.now)
    const name = query.format === 'csv' ? `${unit.key}-${query.sheet}-${day}.csv` : `${unit.key}-${day}.xlsx`
    work.audit({ action: 'facilities.export', subject: 'facility', subjectId: unit.id, facilityId: unit.id })
    reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .type(query.format === 'csv' ? 'text/csv; charset=utf-8' : xlsxType)
    return query.format === 'csv' ? writeCsv(query.sheet, sheets[query.sheet]) : writeXlsx(sheets)
  })
}
