import { toast } from '@moinha/ui'
import { useEffect, useRef } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { keepSeen, readSeen, useMessages, useOutbox } from '../chat/data.ts'
import { resumeOnTheirWay } from '../chat/files-on-their-way.ts'
import type { WatchProps } from '../parts/room-panels.ts'
import { useStore } from '../parts/use-store.ts'
import { refresh } from '../../../platform/api/index.ts'

/** Sends what waits, counts what was not looked at, and says who wrote while the panel is closed. */
export function ChatWatch({ context: { visitId, visit }, open, onCount }: WatchProps) {
  useDelivery(visitId)
  const { data } = useMessages(visitId, visit?.members.length)
  const items = data?.items ?? []
  const others = items.filter(({ mine }) => !mine)
  const newest = others[0]
  useEffect(() => {
    if (open && newest) keepSeen(visitId, newest.at)
  }, [open, newest, visitId])
  const seen = readSeen(visitId)
  const unseen = open ? 0 : others.filter(({ at }) => at > seen).length
  const latest = useRef(onCount)
  useEffect(() => {
    latest.current = onCount
  })
  useEffect(() => latest.current(unseen), [unseen])
  useNews(data && (newest?.id ?? ''), open ? undefined : newest?.author.name)
  return null
}

/** The outbox runs as long as the visit stands on the page; what it sent is read back from the list. */
function useDelivery(visitId: string): void {
  const outbox = useOutbox(visitId)
  useEffect(() => outbox.start(), [outbox])
  useEffect(() => void resumeOnTheirWay(), [])
  const waiting = useStore(outbox).unsent.length
  const before = useRef(waiting)
  useEffect(() => {
    if (waiting < before.current) void refresh('calls.listMessages')
    before.current = waiting
  }, [waiting])
}

/** Says who wrote; what stood there when the page opened is no news. Undefined: not read yet. */
function useNews(newestId: string | undefined, name: string | undefined): void {
  const known = useRef<string | undefined>(undefined)
  useEffect(() => {
    const before = known.current
    if (newestId === undefined || newestId === before) return
    known.current = newestId
    if (before !== undefined && name !== undefined) toast({ text: t('calls.chat.news', { name }), staysMs: 3_000 })
  }, [newestId, name])
}
