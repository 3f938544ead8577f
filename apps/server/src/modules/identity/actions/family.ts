import { sql } from 'kysely'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { identityErrors } from '../errors.ts'
import { ownId } from '../policy.ts'
import { currentFamily } from '../store/family.ts'
import type { Relation, Sex } from '../store/tables.ts'
import { createPerson } from './create-person.ts'

const largestFamily = 20

export interface NewFamilyMember {
  personId: string
  fullName: string
  relation: Relation
  birthDate?: string | undefined
  sex: Sex
  consentVersion: string
}


/**
 * Declares a person one acts for. Only a person declared here by the guardian can be taken: somebody who exists already,
 * say another's child, is refused. Sent twice, it changes nothing.
 */
export async function addFamilyMember(work: Work, member: NewFamilyMember) {
  const guardianId = ownId(work)
  if (member.birthDate && member.birthDate > localDateOf(work.now)) throw identityErrors.BIRTH_DATE_IN_FUTURE()
  const family = await currentFamily(work.tx, guardianId)
  const already = family.find((known) => known.personId === member.personId)
  if (already) return already
  if (family.length >= largestFamily) throw identityErrors.FAMILY_FULL({ most: largestFamily })
  const mine = await createPerson(work, { id: member.personId, fullName: member.fullName, sex: member.sex, birthDate: member.birthDate })
  if (!mine) throw identityErrors.NOT_YOUR_FAMILY_MEMBER()
  await work.tx.insertInto('identity.family_member').values({
    guardian_id: guardianId, dependant_id: member.personId, relation: member.relation, consent_version: member.consentVersion,
    created_by: guardianId, valid_from: work.now, valid_until: null,
  }).onConflict((conflict) => conflict.columns(['guardian_id', 'dependant_id']).where('valid_until', 'is', null).doNothing()).execute()
  work.audit({ action: 'identity.addFamilyMember', subject: 'family_member', subjectId: member.personId, detail: { relation: member.relation } })
  const added = (await currentFamily(work.tx, guardianId)).find((known) => known.personId === member.personId)
  if (!added) throw identityErrors.NOT_YOUR_FAMILY_MEMBER()
  return added
}

/** Ends acting for somebody. The person and the record stay. */
export async function removeFamilyMember(work: Work, personId: string) {
  const { numUpdatedRows } = await work.tx.updateTable('identity.family_member').set({ valid_until: sql`greatest(valid_from, ${work.now})` })
    .where('guardian_id', '=', ownId(work)).where('dependant_id', '=', personId).where('valid_until', 'is', null).executeTakeFirst()
  if (!numUpdatedRows) throw identityErrors.NOT_YOUR_FAMILY_MEMBER()
  work.audit({ action: 'identity.removeFamilyMember', subject: 'family_member', subjectId: personId })
  return { done: true as const }
}
