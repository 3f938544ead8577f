import type { Work } from '../../../platform/db/work.ts'
import type { Platform } from '../../../platform/module.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { BeginStep } from '../../../platform/http/serve.ts'
import { signaturesErrors } from '../errors.ts'
import { signingService } from '../service.ts'
import { signableKinds } from '../signable-kinds.ts'
import { requireUnlocked } from './require-unlocked.ts'
import { signRequest, type SigningResult } from './sign-now.ts'

/** All that waits for the actor's signature, of every kind, the longest first. */
export async function waitingForMe(work: Work) {
  const lists = []
  for (const kind of work.registries.of(signableKinds))
    for (const paper of await kind.waitingFor(work))
      lists.push({ ...paper, kind: kind.code, kindName: kind.names, since: paper.since.toISOString() })
  return { items: lists.sort((a, b) => (a.since < b.since ? -1 : 1)) }
}

interface WhatToSign {
  kind: string
  subjectId: string
  token: string | undefined
}

/** Signs one of those, as its owner prepares it. Sent again, nothing is signed twice. */
export async function signWaiting(
  { config }: Platform,
  begin: BeginStep,
  { kind, subjectId, token }: WhatToSign,
): Promise<{ state: 'signed' | 'waiting' }> {
  const requests = await begin(async (work) => {
    const known = work.registries.find(signableKinds, kind)
    if (!known) throw platformErrors.NOT_FOUND()
    const prepared = await known.prepare(work, subjectId)
    if (prepared.length > 0) await requireUnlocked(work, config, token)
    return prepared
  })
  const results: SigningResult[] = []
  for (const id of requests) results.push(await signRequest(begin, signingService(config, begin, token), id))
  const ended = results.find(({ state }) => state === 'void' || state === 'declined')
  if (ended) throw signaturesErrors.SIGNING_NOT_WAITING()
  return { state: results.some(({ state }) => state === 'prepared') ? 'waiting' : 'signed' }
}
