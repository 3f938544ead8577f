import { useQuery } from '@tanstack/react-query'
import { Button, Card } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
import type { RecordedSpan } from '@moinha/contracts/calls'
import { addressOf, queryFor } from '../../../platform/api/index.ts'
import { formatDateTime, formatDuration, t, useLanguage } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import css from './recording-history.module.css'

interface HistoryProps {
  visitId: string
  /** What was recorded last may still be on its way: looked at again so often. */
  lookMs?: number
}

/** What was recorded of a visit, for whoever may see it; nothing was, or it is not theirs: nothing is there. */
export function RecordingHistory({ visitId, lookMs }: HistoryProps) {
  useLanguage()
  const read = queryFor('calls.listRecordings', { params: { visitId } })
  const { data, refetch } = useQuery({ ...read, staleTime: 0, ...(lookMs && { refetchInterval: lookMs }) })
  useLive('call:recording', (message: { visitId: string }) => {
    if (message.visitId === visitId) void refetch()
  })
  const items = data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('calls.recording.list')} tight>
      <ol className={css.list} aria-label={t('calls.recording.list')}>
        {items.map((span) => (
          <Line key={span.spanId} visitId={visitId} span={span} />
        ))}
      </ol>
    </Card>
  )
}

/** When, how long, who; played where it stands. */
function Line({ visitId, span }: { visitId: string; span: RecordedSpan }) {
  const [open, setOpen] = useState(false)
  const { spanId, openedAt, seconds, recordedByName } = span
  const when = formatDateTime(openedAt)
  return (
    <li className={css.line}>
      <div className={css.head}>
        <p>
          <time dateTime={openedAt} className={css.when}>
            {when}
          </time>
          <span className={css.soft}>
            {t('calls.recording.length', { length: formatDuration(seconds) })}
            {recordedByName !== '' && ` · ${t('calls.recording.by', { name: recordedByName })}`}
          </span>
        </p>
        <Button
          small
          icon={open ? 'x' : 'video'}
          aria-expanded={open}
          aria-label={t(open ? 'calls.recording.closeOf' : 'calls.recording.watchOf', { when })}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'do.close' : 'calls.recording.watch')}
        </Button>
      </div>
      {open && (
        <Player address={addressOf('/api/calls/visits/:visitId/recordings/:spanId', { params: { visitId, spanId } })} />
      )}
    </li>
  )
}

function Player({ address }: { address: string }) {
  const [failed, setFailed] = useState(false)
  const video = useRef<HTMLVideoElement>(null)
  // on a small screen it opens below the edge
  useEffect(() => video.current?.scrollIntoView?.({ block: 'nearest', behavior: 'smooth' }), [])
  if (failed)
    return (
      <p role="alert" className={css.soft}>
        {t('calls.recording.unplayable')}
      </p>
    )
  return (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- what people said in a visit has no captions to load
    <video
      ref={video}
      className={css.video}
      src={address}
      controls
      autoPlay
      playsInline
      aria-label={t('calls.recording.video')}
      onError={() => setFailed(true)}
    />
  )
}
