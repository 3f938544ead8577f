import { z } from 'zod'
import { Id, OptionalText } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { Decision, MinutesTyped } from './minutes.ts'
import { Consult } from './consult.ts'
import { Unlocking } from '../signatures.ts'

const MinutesParams = z.object({ id: Id, minutesId: Id })

export const saveMinutes = defineRoute({
  id: 'consults.saveMinutes',
  method: 'PUT',
  path: '/api/consults/:id/minutes/:minutesId',
  permission: 'consult.read',
  idempotent: true,
  offline: true,
  summary: 'Keep a draft of the minutes, seen by the author’s side only; a colleague’s newer text is not overwritten',
  params: MinutesParams,
  /** `basedOn`: hash of the draft as the writer last saw it; none where they saw none. */
  body: MinutesTyped.extend({ basedOn: z.string().length(64).nullable().default(null) }),
  reply: Consult,
})

export const proposeMinutes = defineRoute({
  id: 'consults.proposeMinutes',
  method: 'POST',
  path: '/api/consults/:id/minutes/:minutesId/propose',
  permission: 'consult.read',
  idempotent: true,
  summary: 'Lay the minutes before both ends for signing; every question must be answered',
  params: MinutesParams,
  reply: Consult,
})

export const signMinutes = defineRoute({
  id: 'consults.signMinutes',
  method: 'POST',
  path: '/api/consults/:id/minutes/:minutesId/sign',
  permission: 'consult.read',
  once: onceBecause.byHand,
  summary: 'Sign the text that was read; the last signature locks and files it',
  params: MinutesParams,
  body: z.object({
    /** Hash of the text as it was shown. */ contentHash: z.string().regex(/^[0-9a-f]{64}$/),
    decision: Decision.optional(),
    decisionReason: OptionalText(1000).default(''),
    /** Of whoever signs with a key of their own. */
    unlocking: Unlocking.optional(),
  }),
  reply: Consult,
  /** The signing service waits for its signer; the signature is put when it comes. */
  replies: { 202: Consult },
})

export const signedMinutesPdf = defineRoute({
  id: 'consults.signedMinutesPdf',
  method: 'GET',
  path: '/api/consults/:id/minutes/:minutesId/signed.pdf',
  permission: 'consult.read',
  summary: 'The minutes with their digital signatures so far, as the signers signed them',
  params: MinutesParams,
  reply: z.unknown(),
  produces: ['application/pdf'],
})

export const minutesRoutes = { saveMinutes, proposeMinutes, signMinutes, signedMinutesPdf }
