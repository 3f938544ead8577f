import { useState } from 'react'
import { newId, refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { currentOf, useEditing, useMet } from '../../../platform/editing/index.ts'
import type { Area } from './area-picker.tsx'

type Managed = ReplyOf<'news.managed'>
type Version = Managed['versions'][number]
export type Words = Pick<Version, 'titleVi' | 'bodyVi' | 'titleEn' | 'bodyEn' | 'priority' | 'fromDay' | 'untilDay'>

const blank: Words = {
  titleVi: '',
  bodyVi: '',
  titleEn: '',
  bodyEn: '',
  priority: 'normal',
  fromDay: null,
  untilDay: null,
}

function wordsOf(message: Managed | undefined): Words {
  const [newest] = message?.versions ?? []
  if (!newest) return blank
  const { titleVi, bodyVi, titleEn, bodyEn, priority, fromDay, untilDay } = newest
  return { titleVi, bodyVi, titleEn, bodyEn, priority, fromDay, untilDay }
}

/** What is on the desk; `dirty` once something of it was not kept. */
function useDesk(message: Managed | undefined) {
  const editing = useEditing<Words, number>({ version: message?.edits ?? 0, fields: wordsOf(message) })
  const { fields: words, set } = editing
  const [area, setArea] = useState<Area | null>(() =>
    message?.area ? { ...message.area, people: message.counts?.recipients ?? null } : null,
  )
  const [reason, setReason] = useState('')
  const [dirty, setDirty] = useState(false)
  return {
    words,
    editing,
    area,
    reason,
    dirty,
    kept: () => setDirty(false),
    write: (part: Partial<Words>) => {
      set(part)
      setDirty(true)
    },
    chooseArea: (next: Area | null) => {
      setArea(next)
      setDirty(true)
    },
    giveReason: (text: string) => {
      setReason(text)
      setDirty(true)
    },
  }
}

/** What is written and not yet sent: a new draft, a kept one, or a correction of what people see. */
export function useWriting(message: Managed | undefined) {
  const [id] = useState(() => message?.id ?? newId())
  const { kept, ...desk } = useDesk(message)
  const { words, area, reason, dirty, editing } = desk
  const edits = editing.version
  const save = useSend('news.saveDraft')
  const publish = useSend('news.publish')
  const correct = useSend('news.correct')
  const correcting = message?.status === 'published'
  // a colleague kept the draft first: what was written here stands upon theirs
  const current = currentOf<Words & { edits: number }>(save.problem)
  useMet(current, ({ edits: version, ...fields }) => {
    if (editing.meet({ version, fields })) kept()
  })

  /** Keeps the draft; answers its number of changes, or undefined when refused. */
  const keep = async (): Promise<number | undefined> => {
    if (!area) return undefined
    if (!dirty && edits > 0) return edits
    const reply = await save.run({ params: { id }, body: { ...words, areaId: area.id, edits } })
    if (!reply) return undefined
    editing.keep({ version: reply.edits, fields: words })
    kept()
    await refresh('news.list', 'news.managed')
    return reply.edits
  }
  const send = async (): Promise<boolean> => {
    const draft = correcting ? undefined : await keep()
    const done = correcting
      ? await correct.run({ params: { id }, body: { ...words, reason, version: message.version } })
      : draft !== undefined && (await publish.run({ params: { id }, body: { edits: draft } }))
    if (done) {
      kept()
      await refresh('news.')
    }
    return Boolean(done)
  }
  return {
    ...desk,
    id,
    correcting,
    keep,
    send,
    edits,
    busy: save.busy || publish.busy || correct.busy,
    problem: (current ? null : save.problem) ?? publish.problem ?? correct.problem,
  }
}
export type Writing = ReturnType<typeof useWriting>
