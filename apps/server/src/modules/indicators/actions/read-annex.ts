import type { annex } from '@moinha/contracts/indicators'
import type { HandlerReply } from '@moinha/contracts/route'
import type { Work } from '../../../platform/db/work.ts'
import { inhabitantsOf } from '../../facilities/index.ts'
import { valueOf } from '../domain/formula.ts'
import { dueOn } from '../domain/quarter.ts'
import { countRows } from '../store/count-activities.ts'
import { mapChanges, registeredValues } from '../store/forms.ts'
import { openReport, type ReportRequest } from './open-report.ts'

/** A form filled from the ledger. Every number is a query; nothing is stored. */
export async function readAnnex(work: Work, request: ReportRequest): Promise<HandlerReply<typeof annex>> {
  const { form, unit, span, mapDate, unitIds, asReader } = await openReport(work, request)
  const formulas = new Map(form.rows.map((row) => [row.no, row.formula]))
  const counted = await asReader(({ tx }) => countRows(tx, formulas, unitIds, span))
  const population = await inhabitantsOf(work.tx, unitIds, span.year)
  const registered = await registeredValues(work.tx, form.key, unit.id, span.year)
  const rows = form.rows.map(({ formula, ...row }) => {
    const result = valueOf(formula, row.no, counted, population)
    return {
      ...row,
      ...result,
      denominatorSource: formula.type === 'per_population' ? population.source : null,
      registered: registered.get(row.no) ?? null,
      opens: (result.value ?? result.numerator ?? 0) > 0,
    }
  })
  return {
    form: {
      key: form.key,
      nameVi: form.nameVi,
      nameEn: form.nameEn,
      source: form.source,
      dueOn: dueOn(span, form.dueBeforeDay),
    },
    unit: { id: unit.id, name: unit.name },
    quarter: request.quarter,
    from: span.from,
    to: span.to,
    mapDate,
    unitsCounted: unitIds.length,
    mapChanges: await mapChanges(work.tx, unit.id, span.from, span.to),
    rows,
  }
}
