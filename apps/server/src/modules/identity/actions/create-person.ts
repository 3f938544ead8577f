import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { identityErrors } from '../errors.ts'
import { refuseAsOwner } from '../store/owner-functions.ts'
import type { Sex } from '../store/tables.ts'

export interface NewPerson {
  id: string
  fullName: string
  sex?: Sex | undefined
  birthDate?: string | null | undefined
  ethnicity?: { system: string; code: string } | null | undefined
  /** E.164 */
  phone?: string | null | undefined
  /** A station vouches for the particulars. */
  confirmed?: boolean
}

/** Nobody is born after today, whoever writes it. */
export function refuseFutureBirth(work: Work, birthDate: string | null | undefined): void {
  if (birthDate && birthDate > localDateOf(work.now)) throw identityErrors.BIRTH_DATE_IN_FUTURE()
}

/**
 * A new person without an account. The id comes from the client, and makes somebody new or nobody: an existing person
 * is never taken over by naming their id.
 * @returns false when the id belongs to somebody already, whoever made them
 */
export async function createPerson(work: Work, person: NewPerson): Promise<boolean> {
  const { tx, actor } = work
  refuseFutureBirth(work, person.birthDate)
  // without a conflict target: the policy is not asked about another's row, which would fail the whole transaction
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('identity.person')
    .values({
      id: person.id,
      full_name: person.fullName,
      sex: person.sex ?? 'unknown',
      birth_date: person.birthDate ?? null,
      ethnicity_system: person.ethnicity?.system ?? null,
      ethnicity_code: person.ethnicity?.code ?? null,
      phone: person.phone ?? null,
      created_at: work.now,
      created_by: actor.personId,
      confirmed_at: person.confirmed ? work.now : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
    // the id of a program
    .catch(refuseAsOwner)
  return numInsertedOrUpdatedRows === 1n
}
