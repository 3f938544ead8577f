import { Button, cx } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t, type WordKey } from '../../../platform/i18n/index.ts'
import css from './heads.module.css'

interface HeadsProps {
  meetingId: string
  unitId: string
  /** As counted before; null: not yet. */
  known: number | null
  /** For a screen looked at from afar. */
  large?: boolean
  onKept?: () => void
}

const most = 2000

/** One line of a phone has room for a short word; what is kept stands beside it. */
function keepWord(large: boolean, changed: boolean): WordKey {
  if (!changed) return 'meetings.heads.kept'
  return large ? 'meetings.heads.keep' : 'do.save'
}

/** How many people sit in our room: minus, plus, keep. No keyboard. */
export function Heads({ meetingId, unitId, known, large = false, onKept }: HeadsProps) {
  const [kept, setKept] = useState(known)
  const [heads, setHeads] = useState(known ?? 1)
  const [counting, setCounting] = useState(large || known === null)
  const sending = useSend('meetings.setHeads')
  const send = async (): Promise<void> => {
    const reply = await sending.run({ params: { id: meetingId }, body: { facilityId: unitId, heads } })
    if (!reply) return
    setKept(reply.heads)
    void refresh('meetings.attendance')
    if (!large) setCounting(false)
    onKept?.()
  }
  const changed = heads !== kept
  if (!counting)
    return (
      <Button small look="quiet" icon="users" onClick={() => setCounting(true)}>
        {t('meetings.heads.count', { count: heads })}
      </Button>
    )
  return (
    <div className={cx(css.heads, large && css.large)} role="group" aria-label={t('meetings.heads.title')}>
      <span className={css.label}>{t('meetings.heads.title')}</span>
      <Button aria-label={t('meetings.heads.fewer')} onClick={() => setHeads(Math.max(1, heads - 1))}>
        −
      </Button>
      <output className={css.figure} aria-live="polite">
        {large ? heads : t('meetings.heads.count', { count: heads })}
      </output>
      <Button aria-label={t('meetings.heads.more')} onClick={() => setHeads(Math.min(most, heads + 1))}>
        +
      </Button>
      <Button
        look={changed ? 'primary' : 'quiet'}
        icon="check"
        busy={sending.busy}
        aria-label={t(changed ? 'meetings.heads.keep' : 'meetings.heads.kept')}
        onClick={() => void send()}
      >
        {t(keepWord(large, changed))}
      </Button>
      <ProblemNotice error={sending.problem} />
    </div>
  )
}
