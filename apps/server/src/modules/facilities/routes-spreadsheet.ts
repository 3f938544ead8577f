import { exportUnits, importApply, importBytes, importCheck } from '@moinha/contracts/facilities'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import { serve } from '../../platform/http/serve.ts'
import { ownUnit } from './actions/own-unit.ts'
import { applyUpload, checkUpload, type Upload } from './actions/import-units.ts'
import { writeCsv, writeXlsx, xlsxType } from './ports/write-spreadsheet.ts'
import { everBeneath, readSheets } from './store/read-sheets.ts'

const uploadTypes = ['application/octet-stream', 'text/csv', xlsxType]

const uploadOf = (request: FastifyRequest): Upload => ({
  bytes: Buffer.isBuffer(request.body) ? request.body : undefined,
  declared: (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
})

/** The only routes that take raw files; the parser lives in this scope alone. */
export function spreadsheetRoutes(app: FastifyInstance): void {
  app.addContentTypeParser(uploadTypes, { parseAs: 'buffer', bodyLimit: importBytes }, (_request, body, done) => done(null, body))
  serve(app, importCheck, async (work, _input, { request }) => checkUpload(work, uploadOf(request)))
  serve(app, importApply, async (work, { query }, { request }) => applyUpload(work, uploadOf(request), query.digest))
  serve(app, exportUnits, async (work, { params, query }, { reply }) => {
    const unit = await ownUnit(work, params.id)
    const sheets = await readSheets(work.tx, await everBeneath(work.tx, unit.id))
    const day = localDateOf(work.now)
    const name = query.format === 'csv' ? `${unit.key}-${query.sheet}-${day}.csv` : `${unit.key}-${day}.xlsx`
    work.audit({ action: 'facilities.export', subject: 'facility', subjectId: unit.id, facilityId: unit.id })
    reply.header('content-disposition', `attachment; filename="${name}"`).type(query.format === 'csv' ? 'text/csv; charset=utf-8' : xlsxType)
    return query.format === 'csv' ? writeCsv(query.sheet, sheets[query.sheet]) : writeXlsx(sheets)
  })
}
