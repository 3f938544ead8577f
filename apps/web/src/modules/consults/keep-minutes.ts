import type { Consult, MinutesContent } from '@moinha/contracts/consults'
import { useEffect, useState } from 'react'
import { useSend } from '../../platform/api/index.ts'
import { mergeMinutes, type Piece } from './minutes-merge.ts'

/** A colleague's newer text, as the refusal of a save gave it. */
export interface Newer {
  by: string
  at: string
  content: MinutesContent
  contentHash: string
}

interface Beginning {
  consult: Consult
  minutesId: string
  start: MinutesContent
  /** Hash of the draft this begins with; none where it is a first text. */
  startHash: string | null
}

/**
 * A draft of minutes that several colleagues may write: what was typed, what was kept last, and whom one met meanwhile.
 */
export function useMinutesDraft({ consult, minutesId, start, startHash }: Beginning) {
  const [content, setContent] = useState(start)
  const [kept, setKept] = useState({ content: start, hash: startHash })
  const [met, setMet] = useState<{ newer: Newer; clashes: readonly Piece[] } | null>(null)
  const [dirty, setDirty] = useState(false)
  const save = useSend('consults.saveMinutes')
  const change = (part: Partial<MinutesContent>): void => {
    setContent((before) => ({ ...before, ...part }))
    setDirty(true)
  }
  const keep = async (): Promise<boolean> => {
    const params = { id: consult.id, minutesId }
    const reply = await save.run({ params, body: { ...content, basedOn: kept.hash } })
    if (!reply) return false
    setDirty(false)
    setMet(null)
    // the server's own words for it: typed text comes back trimmed
    if (reply.minutes?.id === minutesId) setKept({ content: reply.minutes.content, hash: reply.minutes.contentHash })
    return true
  }
  const isLate = save.problem?.code === 'MINUTES_SAVED_MEANWHILE'
  const newer = isLate ? (save.problem?.params as unknown as Newer) : null
  useEffect(() => {
    if (!newer || newer.contentHash === kept.hash) return
    const merge = mergeMinutes(kept.content, content, newer.content)
    setContent(merge.content)
    setMet({ newer, clashes: merge.clashes })
    setKept({ content: newer.content, hash: newer.contentHash })
  }, [newer, kept, content])
  const settle = (piece: Piece, value: MinutesContent[Piece]): void => {
    change({ [piece]: value })
    setMet((before) => before && { ...before, clashes: before.clashes.filter((other) => other !== piece) })
  }
  return { content, change, keep, settle, met, dirty, busy: save.busy, problem: isLate ? null : save.problem }
}
