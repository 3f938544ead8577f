import {
  annex,
  annexActivities,
  annexByUnit,
  annexFile,
  meetingsThisYear,
  register,
  reportUnits,
} from '@moinha/contracts/indicators'
import type { FastifyInstance } from 'fastify'
import { file } from '../../platform/http/reply.ts'
import { serve } from '../../platform/http/serve.ts'
import { countMeetings } from './actions/count-meetings.ts'
import { countByUnit, listActivities } from './actions/list-activities.ts'
import { listReportUnits } from './actions/list-report-units.ts'
import { readAnnex } from './actions/read-annex.ts'
import { registerValue } from './actions/register-value.ts'
import { annexCsv } from './domain/annex-csv.ts'

export function routes(app: FastifyInstance): void {
  serve(app, annex, (work, { params, query }) => readAnnex(work, { ...params, ...query }))
  serve(app, annexActivities, (work, { params, query }) => listActivities(work, { ...params, ...query }))
  serve(app, annexByUnit, (work, { params, query }) => countByUnit(work, { ...params, ...query }))
  serve(app, reportUnits, (work, { query }) => listReportUnits(work, query.q))
  serve(app, meetingsThisYear, countMeetings)
  serve(app, annexFile, async (work, { params, query }) => {
    const report = await readAnnex(work, { ...params, ...query })
    const csv = annexCsv(report.form.nameVi, report.unit.name, query.quarter, report.rows)
    return file(csv, { fileName: `${params.form}-${query.quarter}.csv` })
  })
  serve(app, register, async (work, { params, body }) => {
    await registerValue(work, { ...params, ...body })
    return { done: true as const }
  })
}
