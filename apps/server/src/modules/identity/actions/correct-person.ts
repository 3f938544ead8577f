import type { Work } from '../../../platform/db/work.ts'
import { particularsCorrected } from '../events.ts'
import { refuseFutureBirth, type NewPerson } from './create-person.ts'

/**
 * A station corrects a person's particulars and vouches for them. Call it as the system, after the caller's own policy
 * said yes; the copy in the record follows by itself.
 */
export async function correctPerson(work: Work, person: Required<Omit<NewPerson, 'confirmed'>>): Promise<void> {
  const { tx, now } = work
  refuseFutureBirth(work, person.birthDate)
  const before = await shownOf(work, person.id)
  await tx
    .updateTable('identity.person')
    .set({
      full_name: person.fullName,
      sex: person.sex ?? 'unknown',
      birth_date: person.birthDate ?? null,
      phone: person.phone ?? null,
      ethnicity_system: person.ethnicity?.system ?? null,
      ethnicity_code: person.ethnicity?.code ?? null,
      confirmed_at: now,
    })
    .where('id', '=', person.id)
    .execute()
  if ((await shownOf(work, person.id)) !== before) await work.emit(particularsCorrected, { personId: person.id })
}

/** What others show of a person, to compare. */
async function shownOf({ tx }: Work, id: string): Promise<string> {
  const row = await tx
    .selectFrom('identity.person')
    .where('id', '=', id)
    .select(['full_name', 'sex', 'birth_date'])
    .executeTakeFirst()
  return JSON.stringify(row)
}
