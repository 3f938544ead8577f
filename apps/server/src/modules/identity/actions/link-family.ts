import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { isAdult, judgeProxy, type ProxyConsent, type ProxyPaper, type ProxyProof } from '../domain/proxy-rules.ts'
import { identityErrors } from '../errors.ts'
import { familyLinked } from '../events.ts'
import { closeLink, countFamily, insertLink, liveLink, lockFamily } from '../store/family.ts'
import type { Relation } from '../store/tables.ts'

const largestFamily = 20

export interface ProxyParties {
  guardianId: string
  dependantId: string
  proof: ProxyProof
  paper?: ProxyPaper | undefined
  dependantAgrees: boolean
}

export interface NewLink extends ProxyParties {
  id: string
  relation: Relation
  consentVersion: string
  paperNote?: string | null | undefined
  /** The station where a paper was looked at. */
  facilityId?: string | undefined
}

/** Only an adult of known age acts for others; says what to do otherwise. */
export async function requireAdult(work: Work, guardianId: string): Promise<void> {
  const born = (await birthDates(work, [guardianId])).get(guardianId) ?? null
  if (born === null) throw identityErrors.GUARDIAN_BIRTH_DATE_MISSING()
  if (!isAdult(born, localDateOf(work.now))) throw identityErrors.GUARDIAN_MINOR()
}

/** On whose consent it would rest that the one acts for the other; refuses by the rules of age. */
async function requireProxyAllowed(work: Work, parties: ProxyParties): Promise<ProxyConsent> {
  const { guardianId, dependantId, proof, paper, dependantAgrees } = parties
  if (guardianId === dependantId) throw identityErrors.GUARDIAN_IS_DEPENDANT()
  const bornOf = await birthDates(work, [guardianId, dependantId])
  const judged = judgeProxy({
    guardianBorn: bornOf.get(guardianId) ?? null,
    dependantBorn: bornOf.get(dependantId) ?? null,
    today: localDateOf(work.now),
    proof,
    paper,
    dependantAgrees,
  })
  if ('refused' in judged) throw identityErrors[judged.refused]()
  return judged.consentBy
}

async function birthDates(work: Work, ids: string[]): Promise<Map<string, string | null>> {
  const rows = await asSystem(work, systemActor, ({ tx }) =>
    tx
      .selectFrom('identity.person')
      .where(sql<boolean>`id = any (${ids}::uuid[])`)
      .select(['id', 'birth_date'])
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, row.birth_date]))
}

/** A family has an end, so that an account cannot gather a village. */
export async function requireRoomInFamily(work: Work, guardianId: string): Promise<void> {
  await lockFamily(work.tx, guardianId)
  const count = await asSystem(work, systemActor, ({ tx }) => countFamily(tx, guardianId))
  if (count >= largestFamily) throw identityErrors.FAMILY_FULL({ most: largestFamily })
}

/**
 * Makes somebody act for an existing person, after the caller proved it. A better proof takes the place of the one
 * before. The `proxy` relationship of the record follows in the same statement.
 */
export async function linkFamily(work: Work, link: NewLink): Promise<void> {
  const consentBy = await requireProxyAllowed(work, link)
  const { guardianId, dependantId, proof } = link
  await lockFamily(work.tx, guardianId)
  await asSystem(work, systemActor, async ({ tx }) => {
    const before = await liveLink(tx, guardianId, dependantId)
    if (before) await closeLink(tx, before.id, { now: work.now, endedBy: work.actor.personId, reason: null })
    else if ((await countFamily(tx, guardianId)) >= largestFamily)
      throw identityErrors.FAMILY_FULL({ most: largestFamily })
    const written = await insertLink(tx, {
      id: link.id,
      guardian_id: guardianId,
      dependant_id: dependantId,
      relation: link.relation,
      consent_version: link.consentVersion,
      created_by: work.actor.personId,
      valid_from: work.now,
      proof,
      paper: link.paper ?? null,
      paper_note: link.paperNote || null,
      consent_by: consentBy,
      facility_id: link.facilityId ?? null,
    })
    if (!written) throw platformErrors.CHANGED_MEANWHILE()
  })
  await work.emit(familyLinked, { linkId: link.id, guardianId, dependantId, proof })
}
