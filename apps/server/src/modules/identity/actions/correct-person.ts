import type { Work } from '../../../platform/db/work.ts'
import type { NewPerson } from './create-person.ts'

/**
 * A station corrects a person's particulars and vouches for them. Call it as the system, after the caller's own policy
 * said yes; the copy in the record follows by itself.
 */
export async function correctPerson({ tx, now }: Work, person: Required<Omit<NewPerson, 'confirmed'>>): Promise<void> {
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
}
