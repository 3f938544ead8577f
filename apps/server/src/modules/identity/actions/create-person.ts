import { sql } from 'kysely'
import type { Work } from '../../../platform/db/work.ts'
import type { Sex } from '../store/tables.ts'

export interface NewPerson {
  id: string
  fullName: string
  sex?: Sex | undefined
  birthDate?: string | undefined
  ethnicity?: { system: string; code: string } | undefined
  /** E.164 */
  phone?: string | undefined
}

/**
 * A person without an account. The id comes from the client; sent twice, nothing changes.
 * @returns false when the id belongs to a person somebody else made
 */
export async function createPerson(work: Work, person: NewPerson): Promise<boolean> {
  const { tx, actor } = work
  // without a conflict target: the policy is not asked about another's row, which would fail the whole act
  await tx.insertInto('identity.person').values({
    id: person.id, full_name: person.fullName, sex: person.sex ?? 'unknown', birth_date: person.birthDate ?? null,
    ethnicity_system: person.ethnicity?.system ?? null, ethnicity_code: person.ethnicity?.code ?? null, phone: person.phone ?? null,
    created_at: work.now, created_by: actor.personId,
  }).onConflict((conflict) => conflict.doNothing()).execute()
  const seen = await tx.selectFrom('identity.person').where('id', '=', person.id)
    .select(sql<boolean>`created_by is not distinct from ${actor.personId}::uuid`.as('mine')).executeTakeFirst()
  return actor.kind === 'system' || (seen?.mine ?? false)
}
