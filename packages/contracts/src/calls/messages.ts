import { z } from 'zod'
import { Id, Instant, Page, pageQuery, sinceQuery, sinceReply, Text } from '../common.ts'
import { MESSAGE_CHARS } from '../message-limits.ts'
import { defineRoute } from '../route.ts'

const visitParams = z.object({ visitId: Id })
const messageParams = z.object({ visitId: Id, messageId: Id })

/**
 * What a message is: words, a photo, something spoken, or "please call me by telephone", which stays open until
 * somebody did.
 */
export const MessageKind = z.enum(['text', 'photo', 'voice', 'call_back'])

/** A message of a visit as its readers see it. */
export const Message = z.object({
  id: Id,
  kind: MessageKind,
  /** Of a photo: which camera of the visit took it, and when; empty where a person chose it. */
  text: z.string(),
  author: z.object({ personId: Id, name: z.string(), role: z.string(), guest: z.boolean().optional() }),
  /** Written by the reader, or by somebody they act for. */
  mine: z.boolean(),
  at: Instant,
  /** Of a spoken message: how long it is. */
  seconds: z.number().int().nullable(),
  /** Of a call-back: when somebody said that it is settled; null while it waits. */
  doneAt: Instant.nullable(),
})

/**
 * A message as it is sent; the same id may be sent twice. Photos and spoken messages come as files instead, of the
 * purposes `visit_photo`, `visit_still` (a camera of the visit at its full size) and `visit_voice`.
 */
export const NewMessage = z.discriminatedUnion('kind', [
  z.object({ id: Id, kind: z.literal('text'), text: Text(MESSAGE_CHARS) }),
  z.object({ id: Id, kind: z.literal('call_back') }),
])

/** A number that may be shown to the reader, to be called by an ordinary telephone. */
export const Phone = z.object({
  kind: z.enum(['unit', 'patient']),
  /** Whose number it is. */
  name: z.string(),
  phone: z.string(),
})

export type MessageKind = z.infer<typeof MessageKind>
export type Message = z.infer<typeof Message>
export type NewMessage = z.infer<typeof NewMessage>
export type Phone = z.infer<typeof Phone>

export const listMessages = defineRoute({
  id: 'calls.listMessages',
  method: 'GET',
  path: '/api/calls/visits/:visitId/messages',
  permission: 'call.join',
  guests: true,
  since: true,
  summary: 'What was written in a visit, newest first; also for who may read the record afterwards',
  params: visitParams,
  query: z.object({ ...pageQuery, ...sinceQuery }),
  reply: Page(Message).extend(sinceReply),
})

export const sendMessage = defineRoute({
  id: 'calls.sendMessage',
  method: 'POST',
  path: '/api/calls/visits/:visitId/messages',
  permission: 'call.join',
  guests: true,
  idempotent: true,
  offline: true,
  limitPerMinute: 60,
  summary: 'Write into a visit that goes on, with or without sound and picture; may be sent twice',
  params: visitParams,
  body: NewMessage,
  reply: Message,
})

export const settleCallBack = defineRoute({
  id: 'calls.settleCallBack',
  method: 'POST',
  path: '/api/calls/visits/:visitId/messages/:messageId/settle',
  permission: 'call.join',
  idempotent: true,
  summary: 'Say that a wish to be called by telephone is settled; the first who says so stays named',
  params: messageParams,
  reply: Message,
})

export const readAttachment = defineRoute({
  id: 'calls.readAttachment',
  method: 'GET',
  path: '/api/calls/visits/:visitId/messages/:messageId/file',
  permission: 'call.join',
  summary: 'The photo or the sound of a message, for whoever reads the message',
  params: messageParams,
  reply: z.unknown(),
  replies: { 206: z.unknown() },
  produces: ['image/jpeg', 'audio/webm', 'audio/ogg', 'audio/mp4'],
})

export const showPhones = defineRoute({
  id: 'calls.showPhones',
  method: 'GET',
  path: '/api/calls/visits/:visitId/phones',
  permission: 'call.join',
  summary: 'Telephone numbers for when no medium works: of the units, and of the patient for the staff of the visit',
  params: visitParams,
  reply: z.object({ phones: z.array(Phone) }),
})

export const messageRoutes = { listMessages, sendMessage, settleCallBack, readAttachment, showPhones }
