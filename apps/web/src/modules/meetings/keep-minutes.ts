import type { MinutesContent } from '@moinha/contracts/meetings'
import { useEffect, useRef, useState } from 'react'
import { call, queryClient, queryFor, refresh, useSend } from '../../platform/api/index.ts'
import { useTyped } from '../../platform/change-over/index.ts'
import { mayPass, restAfter } from './again.ts'
import type { MinutesView } from './data.ts'
import { mergeMinutes } from './minutes-merge.ts'

/** So long after the last key the draft is kept by itself. */
const restMs = 1500

interface Stand {
  revision: number
  content: MinutesContent
}

/** What was sent last, and how often in a row it did not get through. */
interface Tried {
  content: MinutesContent | null
  failures: number
}

const same = (one: MinutesContent, other: MinutesContent): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What whoever opens the draft next begins with. */
function noteKept(meetingId: string, { revision, content }: Stand): void {
  const { queryKey } = queryFor('meetings.minutes', { params: { id: meetingId } })
  queryClient.setQueryData<MinutesView>(
    queryKey,
    (before) => before && { ...before, revision, content, status: 'draft' },
  )
}

/** A panel that is closed in the middle of a word keeps the word. */
function useKeptAtClosing(meetingId: string, unkept: Stand | null): void {
  const latest = useRef(unkept)
  useEffect(() => {
    latest.current = unkept
  })
  useEffect(
    () => () => {
      if (latest.current === null) return
      const { revision, content } = latest.current
      noteKept(meetingId, { revision: revision + 1, content })
      void call('meetings.saveMinutes', { params: { id: meetingId }, body: { content, revision } }).catch(() =>
        refresh('meetings.minutes'),
      )
    },
    [meetingId],
  )
}

/** A draft that keeps itself, by one hand or several. */
export function useMinutesWriting(minutes: MinutesView) {
  const [{ content, kept }, setWriting] = useTyped(`meeting-minutes:${minutes.meetingId}:${minutes.version}`, () => {
    const stand: Stand = { revision: minutes.revision, content: minutes.content }
    return { content: stand.content, kept: stand }
  })
  const [met, setMet] = useState(false)
  const [tried, setTried] = useState<Tried>({ content: null, failures: 0 })
  const save = useSend('meetings.saveMinutes')
  const dirty = !same(content, kept.content)
  const change = (part: Partial<MinutesContent>): void =>
    setWriting((before) => ({ ...before, content: { ...before.content, ...part } }))
  useKeptAtClosing(minutes.meetingId, dirty ? { revision: kept.revision, content } : null)
  const keep = async (): Promise<number | undefined> => {
    if (!dirty) return kept.revision
    const reply = await save.run({ params: { id: minutes.meetingId }, body: { content, revision: kept.revision } })
    setTried(({ failures }) => ({ content, failures: reply ? 0 : failures + 1 }))
    if (!reply) return undefined
    setWriting((before) => ({ ...before, kept: { revision: reply.revision, content } }))
    noteKept(minutes.meetingId, { revision: reply.revision, content })
    void refresh('meetings.list')
    return reply.revision
  }
  const late = save.problem?.code === 'CHANGED_MEANWHILE'
  const current = late ? (save.problem?.params['current'] as Stand | undefined) : undefined
  useEffect(() => {
    if (!current || current.revision === kept.revision) return
    setMet(true)
    setWriting((before) => ({
      content: mergeMinutes(before.kept.content, before.content, current.content),
      kept: current,
    }))
  }, [current, kept.revision, setWriting])
  const problem = current ? null : save.problem
  // what was refused for good is not sent again before somebody changes it
  const refused = problem !== null && !mayPass(problem) && tried.content === content
  const rest = problem === null || !mayPass(problem) ? restMs : restAfter(tried.failures)
  useEffect(() => {
    if (!dirty || save.busy || refused) return
    const timer = setTimeout(() => void keep(), rest)
    return () => clearTimeout(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a pause after what was typed last, whatever else is drawn
  }, [content, kept, save.busy, refused, rest])
  return { content, change, keep, dirty, met, refused, busy: save.busy, problem }
}

export type MinutesWriting = ReturnType<typeof useMinutesWriting>
