import { z } from 'zod'
import type { SigningAnswer, SigningOrder, SigningService } from './signing-service.ts'

const Reply = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('signed'),
    method: z.string().max(40),
    signedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    proof: z.record(z.string(), z.unknown()),
  }),
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('declined'), reason: z.string().max(200) }),
])

/** A signer may look for the telephone; longer waits come back as `waiting` and are asked for again. */
const timeoutMs = 60_000

/**
 * A service over HTTP: `PUT {url}/signatures/{id}` with the order, answered by its state; asking again answers the
 * same.
 */
export function remoteSigning(url: string, token: string | undefined): SigningService {
  return {
    name: 'remote',
    async sign({ id, signerId, role, digest, title, statement, preparedAt }: SigningOrder): Promise<SigningAnswer> {
      const reply = await fetch(`${url.replace(/\/$/, '')}/signatures/${id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ signerId, role, digest, title, statement, preparedAt }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (!reply.ok) throw new Error(`signing service answered ${reply.status}`)
      return Reply.parse(await reply.json())
    },
  }
}
