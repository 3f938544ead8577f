import { keepNames } from '../../../platform/registries/reference-rows.ts'
import { keepRows, type Keeping } from '../../../platform/registries/registries.ts'
import { careReasons, lapseKeyOf } from '../care-reasons.ts'
import { documentKinds } from '../document-kinds.ts'

/** Reference rows of what modules declare to records; what an administrator set of grace and settings stays. */
export const recordsKeeps: Keeping[] = [
  keepRows(documentKinds, (owner, entries) => keepNames(owner, 'records.document_kind', entries)),
  keepRows(careReasons, async (owner, entries) => {
    await keepNames(owner, 'records.care_reason', entries)
    const grace = entries.flatMap(({ code, grace: graces = [] }) => graces.map((one) => ({ ...one, reason: code })))
    await owner.query(
      `insert into records.access_grace (reason, cause, hours, source)
       select reason, cause, hours, source
       from jsonb_to_recordset($1::jsonb) as r(reason text, cause text, hours int, source text)
       on conflict (reason, cause) do nothing`,
      [JSON.stringify(grace)],
    )
    const settings = entries.flatMap(({ code, subject }) =>
      subject ? [{ key: lapseKeyOf(code), value: String(subject.lapsesAfterDays), source: subject.source }] : [],
    )
    await owner.query(
      `insert into records.setting (key, value, source)
       select key, value, source from jsonb_to_recordset($1::jsonb) as r(key text, value text, source text)
       on conflict (key) do nothing`,
      [JSON.stringify(settings)],
    )
  }),
]
