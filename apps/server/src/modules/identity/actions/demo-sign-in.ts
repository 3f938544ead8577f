import { sql } from 'kysely'
import type { FastifyReply } from 'fastify'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { Caller } from '../domain/caller.ts'
import { castCitizens, castStaff } from '../domain/demo-cast.ts'
import { demoPersonId } from '../domain/demo-ids.ts'
import { homeOf } from '../domain/roles.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { noteSignIn } from '../store/sign-in-log.ts'
import { authHeaders, leaveFormerSession, passCookies } from './caller.ts'

const players = [
  ...Object.values(castCitizens).map((citizen) => ({
    key: citizen.castKey,
    personKey: citizen.key,
    name: citizen.fullName,
    role: 'citizen',
    facilityKey: citizen.facilityKey,
    kind: 'citizen' as const,
  })),
  ...castStaff.map((staff) => ({
    key: staff.castKey,
    personKey: staff.key,
    name: staff.fullName,
    role: staff.role,
    facilityKey: staff.facilityKey,
    kind: 'staff' as const,
  })),
]

/** Outside demo mode these routes do not exist. */
function demoOnly({ config }: IdentityParts): void {
  if (!config.DEMO || config.production) throw platformErrors.NOT_FOUND()
}

/** The people a newcomer may play. */
export async function demoCast(work: Work, parts: IdentityParts) {
  demoOnly(parts)
  const rows = await work.tx
    .selectFrom('facilities.unit')
    .where(sql<boolean>`key = any (${players.map((player) => player.facilityKey)}::text[])`)
    .select(['key', 'name'])
    .execute()
  const names = new Map(rows.map((row) => [row.key, row.name]))
  return {
    items: players.map(({ key, name, role, facilityKey, kind }) => ({
      key,
      name,
      role,
      facilityName: names.get(facilityKey) ?? '',
      home: homeOf(kind),
    })),
  }
}

/** Signs in as one of them, with a real session. */
export async function demoEnter(parts: IdentityParts, key: string, caller: Caller, reply: FastifyReply) {
  demoOnly(parts)
  const player = players.find((known) => known.key === key)
  if (!player) throw platformErrors.NOT_FOUND()
  const personId = demoPersonId(player.personKey)
  const { headers } = await parts.auth.api.enterAs({
    body: { personId },
    headers: authHeaders(caller, []),
    returnHeaders: true,
  })
  passCookies(reply, headers)
  await leaveFormerSession(parts, caller)
  await noteSignIn(parts.db, caller, { method: 'demo', outcome: 'done', personId })
  return { home: homeOf(player.kind) }
}

/** What the demo's text gateway received, newest first. */
export async function demoOutbox(parts: IdentityParts) {
  demoOnly(parts)
  const fake = await parts.fakeSms
  return { items: fake?.received() ?? [] }
}
