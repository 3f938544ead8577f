import { z } from 'zod'
import { isDemoPhone } from '../domain/demo-people.ts'
import type { SmsGateway } from './sms.ts'

const Taken = z.object({ reference: z.string().max(200) })
const timeoutMs = 10_000

/**
 * Gateway over HTTP: `POST {url}` with `{ id, to, text }` and a bearer token, answered by `{ reference }`. A real one
 * never gets a number of the demo.
 */
export function httpSmsGateway(url: string, token: string | undefined, real: boolean): SmsGateway {
  return {
    async send(message) {
      if (real && isDemoPhone(message.to)) throw new Error('a number of the demo')
      const reply = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (!reply.ok) throw new Error(`gateway answered ${reply.status}`)
      return Taken.parse(await reply.json())
    },
  }
}
