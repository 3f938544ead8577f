import type { AssistAction, OwnAssist } from '@moinha/contracts/calls'
import { Button, Notice } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { liveSocket, useLive } from '../../../platform/realtime/index.ts'
import type { CallSession } from '../call-session.ts'
import { watchLevel } from '../media/level-meter.ts'
import { useStore } from '../parts/use-store.ts'
import { useOwnAssist } from './data.ts'
import { doAction } from './do-action.ts'
import { gatherFigures } from './gather-figures.ts'
import type { LinkLook } from './link-figures.ts'

const SEND_MS = 3_000

interface PlaceProps {
  visitId: string
  session: CallSession
}

/** Who asked for help is asked here whether this helper may look, and reads what is being done, as long as it lasts. */
export function AssistPlace({ visitId, session }: PlaceProps) {
  const assist = useOwnAssist(visitId).data?.assist ?? null
  if (assist === null || assist.state === 'asked') return null
  return assist.state === 'taken' ? (
    <Consent visitId={visitId} assist={assist} />
  ) : (
    <Helping visitId={visitId} assist={assist} session={session} />
  )
}

function useEnd(visitId: string, { assistId }: OwnAssist) {
  const sending = useSend('calls.endOwnAssist')
  const run = async (): Promise<void> => {
    await sending.run({ params: { visitId, assistId } })
    await refresh('calls.readAssist')
  }
  return { ...sending, run }
}

function Consent({ visitId, assist }: { visitId: string; assist: OwnAssist }) {
  const agreeing = useSend('calls.agreeToAssist')
  const end = useEnd(visitId, assist)
  const agree = async (): Promise<void> => {
    await agreeing.run({ params: { visitId, assistId: assist.assistId } })
    await refresh('calls.readAssist')
  }
  return (
    <>
      <Notice
        actions={
          <>
            <Button look="primary" icon="check" busy={agreeing.busy} onClick={() => void agree()}>
              {t('calls.assist.agree')}
            </Button>
            <Button look="quiet" busy={end.busy} onClick={() => void end.run()}>
              {t('calls.assist.refuse')}
            </Button>
          </>
        }
      >
        {t('calls.assist.takenText', { name: assist.helperName ?? '' })}
      </Notice>
      <ProblemNotice error={agreeing.problem ?? end.problem} />
    </>
  )
}

function Helping({ visitId, assist, session }: PlaceProps & { assist: OwnAssist }) {
  const end = useEnd(visitId, assist)
  const doing = useActions(assist.assistId, session)
  useFigures(visitId, assist.assistId, session)
  const name = assist.helperName ?? ''
  return (
    <>
      <Notice
        actions={
          <Button small look="quiet" icon="x" busy={end.busy} onClick={() => void end.run()}>
            {t('calls.assist.end')}
          </Button>
        }
      >
        <p>
          {doing.action === null
            ? t('calls.assist.agreed', { name })
            : t('calls.assist.doing', { name, action: t(`calls.assist.action.${doing.action}`) })}
        </p>
        {doing.staysOff && <p>{t('calls.assist.cameraStaysOff')}</p>}
      </Notice>
      <ProblemNotice error={end.problem} />
    </>
  )
}

/** Does what the helper asks for, and names it. */
function useActions(assistId: string, session: CallSession) {
  const [action, setAction] = useState<AssistAction | null>(null)
  const [staysOff, setStaysOff] = useState(false)
  useLive('call:assist-act', (told: { assistId: string; action: AssistAction }) => {
    if (told.assistId !== assistId) return
    setAction(told.action)
    void doAction(session, told.action).then((done) => setStaysOff(done === 'camera-off'))
  })
  return { action, staysOff }
}

/** Sends figures of this page while the help lasts. */
function useFigures(visitId: string, assistId: string, session: CallSession): void {
  const level = useOwnLevel(session)
  useEffect(() => {
    let look: LinkLook | null = null
    const send = async (): Promise<void> => {
      const gathered = await gatherFigures(session, level.current, look)
      look = gathered.look
      level.current &&= 0
      const socket = await liveSocket()
      // what a line that is away would hand over later is worth nothing by then
      if (socket.connected) socket.emit('call:figures', { visitId, assistId, figures: gathered.figures })
    }
    void send()
    const timer = setInterval(() => void send(), SEND_MS)
    return () => clearInterval(timer)
  }, [visitId, assistId, session, level])
}

/** The loudest since it was last sent: a word between two looks counts. */
function useOwnLevel(session: CallSession) {
  const { microphone } = useStore(session.media)
  const level = useRef<number | null>(null)
  useEffect(() => {
    level.current = null
    if (microphone === null) return
    const stop = watchLevel(microphone, (heard) => (level.current = Math.max(level.current ?? 0, heard)))
    return () => stop?.()
  }, [microphone])
  return level
}
