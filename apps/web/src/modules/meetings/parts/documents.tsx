import { Button, Icon, toast } from '@moinha/ui'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { ApiProblem, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import { resumeFiles, sendFile, type Sending } from '../../../platform/uploads/index.ts'
import type { MeetingView } from '../data.ts'
import css from './meetings.module.css'

type MeetingDocument = MeetingView['documents'][number]

const purpose = 'meeting_document'
const accepted = '.pdf,.docx,.xlsx,.pptx,image/jpeg,image/png,image/webp'

/** 1.234.567 → "1,2 MB". */
function sizeWords(bytes: number): string {
  const mega = bytes / 1_000_000
  return mega >= 0.1
    ? `${formatNumber(mega, { maximumFractionDigits: 1 })} MB`
    : `${formatNumber(Math.max(1, Math.round(bytes / 1000)))} kB`
}

/** Papers to open, in a page of their own so that the room goes on. */
export function Documents({ meeting, documents }: { meeting: MeetingView; documents: readonly MeetingDocument[] }) {
  if (documents.length === 0) return null
  return (
    <ul className={css.documents} aria-label={t('meetings.documents.title')}>
      {documents.map((one) => (
        <li key={one.id}>
          <a
            className={css.document}
            href={`/api/meetings/${meeting.id}/documents/${one.id}/content`}
            target="_blank"
            rel="noreferrer"
          >
            <Icon name="report" size={1.2} />
            <span>{one.name}</span>
            <span className={css.soft}>{sizeWords(one.size)}</span>
          </a>
          {meeting.may.host && <RemoveDocument meetingId={meeting.id} document={one} />}
        </li>
      ))}
    </ul>
  )
}

function RemoveDocument({ meetingId, document }: { meetingId: string; document: MeetingDocument }) {
  const [asked, setAsked] = useState(false)
  const sending = useSend('meetings.removeDocument')
  const remove = async (): Promise<void> => {
    if (!(await sending.run({ params: { id: meetingId, documentId: document.id } }))) return
    toast({ text: t('meetings.documents.removed') })
    await refresh('meetings.get')
  }
  if (!asked)
    return (
      <Button look="quiet" small icon="trash" iconOnly onClick={() => setAsked(true)}>
        {t('meetings.documents.remove', { name: document.name })}
      </Button>
    )
  return (
    <>
      <Button look="danger" small busy={sending.busy} onClick={() => void remove()}>
        {t('meetings.documents.removeSure')}
      </Button>
      <Button look="quiet" small onClick={() => setAsked(false)}>
        {t('do.cancel')}
      </Button>
      <ProblemNotice error={sending.problem} />
    </>
  )
}

interface AddProps {
  meetingId: string
  agendaItemId: string | null
  what: string
}

/** Chooses a paper and sends it; a lost line only delays it. */
export function AddDocument({ meetingId, agendaItemId, what }: AddProps) {
  const input = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState<Sending | null>(null)
  useEffect(() => {
    // what an earlier page left unsent goes on, shown at the line that belongs to no point
    if (agendaItemId === null)
      void resumeFiles(purpose).then((left) => setSending(left.find((one) => one.subjectId === meetingId) ?? null))
  }, [agendaItemId, meetingId])
  const send = (file: File): void =>
    setSending(sendFile({ purpose, subjectId: meetingId, blob: file, name: file.name, detail: { agendaItemId } }))
  const label = what === '' ? t('meetings.documents.addGeneral') : t('meetings.documents.addTo', { what })
  return (
    <div className={css.add}>
      <input
        ref={input}
        className={css.file}
        type="file"
        aria-label={label}
        tabIndex={-1}
        accept={accepted}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) send(file)
          event.currentTarget.value = ''
        }}
      />
      <Button look="quiet" small icon="upload" aria-label={label} onClick={() => input.current?.click()}>
        {t(what === '' ? 'meetings.documents.addGeneral' : 'meetings.documents.add')}
      </Button>
      {sending && <SendingLine key={sending.id} sending={sending} onEnd={() => setSending(null)} />}
    </div>
  )
}

function SendingLine({ sending, onEnd }: { sending: Sending; onEnd: () => void }) {
  const { phase, sent, size, problem } = useSyncExternalStore(sending.subscribe, () => sending.state)
  useEffect(() => {
    if (phase === 'done') void refresh('meetings.get').then(onEnd)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, at its end
  }, [phase])
  if (phase === 'failed')
    return <ProblemNotice error={problem ?? new ApiProblem('INTERNAL', { status: 0 })} onRetry={onEnd} />
  return (
    <p role="status" className={css.sending}>
      <progress value={sent} max={size} aria-label={sending.name} />
      {t(phase === 'waiting' ? 'meetings.documents.waiting' : 'meetings.documents.sending', { name: sending.name })}
      <Button look="quiet" small onClick={() => void sending.cancel().then(onEnd)}>
        {t('do.cancel')}
      </Button>
    </p>
  )
}
