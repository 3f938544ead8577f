import { type Assist, type AssistAction, AssistAction as Actions, type Figures } from '@moinha/contracts/calls'
import { Button, Notice } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import { liveSocket, useLive } from '../../../platform/realtime/index.ts'
import css from './assist.module.css'
import { FiguresView } from './figures-view.tsx'

/** The page asks again so often to hear figures: after a lost line it would hear none. */
const WATCH_MS = 10_000
/** Three figures missed. */
const STALE_MS = 10_000

/** What a helper sees of the asker's page, and what they may have done on it. */
export function AssistDesk({ assist: { assistId, state } }: { assist: Assist }) {
  const ending = useSend('calls.endAssist')
  const end = async (): Promise<void> => {
    await ending.run({ params: { assistId } })
    await refresh('calls.listAssists')
  }
  return (
    <div className={css.desk}>
      {state === 'agreed' ? <Watched assistId={assistId} /> : <Notice>{t('calls.helper.waitsForYes')}</Notice>}
      <ProblemNotice error={ending.problem} />
      <Button icon="check" busy={ending.busy} onClick={() => void end()}>
        {t('calls.helper.end')}
      </Button>
    </div>
  )
}

function Watched({ assistId }: { assistId: string }) {
  const { figures, at, stale } = useHeardFigures(assistId)
  return (
    <>
      {figures === null ? <Notice>{t('calls.helper.waitsForFigures')}</Notice> : <FiguresView figures={figures} />}
      {stale && <Notice tone="warn">{t('calls.helper.stale', { time: formatTime(new Date(at)) })}</Notice>}
      <ActionButtons assistId={assistId} />
    </>
  )
}

function useHeardFigures(assistId: string) {
  const [heard, setHeard] = useState<{ figures: Figures; at: number } | null>(null)
  const [now, setNow] = useState(Date.now)
  useLive('call:figures', (message: { assistId: string; figures: Figures }) => {
    if (message.assistId === assistId) setHeard({ figures: message.figures, at: Date.now() })
  })
  useEffect(() => {
    const watch = async (): Promise<void> => {
      setNow(Date.now())
      const socket = await liveSocket()
      socket.emit('call:watch-figures', { assistId }, () => undefined)
    }
    void watch()
    const timer = setInterval(() => void watch(), WATCH_MS)
    return () => clearInterval(timer)
  }, [assistId])
  const at = heard?.at ?? 0
  return { figures: heard?.figures ?? null, at, stale: heard !== null && now - at > STALE_MS }
}

function ActionButtons({ assistId }: { assistId: string }) {
  const acting = useSend('calls.actInAssist')
  const [sent, setSent] = useState<AssistAction | null>(null)
  const ask = async (action: AssistAction): Promise<void> => {
    if (await acting.run({ params: { assistId }, body: { action } })) setSent(action)
  }
  return (
    <section aria-label={t('calls.helper.actions')}>
      <h3 className={css.heading}>{t('calls.helper.actions')}</h3>
      <div className={css.buttons}>
        {Actions.options.map((action) => (
          <Button key={action} busy={acting.busy} onClick={() => void ask(action)}>
            {t(`calls.helper.do.${action}`)}
          </Button>
        ))}
      </div>
      <p role="status">{sent !== null && t('calls.helper.sent', { action: t(`calls.helper.do.${sent}`) })}</p>
      <ProblemNotice error={acting.problem} />
    </section>
  )
}
