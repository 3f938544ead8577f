import type { FastifyReply } from 'fastify'
import type { Work } from '../../../platform/db/work.ts'
import type { Caller } from '../domain/caller.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { sessionCookie } from '../ports/auth.ts'
import { sessionOfToken } from '../store/device-pins.ts'
import { authHeaders, passCookies } from './caller.ts'
import { tokenOf } from './read-actor.ts'

/** Ends this session on the server and takes the cookies back. */
export async function signOut(work: Work, parts: IdentityParts, caller: Caller, reply: FastifyReply) {
  // who opened this session by PIN leaves for good: the sign-in behind it, and with it the PIN
  const token = tokenOf(parts, caller.cookie)
  const opened = token && (await sessionOfToken(parts.db, token))
  if (opened && opened.opened_from)
    await parts.db.deleteFrom('identity.account_session').where('id', '=', opened.opened_from).execute()
  const { headers } = await parts.auth.api.signOut({
    headers: authHeaders(caller, [sessionCookie]),
    returnHeaders: true,
  })
  passCookies(reply, headers)
  if (work.actor.personId) {
    work.audit({ action: 'identity.signOut', subject: 'account', subjectId: work.actor.personId })
  }
  return { done: true as const }
}
