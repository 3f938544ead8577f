import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { identityErrors } from '../errors.ts'
import { familyLinked } from '../events.ts'
import { judgeProxy, type ProxyConsent } from '../domain/proxy-rules.ts'
import { ownId } from '../policy.ts'
import { currentFamily, insertLink, liveLink } from '../store/family.ts'
import type { Relation, Sex } from '../store/tables.ts'
import { createPerson, refuseFutureBirth } from './create-person.ts'
import { requireRoomInFamily } from './link-family.ts'

export interface NewFamilyMember {
  personId: string
  fullName: string
  relation: Relation
  birthDate: string
  sex: Sex
  consentVersion: string
  dependantAgrees: boolean
}

/**
 * Declares a new person one acts for, say a child without a record. Somebody who exists is refused, whoever made them:
 * an existing person becomes a dependant only with proof. Sent twice, it changes nothing.
 */
export async function addFamilyMember(work: Work, member: NewFamilyMember) {
  const guardianId = ownId(work)
  refuseFutureBirth(work, member.birthDate)
  if (await liveLink(work.tx, guardianId, member.personId)) return memberOf(work, guardianId, member.personId)
  const consentBy = await consentFor(work, guardianId, member)
  await requireRoomInFamily(work, guardianId)
  // the same declaration sent in the same moment was here first
  if (await liveLink(work.tx, guardianId, member.personId)) return memberOf(work, guardianId, member.personId)
  const { personId, fullName, sex, birthDate } = member
  if (!(await createPerson(work, { id: personId, fullName, sex, birthDate })))
    throw identityErrors.NOT_YOUR_FAMILY_MEMBER()
  await insertLink(work.tx, {
    guardian_id: guardianId,
    dependant_id: personId,
    relation: member.relation,
    consent_version: member.consentVersion,
    created_by: guardianId,
    valid_from: work.now,
    consent_by: consentBy,
  })
  const link = await liveLink(work.tx, guardianId, personId)
  work.audit({
    action: 'identity.addFamilyMember',
    subject: 'family_member',
    subjectId: link?.id,
    patientId: personId,
    detail: { relation: member.relation },
  })
  if (link) await work.emit(familyLinked, { linkId: link.id, guardianId, dependantId: personId, proof: 'declared' })
  return memberOf(work, guardianId, personId)
}

async function memberOf(work: Work, guardianId: string, personId: string) {
  const family = await currentFamily(work.tx, guardianId)
  const found = family.find((known) => known.personId === personId)
  if (!found) throw identityErrors.NOT_YOUR_FAMILY_MEMBER()
  return found
}

/** The rules of age for somebody newly declared. */
async function consentFor(work: Work, guardianId: string, member: NewFamilyMember): Promise<ProxyConsent> {
  const guardian = await asSystem(work, systemActor, ({ tx }) =>
    tx.selectFrom('identity.person').where('id', '=', guardianId).select('birth_date').executeTakeFirst(),
  )
  const today = localDateOf(work.now)
  const judged = judgeProxy({
    guardianBorn: guardian?.birth_date ?? null,
    dependantBorn: member.birthDate,
    today,
    proof: 'declared',
    dependantAgrees: member.dependantAgrees,
  })
  if ('refused' in judged) throw identityErrors[judged.refused]()
  return judged.consentBy
}
