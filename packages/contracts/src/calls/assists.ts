import { z } from 'zod'
import { Id, Instant } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { visitParams } from './visits.ts'

/** `agreed`: the asker let this helper see figures and do things. */
export const AssistState = z.enum(['asked', 'taken', 'agreed'])

/** What a helper may have done on the asker's page; each is named to the asker while it is done. */
export const AssistAction = z.enum(['tone', 'microphone', 'camera', 'rejoin', 'voice-only'])

/** The asker's own view. */
export const OwnAssist = z.object({ assistId: Id, state: AssistState, helperName: z.string().nullable() })

/** A request as helpers see it: where and since when; neither who, nor which visit. */
export const Assist = z.object({
  assistId: Id,
  unitNames: z.array(z.string()),
  /** The asker's part in the visit, e.g. `patient` or `nurse`. */
  role: z.string(),
  askedAt: Instant,
  state: AssistState,
  helperName: z.string().nullable(),
  /** Taken by whoever reads. */
  mine: z.boolean(),
})

const share = z.number().min(0).max(1).nullable()
const kbps = z.number().min(0).max(1_000_000).nullable()

const Device = z.strictObject({
  kind: z.enum(['microphone', 'camera', 'speaker']),
  name: z.string().max(80),
  used: z.boolean(),
})

const Source = z.strictObject({
  permission: z.enum(['granted', 'denied', 'prompt', 'unknown']),
  open: z.boolean(),
  on: z.boolean(),
  problem: z.enum(['denied', 'missing', 'busy', 'insecure', 'unknown']).nullable(),
})

/** Numbers and device names of the asker's own page: all that a helper learns. No sound, no picture, nobody's name. */
export const Figures = z.strictObject({
  devices: z.array(Device).max(16),
  microphone: Source,
  camera: Source,
  /** Loudness of the own microphone. */
  level: share,
  link: z.strictObject({
    state: z.enum(['connecting', 'connected', 'reconnecting', 'outside']),
    engine: z.enum(['mesh', 'livekit']).nullable(),
    roundTripMs: z.number().min(0).max(600_000).nullable(),
    /** Of what the page sent. */
    loss: share,
    sentKbps: kbps,
    receivedKbps: kbps,
  }),
  /** What went wrong lately, newest first. */
  problems: z.array(z.enum(['lost', 'microphone', 'camera'])).max(8),
})

export type AssistState = z.infer<typeof AssistState>
export type AssistAction = z.infer<typeof AssistAction>
export type OwnAssist = z.infer<typeof OwnAssist>
export type Assist = z.infer<typeof Assist>
export type Figures = z.infer<typeof Figures>

const ownParams = visitParams.extend({ assistId: Id })
const assistParams = z.object({ assistId: Id })

export const askAssist = defineRoute({
  id: 'calls.askAssist',
  method: 'POST',
  path: '/api/calls/visits/:visitId/assists',
  permission: 'call.join',
  idempotent: true,
  guests: true,
  summary: 'Ask the unit’s IT helpers to mend one’s own sound and picture; one request at a time',
  params: visitParams,
  body: z.object({ assistId: Id }),
  reply: OwnAssist,
})

export const readAssist = defineRoute({
  id: 'calls.readAssist',
  method: 'GET',
  path: '/api/calls/visits/:visitId/assist',
  permission: 'call.join',
  guests: true,
  summary: 'One’s own open request for help in a visit, if any',
  params: visitParams,
  reply: z.object({ assist: OwnAssist.nullable() }),
})

export const agreeToAssist = defineRoute({
  id: 'calls.agreeToAssist',
  method: 'POST',
  path: '/api/calls/visits/:visitId/assists/:assistId/agree',
  permission: 'call.join',
  idempotent: true,
  guests: true,
  summary: 'Let the helper who took the request see figures of one’s page and do things on it',
  params: ownParams,
  reply: OwnAssist,
})

export const endOwnAssist = defineRoute({
  id: 'calls.endOwnAssist',
  method: 'POST',
  path: '/api/calls/visits/:visitId/assists/:assistId/end',
  permission: 'call.join',
  idempotent: true,
  guests: true,
  summary: 'Need no more help, or refuse the helper',
  params: ownParams,
  reply: z.object({ assistId: Id }),
})

export const listAssists = defineRoute({
  id: 'calls.listAssists',
  method: 'GET',
  path: '/api/calls/assists',
  permission: 'call.assist',
  summary: 'Open requests for help of the units one helps; the hundred that wait longest',
  reply: z.object({ assists: z.array(Assist) }),
})

export const takeAssist = defineRoute({
  id: 'calls.takeAssist',
  method: 'POST',
  path: '/api/calls/assists/:assistId/take',
  permission: 'call.assist',
  idempotent: true,
  summary: 'Take a request for help; the first one helps',
  params: assistParams,
  reply: z.object({ assistId: Id }),
})

export const actInAssist = defineRoute({
  id: 'calls.actInAssist',
  method: 'POST',
  path: '/api/calls/assists/:assistId/act',
  permission: 'call.assist',
  summary: 'Have something done on the asker’s page, who is told',
  once: onceBecause.byHand,
  params: assistParams,
  body: z.object({ action: AssistAction }),
  reply: z.object({ assistId: Id }),
})

export const endAssist = defineRoute({
  id: 'calls.endAssist',
  method: 'POST',
  path: '/api/calls/assists/:assistId/end',
  permission: 'call.assist',
  idempotent: true,
  summary: 'End a request that one took',
  params: assistParams,
  reply: z.object({ assistId: Id }),
})

export const assistRoutes = {
  askAssist,
  readAssist,
  agreeToAssist,
  endOwnAssist,
  listAssists,
  takeAssist,
  actInAssist,
  endAssist,
}
