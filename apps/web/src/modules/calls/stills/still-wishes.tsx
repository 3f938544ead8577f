import type { StillOutcome, StillWish } from '@moinha/contracts/calls'
import { ConfirmDialog, Notice } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { liveSocket, useLive } from '../../../platform/realtime/index.ts'
import type { CallSession } from '../call-session.ts'
import { ownCamera, takeOwn } from './cameras.ts'

/** So long it is asked. Who says nothing has not agreed: pictures of one's health are sensitive data (REQ-PD-01). */
const ASKED_SECONDS = 20
/** What became of it is read, and goes. */
const READ_MS = 6_000

export interface StillWishesProps {
  visitId: string
  session: CallSession
  /** Who leads is told where another who leads takes one; of everybody else a yes is asked first. */
  mayRefuse: boolean
}

/** A wish as the server passes it on: from which page, and whose. */
type Wish = StillWish & { from: string; byName: string; byHost: boolean }

async function tell({ visitId, stillId, from }: Wish, outcome: StillOutcome): Promise<void> {
  const socket = await liveSocket()
  socket.emit('call:still-answer', { visitId, stillId, to: from, outcome })
}

/** Stills that are asked of a camera of this page: nothing is taken without a word on the screen. */
export function StillWishes({ visitId, session, mayRefuse }: StillWishesProps) {
  const [wishes, setWishes] = useState<readonly Wish[]>([])
  useLive('call:still', (wish: Wish) => {
    if (wish.visitId !== visitId) return
    if (ownCamera(session, wish.camera) === null) return void tell(wish, 'no_camera')
    setWishes((before) => [...before.filter(({ stillId }) => stillId !== wish.stillId), wish])
  })
  return wishes.map((wish) => (
    <OneWish
      key={wish.stillId}
      wish={wish}
      seconds={mayRefuse || !wish.byHost ? ASKED_SECONDS : 0}
      take={() => takeOwn(session, visitId, wish.camera)}
      onOver={() => setWishes((before) => before.filter((one) => one !== wish))}
    />
  ))
}

interface OneProps {
  wish: Wish
  seconds: number
  take: () => Promise<StillOutcome>
  onOver: () => void
}

type Phase = 'asked' | 'taking' | StillOutcome

function OneWish(props: OneProps) {
  const { phase, left, takeNow, refuse } = useWish(props)
  const name = props.wish.byName
  if (phase === 'asked')
    return (
      <ConfirmDialog
        open
        title={t('calls.still.wish', { name })}
        confirmLabel={t('calls.still.takeNow')}
        cancelLabel={t('calls.still.refuse')}
        onConfirm={takeNow}
        onCancel={refuse}
      >
        {t('calls.still.wishText', { seconds: ASKED_SECONDS })} <span aria-hidden="true">({left})</span>
      </ConfirmDialog>
    )
  return (
    <Notice tone={phase === 'taken' ? 'success' : 'info'}>
      {phase === 'taking' ? t('calls.still.wishTaking', { name }) : t(`calls.still.done.${phase}`)}
    </Notice>
  )
}

/** From the wish to its end: refused or not answered, or taken and told. */
function useWish({ wish, seconds, take, onOver }: OneProps) {
  const [phase, setPhase] = useState<Phase>(seconds > 0 ? 'asked' : 'taking')
  const [left, setLeft] = useState(seconds)
  const latest = useRef({ take, onOver })
  useEffect(() => {
    latest.current = { take, onOver }
  })
  useEffect(() => {
    if (phase !== 'asked') return
    const timer = setTimeout(() => setPhase('refused'), seconds * 1000)
    const counting = setInterval(() => setLeft((before) => Math.max(1, before - 1)), 1000)
    return () => {
      clearTimeout(timer)
      clearInterval(counting)
    }
  }, [phase, seconds])
  useEffect(() => {
    if (phase === 'asked') return
    if (phase === 'taking') return void latest.current.take().then(setPhase)
    void tell(wish, phase)
    const timer = setTimeout(() => latest.current.onOver(), READ_MS)
    return () => clearTimeout(timer)
  }, [phase, wish])
  return { phase, left, takeNow: () => setPhase('taking'), refuse: () => setPhase('refused') }
}
