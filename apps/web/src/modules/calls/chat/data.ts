import type { Message } from '@moinha/contracts/calls'
import { useList } from '../../../platform/api/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { readSoon } from '../data.ts'
import { type Outbox, outboxOf } from './outbox.ts'

type Placed = Pick<Message, 'id' | 'at'>

/** Newest first, as the server lists them. */
const newestFirst = (one: Placed, other: Placed): number =>
  one.at === other.at ? (one.id < other.id ? 1 : -1) : one.at < other.at ? 1 : -1

/** What is written is to be read soon, but not by a hundred pages in one moment. */
const longestWaitMs = 2000

/** What was written in a visit of so many members; only what is new comes over the line. */
export function useMessages(visitId: string, members = 0) {
  useLive('call:message', (message: { visitId: string }) => {
    if (message.visitId === visitId) readSoon('calls.listMessages', { members, longestWaitMs })
  })
  return useList('calls.listMessages', newestFirst, {}, { params: { visitId }, query: { limit: 50 } })
}

/** Our own messages on their way into the visit. */
export function useOutbox(visitId: string): Outbox {
  const { me } = useSession()
  return outboxOf(visitId, me?.person?.id ?? '')
}

/** Up to which message of others a closed panel was looked at, by visit, as long as the tab lives. */
const seenKey = (visitId: string): string => `moinha.chat.seen.${visitId}`

export function readSeen(visitId: string): string {
  try {
    return sessionStorage.getItem(seenKey(visitId)) ?? ''
  } catch {
    return ''
  }
}

export function keepSeen(visitId: string, at: string): void {
  try {
    sessionStorage.setItem(seenKey(visitId), at)
  } catch {
    // Without storage the badge counts from the beginning after a reload.
  }
}
