import type { FastifyReply } from 'fastify'
import type { Work } from '../../../platform/db/work.ts'
import type { Caller } from '../domain/caller.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { sessionCookie } from '../ports/auth.ts'
import { authHeaders, passCookies } from './caller.ts'

/** Ends this session on the server and takes the cookies back. */
export async function signOut(work: Work, parts: IdentityParts, caller: Caller, reply: FastifyReply) {
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
