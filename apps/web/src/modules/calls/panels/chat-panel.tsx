import { Button, Notice, Skeleton } from '@moinha/ui'
import { useEffect, useRef } from 'react'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useMessages, useOutbox } from '../chat/data.ts'
import css from '../chat/chat.module.css'
import { Composer } from '../chat/composer.tsx'
import { useOnTheirWay } from '../chat/files-on-their-way.ts'
import { SendingLine } from '../chat/sending-line.tsx'
import { MessageLine, UnsentLine } from '../chat/message-line.tsx'
import type { Outbox } from '../chat/outbox.ts'
import type { PanelProps } from '../parts/room-panels.ts'
import { useStore } from '../parts/use-store.ts'

/** What is written in the visit, and a line to write. Needs no sound and no picture. */
export function ChatPanel({ context: { visitId, visit } }: PanelProps) {
  const outbox = useOutbox(visitId)
  const finished = visit !== undefined && visit.finishedAt !== null
  return (
    <div className={css.chat}>
      <History visitId={visitId} members={visit?.members.length} outbox={outbox} />
      {finished ? <Notice>{t('calls.chat.finished')}</Notice> : <Composer visitId={visitId} outbox={outbox} />}
    </div>
  )
}

interface HistoryProps {
  visitId: string
  members: number | undefined
  outbox: Outbox
}

function History({ visitId, members, outbox }: HistoryProps) {
  const { data, error, more, refetch } = useMessages(visitId, members)
  const { unsent } = useStore(outbox)
  const files = useOnTheirWay(visitId)
  const items = data?.items ?? []
  const scroll = useEndInSight(`${items[0]?.id ?? ''} ${unsent.map((one) => one.state).join()} ${files.length}`)
  return (
    <div className={css.scroll} ref={scroll}>
      {more && (
        <Button look="quiet" small busy={more.busy} onClick={more.run}>
          {t('calls.chat.older')}
        </Button>
      )}
      {!data && <NotRead error={error} again={() => void refetch()} />}
      {data && items.length + unsent.length + files.length === 0 && <p className={css.none}>{t('calls.chat.none')}</p>}
      <ol className={css.list} aria-label={t('calls.chat.list')}>
        {[...items].reverse().map((message) => (
          <MessageLine key={message.id} visitId={visitId} message={message} />
        ))}
        {unsent.map((one) => (
          <UnsentLine key={one.message.id} outbox={outbox} unsent={one} />
        ))}
        {files.map((sending) => (
          <SendingLine key={sending.id} sending={sending} />
        ))}
      </ol>
    </div>
  )
}

function NotRead({ error, again }: { error: Error | null; again: () => void }) {
  return error ? <ProblemNotice error={error} onRetry={again} /> : <Skeleton label={t('state.loading')} lines={3} />
}

/** What was written last comes into sight. */
function useEndInSight(last: string) {
  const scroll = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = scroll.current
    if (element) element.scrollTop = element.scrollHeight
  }, [last])
  return scroll
}
