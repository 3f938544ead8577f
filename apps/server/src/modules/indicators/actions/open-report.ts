import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCard, heirPaths, subtreeIds, type FacilityCard } from '../../facilities/index.ts'
import { quarterSpan, type QuarterSpan } from '../domain/quarter.ts'
import { indicatorErrors } from '../errors.ts'
import { mayReadReport } from '../policy.ts'
import { forceCustomPlan } from '../store/count-activities.ts'
import { findForm, type StoredForm } from '../store/forms.ts'

export interface ReportRequest {
  form: string
  unitId: string
  quarter: string
  mapDate?: string | undefined
}

export interface OpenReport {
  form: StoredForm
  unit: FacilityCard
  span: QuarterSpan
  /** The day whose map says which units belong; the period's last day unless asked otherwise. */
  mapDate: string
  unitIds: string[]
  /** Reads of the ledger go as the system, since the rule was already asked here. */
  asReader<T>(read: (work: Work) => Promise<T>): Promise<T>
}

/** The one way to every report: form known, unit known, and the unit (or what it became) inside the reader's scope. */
export async function openReport(work: Work, request: ReportRequest): Promise<OpenReport> {
  const form = await findForm(work.tx, request.form)
  if (!form) throw indicatorErrors.FORM_UNKNOWN()
  const span = quarterSpan(request.quarter)
  const mapDate = request.mapDate ?? span.to
  const unit = await facilityCard(work.tx, request.unitId)
  const paths = unit ? await heirPaths(work.tx, unit.id) : []
  if (!unit || !paths.some((path) => mayReadReport(work.actor, path))) throw indicatorErrors.REPORT_UNIT_UNKNOWN()
  await forceCustomPlan(work.tx)
  const unitIds = await subtreeIds(work.tx, unit.id, mapDate)
  return { form, unit, span, mapDate, unitIds, asReader: (read) => asSystem(work, systemActor, read) }
}
