import type * as contract from '@moinha/contracts/prescriptions'
import type { HandlerInput } from '@moinha/contracts/route'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { prescriptionsErrors } from '../errors.ts'
import { medicinesById } from '../store/catalogue.ts'
import { deleteTemplate, mostTemplates, putTemplate, templatesOf } from '../store/templates.ts'

/** Keeps lines as one's own favourite. */
export async function saveTemplate(
  work: Work,
  id: string,
  { name, icd10, lines }: HandlerInput<typeof contract.saveTemplate>['body'],
): Promise<void> {
  const { personId } = work.actor
  if (personId === null) throw platformErrors.NOT_ALLOWED()
  const ids = [...new Set(lines.map((line) => line.medicineId))]
  if ((await medicinesById(work.tx, ids)).size < ids.length) throw prescriptionsErrors.RX_MEDICINE_UNKNOWN()
  const own = await templatesOf(work.tx, personId)
  if (own.length >= mostTemplates && !own.some((one) => one.id === id))
    throw prescriptionsErrors.RX_TOO_MANY_TEMPLATES({ most: mostTemplates })
  if (!(await putTemplate(work.tx, { id, personId, name, icd10, lines }, work.now))) throw platformErrors.ID_TAKEN()
}

export async function dropTemplate(work: Work, id: string): Promise<void> {
  if (work.actor.personId === null) throw platformErrors.NOT_ALLOWED()
  await deleteTemplate(work.tx, id, work.actor.personId)
}
