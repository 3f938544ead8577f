import { permissions, type Permission } from '@moinha/contracts/permissions'
import { sql } from 'kysely'
import { isWithin, type Actor } from '../../../platform/access/actor.ts'
import { compileOnce } from '../../../platform/db/compile-once.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import { homeOf } from '../domain/roles.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { currentFamily } from '../store/family.ts'
import { mustEnrol } from './read-actor.ts'

const nobody = {
  person: null,
  permissions: [],
  practitionerRoles: [],
  family: [],
  pending: [],
  waitsForVouch: false,
  home: '/',
  language: 'vi' as const,
}

/** Who is signed in, for the first paint of every screen. */
export async function readMe(work: Work, parts: IdentityParts) {
  const { tx, actor } = work
  const demo = parts.config.DEMO
  if (!actor.personId) return { ...nobody, demo }
  const [account, practitionerRoles, family] = await Promise.all([
    accountOf(tx, actor.personId),
    practitionerRolesOf(work, actor),
    currentFamily(tx, actor.personId),
  ])
  const pending = [
    ...(account.must_change_password ? ['password' as const] : []),
    ...(mustEnrol(parts, account) ? ['totp' as const] : []),
  ]
  return {
    person: { id: account.id, fullName: account.full_name, kind: account.kind },
    permissions: (Object.keys(permissions) as Permission[]).filter((permission) => actor.can(permission)),
    practitionerRoles,
    family,
    pending,
    waitsForVouch: account.credential_by !== null && account.vouched_at === null,
    demo,
    home: homeOf(account.kind),
    language: account.language,
  }
}

const accountById = compileOnce((tx, { personId }: { personId: string }) =>
  tx
    .selectFrom('identity.account_user as u')
    .innerJoin('identity.person as p', 'p.id', 'u.id')
    .where('u.id', '=', personId)
    .select([
      'u.id',
      'u.kind',
      'u.totp_enabled',
      'u.must_change_password',
      'u.credential_by',
      'u.vouched_at',
      'p.full_name',
      'p.language',
    ]),
)

async function accountOf(tx: Tx, personId: string) {
  const [account] = await accountById(tx, { personId })
  if (!account) throw new Error('a session without an account')
  return account
}

const rolesHeldBy = compileOnce((tx, { personId }: { personId: string | null }) =>
  tx
    .selectFrom('identity.practitioner_role')
    .where('person_id', '=', personId)
    .where('valid_until', 'is', null)
    .select(['facility_id', 'title'])
    .orderBy(sql`valid_from`),
)

/** Practitioner roles with what was granted there; a grant where there is none counts as one without a title. */
async function practitionerRolesOf({ tx }: Work, actor: Actor) {
  const granted = [...new Set([...actor.grants.map((grant) => grant.facilityId), ...actor.clinicalFacilityIds])]
  const [rows, known] = await Promise.all([rolesHeldBy(tx, { personId: actor.personId }), facilityCards(tx, granted)])
  const posted = new Set(rows.map((row) => row.facility_id))
  const bare = actor.grants
    .filter((grant) => !posted.has(grant.facilityId))
    .map((grant) => ({ facility_id: grant.facilityId, title: '' }))
  // a practitioner role where nothing is granted
  const further = await facilityCards(
    tx,
    [...posted].filter((id) => !granted.includes(id)),
  )
  const cards = new Map([...known, ...further].map((card) => [card.id, card]))
  return [...rows, ...bare].flatMap(({ facility_id: facilityId, title }) => {
    const card = cards.get(facilityId)
    return card ? [{ facilityId, facilityName: card.name, title, role: roleAt(actor, facilityId, card.path) }] : []
  })
}

function roleAt(actor: Actor, facilityId: string, path: string): string {
  const own = actor.grants.find((grant) => grant.facilityId === facilityId)
  return (own ?? actor.grants.find((grant) => isWithin(path, grant.path)))?.role ?? ''
}
