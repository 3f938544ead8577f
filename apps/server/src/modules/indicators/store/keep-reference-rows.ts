import { activityKinds, countedSubjects } from '../../../platform/activities/activities.ts'
import { keepNames } from '../../../platform/registries/reference-rows.ts'
import { keepRows, type Keeping, type OwnerConnection } from '../../../platform/registries/registries.ts'

/** Why rows of before were written anew; no event stands behind it. */
const restated = {
  code: 'restated',
  owner: 'indicators',
  names: { vi: 'số liệu cũ được đối chiếu lại với hồ sơ', en: 'older figures were checked against the records again' },
}

/** Reference rows of what modules declare to be counted, and of the events that have it counted anew. */
export const indicatorsKeeps: Keeping[] = [
  keepRows(activityKinds, async (owner, entries) => {
    await keepNames(owner, 'indicators.activity_kind', entries)
    await refuseUnknownKinds(owner)
  }),
  keepRows(countedSubjects, async (owner, entries) => {
    const causes = entries.flatMap(({ owner: module, recountOn }) =>
      recountOn.map(({ event, names }) => ({ code: event.name, owner: module, names })),
    )
    const once = new Map([restated, ...causes].map((cause) => [cause.code, cause]))
    await keepNames(owner, 'indicators.activity_cause', [...once.values()])
  }),
]

/** A form that counts what no module ever declared would show zero for ever. */
async function refuseUnknownKinds(owner: OwnerConnection): Promise<void> {
  const { rows } = await owner.query(
    `select form_key, no, kind from indicators.form_row
       cross join jsonb_array_elements_text(formula #> '{filter,kinds}') as kind
     where not exists (select from indicators.activity_kind k where k.code = kind) order by 1, 2, 3 limit 1`,
  )
  const [row] = rows
  if (!row) return
  const { form_key: form, no, kind } = row
  throw new Error(`row ${String(no)} of report form ${String(form)} counts "${String(kind)}", which no module declares`)
}
