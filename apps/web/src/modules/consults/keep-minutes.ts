import type { Consult, MinutesContent } from '@moinha/contracts/consults'
import { useEffect, useState } from 'react'
import { useSend } from '../../platform/api/index.ts'
import { useTyped } from '../../platform/change-over/index.ts'
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
  const [{ content, kept, dirty }, setWriting] = useTyped(`minutes:${consult.id}`, () => ({
    content: start,
    kept: { content: start, hash: startHash },
    dirty: false,
  }))
  const [met, setMet] = useState<{ newer: Newer; clashes: readonly Piece[] } | null>(null)
  const save = useSend('consults.saveMinutes')
  const change = (part: Partial<MinutesContent>): void => {
    setWriting((before) => ({ ...before, content: { ...before.content, ...part }, dirty: true }))
  }
  const keep = async (): Promise<boolean> => {
    const params = { id: consult.id, minutesId }
    const reply = await save.run({ params, body: { ...content, basedOn: kept.hash } })
    if (!reply) return false
    setMet(null)
    // the server's own words for it: typed text comes back trimmed
    const saved = reply.minutes?.id === minutesId ? reply.minutes : undefined
    setWriting((before) => ({
      ...before,
      dirty: false,
      ...(saved && { kept: { content: saved.content, hash: saved.contentHash } }),
    }))
    return true
  }
  const isLate = save.problem?.code === 'MINUTES_SAVED_MEANWHILE'
  const newer = isLate ? (save.problem?.params as unknown as Newer) : null
  useEffect(() => {
    if (!newer || newer.contentHash === kept.hash) return
    const merge = mergeMinutes(kept.content, content, newer.content)
    setMet({ newer, clashes: merge.clashes })
    setWriting((before) => ({
      ...before,
      content: merge.content,
      kept: { content: newer.content, hash: newer.contentHash },
    }))
  }, [newer, kept, content, setWriting])
  const settle = (piece: Piece, value: MinutesContent[Piece]): void => {
    change({ [piece]: value })
    setMet((before) => before && { ...before, clashes: before.clashes.filter((other) => other !== piece) })
  }
  return { content, change, keep, settle, met, dirty, busy: save.busy, problem: isLate ? null : save.problem }
}
