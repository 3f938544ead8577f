import type { VisitView } from '@moinha/contracts/calls'
import { useEffect, useRef, useState } from 'react'
import { refusalText } from '../../../platform/errors/index.ts'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import { Elsewhere } from '../parts/elsewhere.tsx'
import { useStore } from '../parts/use-store.ts'
import { Voices } from '../parts/voices.tsx'
import { WallStrip } from '../recording/recording-strip.tsx'
import { StillPlace } from '../stills/still-place.tsx'
import type { CallSnapshot } from '../transport/call-transport.ts'
import { FarButton, FarControls } from './far-controls.tsx'
import { FarDevices } from './far-devices.tsx'
import type { FarFrame } from './far-frame.ts'
import { FarPicture } from './far-picture.tsx'
import css from './far-room.module.css'
import { keepRoomDevices, readRoomDevices, type RoomDevices } from './room-devices.ts'
import { moveByArrows, useAwake, useFirstFocus, useWholeScreenAtFirstPress } from './use-room-machine.ts'

export interface FarRoomProps {
  session: CallSession
  visit: VisitView | undefined
  name: string
  frame: FarFrame
}

/** A meeting room's own screen: one large picture, few large buttons, no keyboard, back by itself after a power cut. */
export function FarRoom({ session, visit, name, frame }: FarRoomProps) {
  const { phase, call } = useStore(session)
  const [devices, setDevices] = useState(readRoomDevices)
  const box = useRef<HTMLDivElement>(null)
  const wholeScreen = useWholeScreenAtFirstPress()
  useAwake()
  useChosenDevices(session, devices)
  useComesIn(session, visit)
  useFirstFocus(box, phase)
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- listens to the arrows of the buttons within
    <div ref={box} className={css.far} onKeyDown={moveByArrows} onClickCapture={wholeScreen} data-far="">
      <Top title={frame.title} call={call} />
      {phase === 'inside' && call !== null ? (
        <Inside
          {...{ session, visit, name, frame, call, devices }}
          onDevices={(change) => setDevices(keepRoomDevices(change))}
        />
      ) : (
        <Outside session={session} waits={visit?.waits === true} />
      )}
    </div>
  )
}

/** Minutes are enough on a wall, and the page is drawn seldom. */
const clockMs = 5000

function Top({ title, call }: { title: string; call: CallSnapshot | null }) {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), clockMs)
    return () => clearInterval(timer)
  }, [])
  const others = call?.participants.length ?? 0
  return (
    <header className={css.top}>
      <h1>{title}</h1>
      <span className={css.line} role="status">
        {call?.state === 'reconnecting'
          ? t('calls.room.reconnecting')
          : call !== null && t('calls.far.others', { count: others })}
      </span>
      <time className={css.clock}>{formatTime(now)}</time>
    </header>
  )
}

interface InsideProps extends FarRoomProps {
  call: CallSnapshot
  devices: RoomDevices
  onDevices: (change: RoomDevices) => void
}

function Inside({ session, visit, name, frame, call, devices, onDevices }: InsideProps) {
  const [open, setOpen] = useState<'sheet' | 'devices' | null>(frame.sheet?.openAtFirst === true ? 'sheet' : null)
  const sheet = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (open !== null) sheet.current?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
  }, [open])
  return (
    <>
      <div className={css.recording}>
        {visit !== undefined && <WallStrip visit={visit} />}
        {visit !== undefined && <StillPlace visitId={visit.visitId} session={session} mayRefuse={!visit.mayFinish} />}
      </div>
      <Voices people={call.participants} loudspeaker={devices.loudspeaker} />
      <div className={css.middle}>
        <FarPicture session={session} call={call} name={name} />
        {!call.microphone && <p className={css.mutedBand}>{t('calls.far.muted')}</p>}
        {open !== null && (
          <div ref={sheet} className={css.sheet}>
            {open === 'sheet' && frame.sheet?.content(() => setOpen(null))}
            {open === 'devices' && <FarDevices session={session} devices={devices} onDevices={onDevices} />}
            <FarButton icon="check" label={t('calls.far.done')} onPress={() => setOpen(null)} />
          </div>
        )}
      </div>
      <FarControls
        {...{ session, visit, call, frame }}
        onSheet={(which) => setOpen((before) => (before === which ? null : which))}
      />
    </>
  )
}

/** Coming in, waiting at the door, or out: said large, with one button. */
function Outside({ session, waits }: { session: CallSession; waits: boolean }) {
  const { phase, refusal, refusalParams } = useStore(session)
  const out = phase === 'left' || phase === 'replaced'
  return (
    <div className={css.outside}>
      {phase === 'finished' && <p>{t('calls.after.finished')}</p>}
      {out && <p>{t(phase === 'left' ? 'calls.far.left' : 'calls.after.replaced')}</p>}
      {out && <FarButton icon="video" label={t('calls.far.back')} onPress={() => void session.rejoin()} />}
      {(phase === 'lobby' || phase === 'joining') && (
        <p role="status">{t(waits ? 'calls.far.waits' : 'calls.lobby.joining')}</p>
      )}
      {refusal === ELSEWHERE ? (
        <Elsewhere session={session} />
      ) : (
        refusal !== null && <p className={css.refusal}>{refusalText(refusal, refusalParams)}</p>
      )}
    </div>
  )
}

const ELSEWHERE = 'CALL_ELSEWHERE'

/** Nobody stands beside the machine to press again. */
const AGAIN_MS = 5000

/** Comes in, and comes in again as long as it is not let in; who stepped out on purpose stays out. */
function useComesIn(session: CallSession, visit: VisitView | undefined): void {
  const { phase, refusal } = useStore(session)
  const waits = visit?.waits === true
  useEffect(() => {
    if (phase !== 'lobby' || waits || refusal === ELSEWHERE) return
    const wait = refusal === null ? 0 : AGAIN_MS
    const timer = setTimeout(() => void session.join({ picture: true, listenOnly: true, muted: true }), wait)
    return () => clearTimeout(timer)
  }, [session, phase, waits, refusal])
}

/** What was chosen for this room, before its picture is sent. */
function useChosenDevices(session: CallSession, { camera, microphone }: RoomDevices): void {
  useEffect(() => {
    if (camera !== undefined) void session.media.selectDevice('videoinput', camera)
  }, [session, camera])
  useEffect(() => {
    if (microphone !== undefined) void session.media.selectDevice('audioinput', microphone)
  }, [session, microphone])
}
