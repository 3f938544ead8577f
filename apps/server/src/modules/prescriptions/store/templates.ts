import type { LineTyped } from '@moinha/contracts/prescriptions'
import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

/** So many fit a list one looks through. */
export const mostTemplates = 60

export function templatesOf(tx: Tx, personId: string) {
  if (personId === '') return Promise.resolve([])
  return tx
    .selectFrom('prescriptions.template')
    .where('person_id', '=', personId)
    .orderBy('name')
    .orderBy('id')
    .limit(mostTemplates)
    .selectAll()
    .execute()
}

interface Template {
  id: string
  personId: string
  name: string
  icd10: string | null
  lines: LineTyped[]
}

/** Writes or overwrites one of one's own; false where the id is another's. */
export async function putTemplate(tx: Tx, template: Template, now: Date): Promise<boolean> {
  const { id, personId, name, icd10 } = template
  const rest = { name, icd10, lines: JSON.stringify(template.lines), saved_at: now }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('prescriptions.template')
    .values({ id, person_id: personId, ...rest })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(rest).where('prescriptions.template.person_id', '=', personId),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function deleteTemplate(tx: Tx, id: string, personId: string): Promise<void> {
  await tx.deleteFrom('prescriptions.template').where('id', '=', id).where('person_id', '=', personId).execute()
}
