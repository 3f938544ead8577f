import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { holdForCall } from '../../../platform/change-over/in-call.ts'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { CallSession } from '../call-session.ts'
import { useVisit } from '../data.ts'
import { Announcer } from './announcer.tsx'
import { CallAfter } from './call-after.tsx'
import { CallLobby } from './call-lobby.tsx'
import { CallRoom } from './call-room.tsx'
import css from './call-stage.module.css'
import { PanelBeside } from './panel-beside.tsx'
import { PanelWatches } from './panel-watches.tsx'
import { type Panels, usePanels } from './use-panels.ts'
import { useStore } from './use-store.ts'
import { WaitingAtDoor } from './waiting-at-door.tsx'

export interface CallStageProps {
  visitId: string
  /** Our own name, for the disc that stands in for our picture. */
  displayName?: string
  /** A way out shown in the lobby and after leaving, e.g. a link home. */
  outside?: ReactNode
  onJoined?: () => void
  onLeft?: () => void
  onFinished?: () => void
}

/** One visit from the door to the room and back; fills whatever box it is put in. */
export function CallStage({ visitId, displayName = '', outside, onJoined, onLeft, onFinished }: CallStageProps) {
  useLanguage()
  const [session] = useState(() => new CallSession(visitId))
  useEffect(() => () => session.close(), [session])
  useEffect(() => void session.comeBack(), [session])
  const { phase, call } = useStore(session)
  const visit = useVisit(visitId).data
  const finished = visit !== undefined && visit.finishedAt !== null
  useEffect(() => {
    if (finished) session.finish()
  }, [finished, session])
  useEffect(() => {
    if (visit !== undefined) session.signs.seed(visit)
  }, [visit, session])
  useEffect(() => (phase === 'joining' || phase === 'inside' ? holdForCall() : undefined), [phase])
  usePhaseTold(phase, { inside: onJoined, left: onLeft, finished: onFinished })
  const panels = usePanels({ visitId, visit, session, call })
  const box = useRef<HTMLElement>(null)
  useEscape(box, panels)
  useEffect(() => {
    // A button that vanished with its phase would drop keyboard and screen reader at the top of the page.
    if (phase !== 'lobby' && phase !== 'joining') box.current?.focus({ preventScroll: true })
  }, [phase])
  return (
    <section ref={box} className={css.stage} tabIndex={-1} aria-label={t('calls.room.label')} data-phase={phase}>
      <Announcer session={session} inside={phase === 'inside'} />
      {phase !== 'finished' && <PanelWatches panels={panels} />}
      {(phase === 'lobby' || phase === 'joining') && (
        <PanelBeside panels={panels}>
          {visit?.waits === true ? (
            <WaitingAtDoor visitId={visitId} outside={outside} />
          ) : (
            <CallLobby session={session} visit={visit} name={displayName} outside={outside} panels={panels} />
          )}
        </PanelBeside>
      )}
      {phase === 'inside' && <CallRoom session={session} visit={visit} name={displayName} panels={panels} />}
      {(phase === 'left' || phase === 'replaced' || phase === 'finished') && (
        <PanelBeside panels={panels}>
          <CallAfter session={session} phase={phase} outside={outside} panels={panels} />
        </PanelBeside>
      )}
    </section>
  )
}

function usePhaseTold(phase: string, tell: Record<string, (() => void) | undefined>): void {
  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  useEffect(() => latest.current[phase]?.(), [phase])
}

/** Escape closes the open panel from wherever the keyboard is in the stage; a dialog keeps it for itself. */
function useEscape(box: RefObject<HTMLElement | null>, { open, close }: Panels): void {
  const latest = useRef(close)
  useEffect(() => {
    latest.current = close
  })
  useEffect(() => {
    const stage = box.current
    if (stage === null || open === null) return
    const pressed = (event: KeyboardEvent): void => {
      const inDialog = event.target instanceof Element && event.target.closest('dialog') !== null
      if (event.key === 'Escape' && !inDialog) latest.current()
    }
    stage.addEventListener('keydown', pressed)
    return () => stage.removeEventListener('keydown', pressed)
  }, [box, open])
}
