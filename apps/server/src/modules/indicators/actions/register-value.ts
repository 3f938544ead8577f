import type { Work } from '../../../platform/db/work.ts'
import { facilityCard } from '../../facilities/index.ts'
import { indicatorErrors } from '../errors.ts'
import { mayRegister } from '../policy.ts'
import { findForm } from '../store/forms.ts'

export interface RegisterInput {
  form: string
  unitId: string
  year: number
  no: string
  value: number | null
}

/** Sets or clears the year's registered value of a row; sending it twice changes nothing. */
export async function registerValue(work: Work, input: RegisterInput): Promise<void> {
  const unit = await facilityCard(work.tx, input.unitId)
  if (!unit || !mayRegister(work.actor, unit.path)) throw indicatorErrors.REPORT_UNIT_UNKNOWN()
  const form = await findForm(work.tx, input.form)
  if (!form?.rows.some((row) => row.no === input.no)) throw indicatorErrors.FORM_ROW_UNKNOWN()
  const key = { form_key: input.form, no: input.no, facility_id: input.unitId, year: input.year }
  if (input.value === null) {
    await work.tx
      .deleteFrom('indicators.registered_value')
      .where('form_key', '=', key.form_key)
      .where('no', '=', key.no)
      .where('facility_id', '=', key.facility_id)
      .where('year', '=', key.year)
      .execute()
  } else {
    const set = { value: input.value, registered_by: work.actor.personId, registered_at: work.now }
    await work.tx
      .insertInto('indicators.registered_value')
      .values({ ...key, ...set })
      .onConflict((conflict) => conflict.columns(['form_key', 'no', 'facility_id', 'year']).doUpdateSet(set))
      .execute()
  }
  work.audit({
    action: 'indicators.register',
    subject: 'registered_value',
    facilityId: input.unitId,
    detail: { no: input.no, year: input.year },
  })
}
