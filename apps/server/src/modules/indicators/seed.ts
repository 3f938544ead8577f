import { systemActor } from '../../platform/access/actor.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { facilityIdOf } from '../facilities/index.ts'
import { konTumAnnex } from './data/forms.ts'

/** The Kon Tum annex as editable data. */
export async function seedForms(platform: Platform): Promise<void> {
  await seedOnce(platform, 'indicators.forms', async ({ tx }) => {
    const { rows, ...form } = konTumAnnex
    await tx
      .insertInto('indicators.form')
      .values({
        key: form.key,
        name_vi: form.nameVi,
        name_en: form.nameEn,
        source: form.source,
        period: form.period,
        due_before_day: form.dueBeforeDay,
        valid: `[${form.validFrom},)`,
      })
      .execute()
    await tx
      .insertInto('indicators.form_row')
      .values(
        rows.map((row, position) => ({
          form_key: form.key,
          no: row.no,
          position,
          label_vi: row.labelVi,
          label_en: row.labelEn,
          unit_text: row.unitText,
          reporting_unit: row.reportingUnit,
          formula: JSON.stringify(row.formula) as never,
          note: row.note ?? null,
          pending: row.pending ?? false,
        })),
      )
      .execute()
  })
}

/** Demo figures registered for this year, so that the screen shows a target beside a number. */
export async function seedRegistered(platform: Platform): Promise<void> {
  const year = platform.clock.now().getUTCFullYear()
  const values: [string, string, number][] = [
    ['qng-syt', '1', 15],
    ['qng-syt', '2', 40],
    ['qng-syt', '4', 1200],
    ['qng-syt', '5', 400],
    ['qng-syt', '9', 3000],
    ['qng-syt', '10', 120],
    ['kt-bvdkkv-ngoc-hoi', '4', 150],
    ['kt-bvdkkv-ngoc-hoi', '10', 20],
    ['kt-bvdkkv-ngoc-hoi', '11', 30],
    ['kt-tyt-po-y', '4', 80],
    ['kt-tyt-po-y', '10', 12],
  ]
  await seedOnce(platform, `indicators.registered ${year}`, async ({ tx }) => {
    await tx
      .insertInto('indicators.registered_value')
      .values(
        values.map(([key, no, value]) => ({
          form_key: konTumAnnex.key,
          no,
          facility_id: facilityIdOf(key),
          year,
          value,
          registered_by: systemActor.personId,
        })),
      )
      .execute()
  })
}
